"""Elements of an XML file that no reader knows."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage

CHECK = Check(
    id="xml_element_unknown",
    title="An element of the file is not known",
    stage=Stage.READABLE,
    severity=Severity.QUESTION,
    says="The file has an element that is not known here, or one that should stand once and differs the second time.",
    do="Nothing, if the figures do not need it: it was passed over. Otherwise tell whoever runs Ropewalk its name.",
)
