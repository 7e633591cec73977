"""School not in the register."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage
from ropewalk.core.returns.checks.over_columns import where_values
from ropewalk.core.schema.returns import FieldKind

# Without a register nothing can be said.
_UNKNOWN = (
    "understood_urn(text) IS NOT NULL AND understood_urn(text) NOT IN (SELECT urn FROM school) "
    "AND EXISTS (SELECT 1 FROM school)"
)

CHECK = Check(
    id="school_not_in_register",
    title="School not in the register",
    stage=Stage.VALID,
    severity=Severity.QUESTION,
    says="No school in the published register has this number.",
    do="Check the number. If the school is new, the register may only not list it yet.",
    queries=where_values(lambda field: field.kind is FieldKind.URN and field.needed, _UNKNOWN),
)
