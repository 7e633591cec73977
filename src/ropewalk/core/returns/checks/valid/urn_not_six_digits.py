"""Not a school's number."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage
from ropewalk.core.returns.checks.over_columns import where_values
from ropewalk.core.schema.returns import FieldKind

CHECK = Check(
    id="urn_not_six_digits",
    title="Not a school's number",
    stage=Stage.VALID,
    severity=Severity.REFUSED,
    says="A school's unique reference number (URN) has six digits; this cell holds something else.",
    do="Look the number up in the national register of schools.",
    queries=where_values(lambda field: field.kind is FieldKind.URN and field.needed, "understood_urn(text) IS NULL"),
)
