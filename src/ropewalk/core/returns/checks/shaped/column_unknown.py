"""Column not known."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage

CHECK = Check(
    id="column_unknown",
    title="Column not known",
    stage=Stage.SHAPED,
    severity=Severity.QUESTION,
    says="The header row names a column that returns do not have. It was left out.",
    do="Nothing, unless it is a misspelt column: compare it with the template.",
)
