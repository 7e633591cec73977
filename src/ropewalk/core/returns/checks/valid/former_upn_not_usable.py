"""Former number not usable."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage
from ropewalk.core.returns.checks.over_columns import where_value

CHECK = Check(
    id="former_upn_not_usable",
    title="Former number not usable",
    stage=Stage.VALID,
    severity=Severity.WRONG,
    says="The former unique pupil number is not one, or its first letter does not fit. It was left out.",
    do="Correct it, or leave the cell empty.",
    queries=(where_value("roll", "former_upn", "NOT upn_letter_fits(cleaned_upn(text))"),),
)
