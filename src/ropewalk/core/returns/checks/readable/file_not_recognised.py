"""File not recognised."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage

CHECK = Check(
    id="file_not_recognised",
    title="File not recognised",
    stage=Stage.READABLE,
    severity=Severity.REFUSED,
    says="The header row is not that of any return, so nothing was read.",
    do="Compare the first row with the template of the return you mean to send.",
    whole_file=True,
)
