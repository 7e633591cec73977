"""File too large."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage

CHECK = Check(
    id="file_too_large",
    title="File too large",
    stage=Stage.READABLE,
    severity=Severity.REFUSED,
    says="The file unpacks to more than any return holds.",
    do="Check that it is the right file. Send a place's years one by one.",
    whole_file=True,
)
