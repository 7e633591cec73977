"""Language code not known."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage
from ropewalk.core.returns.checks.over_columns import where_value

CHECK = Check(
    id="language_unknown",
    title="Language code not known",
    stage=Stage.VALID,
    severity=Severity.WRONG,
    says="This is not a code for a language. It was left out.",
    do="Use the codes of the school census, such as ENG.",
    queries=(where_value("roll", "first_language", "NOT regexp_full_match(upper(text), '[A-Z]{3,4}')"),),
)
