"""Date cannot be read."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage
from ropewalk.core.returns.checks.over_columns import DATES, where_values

CHECK = Check(
    id="other_date_unreadable",
    title="Date cannot be read",
    stage=Stage.VALID,
    severity=Severity.WRONG,
    says="This is not a date, written 2025-09-08 or 08/09/2025. It was left out.",
    do="Correct the date, or leave the cell empty.",
    queries=where_values(lambda field: field.kind in DATES and not field.needed, "understood_day(text) IS NULL"),
)
