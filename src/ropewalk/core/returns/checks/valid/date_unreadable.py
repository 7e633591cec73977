"""Needed date cannot be read."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage
from ropewalk.core.returns.checks.over_columns import DATES, where_values

CHECK = Check(
    id="date_unreadable",
    title="Needed date cannot be read",
    stage=Stage.VALID,
    severity=Severity.REFUSED,
    says="This cell needs a date, written 2025-09-08 or 08/09/2025.",
    do="Correct the date and send the line again.",
    queries=where_values(lambda field: field.kind in DATES and field.needed, "understood_day(text) IS NULL"),
)
