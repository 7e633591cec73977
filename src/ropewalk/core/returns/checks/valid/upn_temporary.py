"""Temporary unique pupil number."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage
from ropewalk.core.returns.checks.over_columns import where_value

CHECK = Check(
    id="upn_temporary",
    title="Temporary unique pupil number",
    stage=Stage.VALID,
    severity=Severity.QUESTION,
    says="The pupil has a temporary number, which ends with a letter.",
    do="When the permanent number is known, send it, with this one as the former number.",
    queries=(where_value("roll", "upn", "upn_letter_fits(cleaned_upn(text)) AND right(cleaned_upn(text), 1) > '9'"),),
)
