"""Needed number cannot be read."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage
from ropewalk.core.returns.checks.over_columns import NUMBERS, as_number, columns, where_value

_QUERIES = tuple(
    where_value(kind, field.name, f"{as_number(field)} IS NULL")
    for kind, field in columns(lambda field: field.kind in NUMBERS and field.needed)
)

CHECK = Check(
    id="number_unreadable",
    title="Needed number cannot be read",
    stage=Stage.VALID,
    severity=Severity.REFUSED,
    says="This cell needs a number.",
    do="Write the number in digits, with a point before decimals.",
    queries=_QUERIES,
)
