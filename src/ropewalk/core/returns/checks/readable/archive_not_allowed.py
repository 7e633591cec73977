"""Packed file cannot be opened."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage

CHECK = Check(
    id="archive_not_allowed",
    title="Packed file cannot be opened",
    stage=Stage.READABLE,
    severity=Severity.REFUSED,
    says=(
        "The file is packed in a way that is not opened here: damaged, locked with a password, packed twice, or "
        "with far too many files in it."
    ),
    do="Unpack it on your computer and send the files themselves.",
    whole_file=True,
)
