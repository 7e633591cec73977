"""Empty file."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage

CHECK = Check(
    id="file_empty",
    title="Empty file",
    stage=Stage.READABLE,
    severity=Severity.REFUSED,
    says="The file holds nothing.",
    do="Export it again and send it again. If there is nothing to report, send the header row alone.",
    whole_file=True,
)
