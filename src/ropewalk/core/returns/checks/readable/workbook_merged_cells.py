"""Merged cells."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage

CHECK = Check(
    id="workbook_merged_cells",
    title="Merged cells",
    stage=Stage.READABLE,
    severity=Severity.QUESTION,
    says="Cells are merged here: only the first of them holds the value, the others are empty.",
    do="Unmerge the cells and fill each of them.",
)
