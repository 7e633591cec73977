"""Letters written in two ways."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage

CHECK = Check(
    id="encoding_mixed",
    title="Letters written in two ways",
    stage=Stage.READABLE,
    severity=Severity.QUESTION,
    says=(
        "This line writes letters such as é in another way (Windows-1252) than the rest of the file (UTF-8). It "
        "was read as Windows-1252."
    ),
    do=(
        "Look whether names on this line are as they should be. Exporting everything at once from one system "
        "avoids this."
    ),
)
