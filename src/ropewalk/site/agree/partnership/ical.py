"""Meetings as an iCalendar (RFC 5545), for any calendar program. Moments are written in UTC, which all understand."""

from collections.abc import Iterable
from datetime import UTC, datetime

from icalendar import Calendar, Event

from ropewalk.site.agree.partnership.models import Meeting

KIND = "text/calendar; charset=utf-8"


def calendar(meetings: Iterable[tuple[Meeting, str, str]], *, name: str, now: datetime) -> bytes:
    """Meetings, each with its address on the site and its agenda; called-off ones stay, marked as such."""
    made = Calendar()
    made.add("prodid", "-//Ropewalk//Partnership meetings//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    for meeting, address, agenda in meetings:
        made.add_component(_event(meeting, address, agenda, now))
    return made.to_ical()


def _event(meeting: Meeting, address: str, agenda: str, now: datetime) -> Event:
    event, is_off = Event(), meeting.called_off_at is not None
    event.add("uid", f"{meeting.uid}@ropewalk")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", meeting.ends_at.astimezone(UTC))
    event.add("summary", f"{'Called off: ' if is_off else ''}{meeting.body.name}")
    event.add("location", meeting.where)
    event.add("url", address)
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    # A program shows what it has until a higher number comes.
    event.add("sequence", int(is_off))
    if agenda:
        event.add("description", agenda)
    return event
