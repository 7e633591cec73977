"""Not a unique pupil number."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage
from ropewalk.core.returns.checks.over_columns import where_values
from ropewalk.core.schema.returns import FieldKind

CHECK = Check(
    id="upn_not_usable",
    title="Not a unique pupil number",
    stage=Stage.VALID,
    severity=Severity.WRONG,
    says=(
        "This is not a unique pupil number: a letter, eleven digits, and a digit or letter at the end. The line "
        "was kept, and its pupil is followed within this school only."
    ),
    do="Correct the number. Spreadsheets spoil numbers unless the column is formatted as text.",
    queries=where_values(
        lambda field: field.kind is FieldKind.UPN and field.name != "former_upn",
        "NOT upn_has_shape(cleaned_upn(text))",
    ),
)
