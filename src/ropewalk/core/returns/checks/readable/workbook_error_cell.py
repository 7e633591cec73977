"""Cell holds an error."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage

CHECK = Check(
    id="workbook_error_cell",
    title="Cell holds an error",
    stage=Stage.READABLE,
    severity=Severity.WRONG,
    says="The spreadsheet shows an error such as #N/A in this cell. It was read as empty.",
    do="Replace the formula by its value, and mend the error.",
)
