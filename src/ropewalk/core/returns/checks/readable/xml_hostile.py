"""XML that is built to do harm, or could be."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage

CHECK = Check(
    id="xml_hostile",
    title="The file could do harm",
    stage=Stage.READABLE,
    severity=Severity.REFUSED,
    says="The file holds something no census or transfer file has, which could overload or mislead whoever reads it.",
    do="Export the file again from your management information system. If it is refused again, ask its supplier.",
    whole_file=True,
)
