"""Line far too long."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage

CHECK = Check(
    id="line_too_long",
    title="Line far too long",
    stage=Stage.READABLE,
    severity=Severity.REFUSED,
    says="This line is longer than any row of a return.",
    do="Look for missing line ends, and export the file again.",
)
