"""Not a postcode."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage
from ropewalk.core.returns.checks.over_columns import where_value

_POSTCODE = "[A-Z]{1,2}[0-9][A-Z0-9]?\\s*[0-9][A-Z]{2}"

CHECK = Check(
    id="postcode_unreadable",
    title="Not a postcode",
    stage=Stage.VALID,
    severity=Severity.QUESTION,
    says="This does not look like a postcode.",
    do="Check it. It only helps to recognise a child who has no unique pupil number.",
    queries=(where_value("roll", "postcode", f"NOT regexp_full_match(upper(text), '{_POSTCODE}')"),),
)
