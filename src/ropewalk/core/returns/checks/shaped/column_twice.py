"""Column stands twice."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage

CHECK = Check(
    id="column_twice",
    title="Column stands twice",
    stage=Stage.SHAPED,
    severity=Severity.REFUSED,
    says="The header row names the same column more than once, so the file was not read.",
    do="Keep one of them.",
    whole_file=True,
)
