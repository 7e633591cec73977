"""A plan as a Word document: all its parts, KPIs, who agreed it, and what was changed since."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table

from ropewalk.core.publish.plan_sheet import PlanPart, PlanSheet
from ropewalk.core.publish.wording import long_date

_PARTS = ("Part", "Who", "Due", "How it stands")
_KPIS = ("KPI", "Baseline", "Now", "Target", "Standing")
# XML holds no control characters; what somebody pasted with one is written without.
_UNPRINTABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


def write_plan_document(sheet: PlanSheet) -> bytes:
    """The document as bytes."""
    document = Document()
    _set_up(document, sheet)
    document.add_heading(_clean(sheet.title), 0)
    document.add_paragraph(_clean(f"Plan of {sheet.place}, {sheet.state}. As it stood on {long_date(sheet.day)}."))
    if sheet.aim:
        document.add_paragraph(_clean(sheet.aim))
    document.add_heading("What it wants, and who promised it", 1)
    _table(document, _PARTS, [_part(one) for one in sheet.parts], "Nothing stands in it yet.")
    document.add_heading("How it is measured", 1)
    rows = [
        (f"{one.label}: {one.words}", one.baseline, one.now, one.target, f"{one.standing}. {one.because}")
        for one in sheet.kpis
    ]
    _table(document, _KPIS, rows, "It is not said yet how this plan is measured.")
    document.add_paragraph(_clean(sheet.rule))
    _listed(document, "Where the figures come from", sheet.sources, "No figure stands here.")
    _listed(document, "Who agrees it", sheet.agreed, "Nobody has been asked yet.")
    _listed(document, "What was changed after it was agreed", sheet.changed, "Nothing.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_up(document: WordDocument, sheet: PlanSheet) -> None:
    said = document.core_properties
    said.title, said.author, said.language = _clean(sheet.title)[:255], "Ropewalk", "en-GB"
    said.comments = ""
    said.created = said.modified = dt.datetime.combine(sheet.day, dt.time())
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)


def _part(one: PlanPart) -> tuple[str, ...]:
    origin = f" (from {one.origin})" if one.origin else ""
    due = f"{one.due}, late" if one.is_late else one.due
    note = f"{one.status}. {one.note}" if one.note else one.status
    return (f"{one.label}: {one.words}{origin}", one.who, due, note)


def _table(document: WordDocument, head: Sequence[str], rows: Sequence[Sequence[str]], nothing: str) -> None:
    if not rows:
        document.add_paragraph(nothing)
        return
    table = document.add_table(rows=1 + len(rows), cols=len(head))
    table.style = "Table Grid"
    _repeat_head(table)
    # Cells are asked for once: the library walks the whole table for each by its place.
    cells = iter(table._cells)
    for words in (*head, *(cell for row in rows for cell in row)):
        next(cells).text = _clean(words)
    for cell in table.rows[0].cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True


def _repeat_head(table: Table) -> None:
    """Word repeats the first row on each page and tells programs that read aloud that it is the head."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)


def _listed(document: WordDocument, heading: str, lines: Sequence[str], nothing: str) -> None:
    document.add_heading(heading, 1)
    for words in lines:
        document.add_paragraph(_clean(words), style="List Bullet")
    if not lines:
        document.add_paragraph(nothing)


def _clean(words: str) -> str:
    return words.translate(_UNPRINTABLE)
