"""Minutes of a meeting as a Word document: who was there, decisions, actions with owners and days."""

from datetime import date, datetime

from django.utils import timezone

from ropewalk.core.publish.word_files import WordFile
from ropewalk.site.agree.partnership.selectors.meetings import MeetingPage
from ropewalk.site.foundation.numbers import long_date

_ACTIONS = ("Action", "Who", "By when", "Done")
_NONE = "None is written down."


def minutes(found: MeetingPage, *, now: datetime) -> bytes:
    """The document. Headings, lists and the head of the table are marked as such, for screen readers too."""
    meeting, day = found.meeting, timezone.localtime(now).date()
    starts, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    title = f"Minutes: {meeting.body.name}, {long_date(starts.date())}"
    out = WordFile(title, day=day, author=meeting.body.place.name)
    out.heading(title)
    out.text(f"{starts:%A} {long_date(starts.date())}, {starts:%H:%M} to {ends:%H:%M}")
    out.text(meeting.where)
    out.heading(f"Who was there{f': {found.present} of {len(found.attendance)}' if found.attendance else ''}", 2)
    out.listed(_there(found), nothing="Nobody has said yet.")
    out.heading("Agenda", 2)
    out.listed(found.agenda, nothing="None was set.", style="List Number")
    out.heading("Decisions", 2)
    out.listed([one.words for one in found.decisions], nothing=_NONE, style="List Number 2")
    out.heading("Actions", 2)
    rows = [
        (one.words, one.owner, _day(one.due), _day(one.done_on) if one.done_on else "not yet") for one in found.actions
    ]
    out.table(_ACTIONS, rows, nothing=_NONE)
    out.text(f"As written down in Ropewalk by {long_date(day)}. Partnership of {meeting.body.place.name}.")
    return out.bytes()


def _there(found: MeetingPage) -> list[str]:
    lines = []
    for one in found.attendance:
        seat = one.seat
        where = f", {seat.organisation}" if seat.organisation else ""
        lines.append(f"{seat.who}{where} ({seat.part_words}): {one.presence_words}")
    return lines


def _day(day: date | None) -> str:
    return long_date(day) if day else ""
