"""Row sent twice."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage
from ropewalk.core.returns.checks.over_keys import repeated_rows

CHECK = Check(
    id="row_repeated",
    title="Row sent twice",
    stage=Stage.VALID,
    severity=Severity.REFUSED,
    says="The same row stands here once more. It is counted once.",
    do="Nothing, unless you meant another pupil or day.",
    queries=repeated_rows(same=True),
)
