"""Number cannot be read."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage
from ropewalk.core.returns.checks.over_columns import NUMBERS, as_number, columns, where_value, where_values
from ropewalk.core.schema.returns import FieldKind

_QUERIES = (
    *(
        where_value(kind, field.name, f"{as_number(field)} IS NULL")
        for kind, field in columns(lambda field: field.kind in NUMBERS and not field.needed)
    ),
    *where_values(lambda field: field.kind is FieldKind.URN and not field.needed, "understood_urn(text) IS NULL"),
)

CHECK = Check(
    id="other_number_unreadable",
    title="Number cannot be read",
    stage=Stage.VALID,
    severity=Severity.WRONG,
    says="This is not a number of the kind the column holds. It was left out.",
    do="Write the number in digits, or leave the cell empty.",
    queries=_QUERIES,
)
