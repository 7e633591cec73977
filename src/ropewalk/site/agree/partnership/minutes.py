"""Minutes of a meeting as a Word document: who was there, decisions, actions with owners and days."""

import io
from datetime import date, datetime

import docx
from django.utils import timezone
from docx.document import Document
from docx.oxml.ns import qn

from ropewalk.site.agree.partnership.selectors.meetings import MeetingPage
from ropewalk.site.foundation.numbers import long_date

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ACTIONS = ("Action", "Who", "By when", "Done")


def minutes(found: MeetingPage, *, now: datetime) -> bytes:
    """The document. Headings, lists and the head of the table are marked as such, for screen readers too."""
    meeting, made = found.meeting, docx.Document()
    starts, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    title = f"{meeting.body.name}, {long_date(starts.date())}"
    made.core_properties.title, made.core_properties.author = f"Minutes: {title}", f"{meeting.body.place.name}"
    made.core_properties.language = "en-GB"
    made.add_heading(f"Minutes: {_plain(title)}", level=1)
    made.add_paragraph(_plain(f"{starts:%A} {long_date(starts.date())}, {starts:%H:%M} to {ends:%H:%M}"))
    made.add_paragraph(_plain(meeting.where))
    _there(made, found)
    _listed(made, "Agenda", found.agenda, "None was set.", style="List Number")
    _listed(made, "Decisions", [one.words for one in found.decisions], "None is written down.", style="List Number 2")
    _actions(made, found)
    day = timezone.localtime(now).date()
    made.add_paragraph(f"As written down in Ropewalk by {long_date(day)}. Partnership of {meeting.body.place.name}.")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _there(made: Document, found: MeetingPage) -> None:
    of = f": {found.present} of {len(found.attendance)}" if found.attendance else ""
    lines = []
    for one in found.attendance:
        seat = one.seat
        where = f", {seat.organisation}" if seat.organisation else ""
        lines.append(f"{seat.who}{where} ({seat.part_words}): {one.presence_words}")
    _listed(made, f"Who was there{of}", lines, "Nobody has said yet.", style="List Bullet")


def _listed(made: Document, heading: str, lines: list[str], none: str, *, style: str) -> None:
    made.add_heading(heading, level=2)
    for line in lines:
        made.add_paragraph(_plain(line), style=style)
    if not lines:
        made.add_paragraph(none)


def _actions(made: Document, found: MeetingPage) -> None:
    made.add_heading("Actions", level=2)
    if not found.actions:
        made.add_paragraph("None is written down.")
        return
    table = made.add_table(rows=1, cols=len(_ACTIONS), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, _ACTIONS, strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(words).bold = True
    # The first row is the head of the table, and stands again on the next page.
    row = table.rows[0]._tr.get_or_add_trPr()
    row.append(row.makeelement(qn("w:tblHeader"), {}))
    for one in found.actions:
        cells = table.add_row().cells
        said = (one.words, one.owner, _day(one.due), _day(one.done_on) if one.done_on else "not yet")
        for cell, words in zip(cells, said, strict=True):
            cell.text = _plain(words)


def _day(day: date | None) -> str:
    return long_date(day) if day else ""


def _plain(words: str) -> str:
    """Without what no document may hold: it would not open."""
    return "".join(letter for letter in words if letter.isprintable() or letter in "\n\t")
