"""Too many or too few cells."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage

CHECK = Check(
    id="row_other_length",
    title="Too many or too few cells",
    stage=Stage.READABLE,
    severity=Severity.REFUSED,
    says="This line has another number of cells than the header row.",
    do="Look for a missing or additional comma. Put quotation marks around a cell that holds one.",
)
