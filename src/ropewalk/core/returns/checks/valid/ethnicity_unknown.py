"""Ethnicity code not known."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage
from ropewalk.core.returns.checks.over_columns import where_value

CHECK = Check(
    id="ethnicity_unknown",
    title="Ethnicity code not known",
    stage=Stage.VALID,
    severity=Severity.WRONG,
    says="This is not a four-letter code for ethnicity. It was left out.",
    do="Use the codes of the school census, such as WBRI; REFU where the family prefers not to say.",
    queries=(where_value("roll", "ethnicity", "NOT regexp_full_match(upper(text), '[WMABCORN][A-Z]{3}')"),),
)
