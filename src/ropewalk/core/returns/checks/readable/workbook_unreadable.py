"""Workbook cannot be opened."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage

CHECK = Check(
    id="workbook_unreadable",
    title="Workbook cannot be opened",
    stage=Stage.READABLE,
    severity=Severity.REFUSED,
    says="The workbook is damaged, locked with a password, or saved in another format than .xlsx.",
    do="Open it in your spreadsheet program, save it as .xlsx without a password, and send it again.",
    whole_file=True,
)
