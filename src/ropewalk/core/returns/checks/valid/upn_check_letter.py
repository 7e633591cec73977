"""Unique pupil number with a wrong letter."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage
from ropewalk.core.returns.checks.over_columns import where_values
from ropewalk.core.schema.returns import FieldKind

CHECK = Check(
    id="upn_check_letter",
    title="Unique pupil number with a wrong letter",
    stage=Stage.VALID,
    severity=Severity.WRONG,
    says=(
        "The first letter of the unique pupil number does not fit its digits, so a character is wrong. The line "
        "was kept; the pupil is counted as another child than the one with the right number."
    ),
    do="Compare the number with the pupil's record and correct it.",
    queries=where_values(
        lambda field: field.kind is FieldKind.UPN and field.name != "former_upn",
        "upn_has_shape(cleaned_upn(text)) AND NOT upn_letter_fits(cleaned_upn(text))",
    ),
)
