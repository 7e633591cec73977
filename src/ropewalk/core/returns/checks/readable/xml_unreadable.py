"""XML that is broken, cut short, or in an unusual encoding."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage

CHECK = Check(
    id="xml_unreadable",
    title="The file cannot be read as XML",
    stage=Stage.READABLE,
    severity=Severity.REFUSED,
    says="The file is damaged or cut short, or it is not written in the encoding it names.",
    do="Export the file again from your management information system, and send it without opening or editing it.",
    whole_file=True,
)
