"""Column missing."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage

CHECK = Check(
    id="column_missing",
    title="Column missing",
    stage=Stage.SHAPED,
    severity=Severity.REFUSED,
    says="The header row lacks a column that is needed, so the file was not read.",
    do="Add the column. The template shows all columns.",
    whole_file=True,
)
