"""Number out of range."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage
from ropewalk.core.returns.checks.over_columns import as_number, columns, where_value

_QUERIES = tuple(
    where_value(kind, field.name, f"{as_number(field)} NOT BETWEEN {field.lowest} AND {field.highest}")
    for kind, field in columns(lambda field: field.lowest is not None and field.highest is not None)
)

CHECK = Check(
    id="number_out_of_range",
    title="Number out of range",
    stage=Stage.VALID,
    severity=Severity.WRONG,
    says="This number is smaller or larger than the column can hold.",
    do="Check the number and correct it.",
    queries=_QUERIES,
)
