"""Meetings as an iCalendar (RFC 5545), for any calendar program. Moments are written in UTC, which all understand."""

from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parseaddr

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress, vText

from ropewalk.site.agree.partnership.models import Meeting

KIND = "text/calendar; charset=utf-8"
# What a letter asks of the calendar program that opens it (RFC 5546).
REQUEST, CANCEL = "REQUEST", "CANCEL"


def calendar(meetings: Iterable[tuple[Meeting, str, str]], *, name: str, now: datetime) -> bytes:
    """Meetings, each with its address on the site and its agenda; called-off ones stay, marked as such."""
    made = _calendar("PUBLISH")
    made.add("x-wr-calname", name)
    for meeting, address, agenda in meetings:
        made.add_component(_event(meeting, address, agenda, now))
    return made.to_ical()


def invitation(meeting: Meeting, *, to: tuple[str, str], address: str, agenda: str, now: datetime) -> bytes:
    """One meeting as an invitation to one person (name, e-mail), or as word that it is called off."""
    is_off = meeting.called_off_at is not None
    made, event = _calendar(CANCEL if is_off else REQUEST), _event(meeting, address, agenda, now)
    organiser = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organiser.params["cn"] = vText(f"Partnership of {meeting.body.place.name}")
    event.add("organizer", organiser)
    name, email = to
    attendee = vCalAddress(f"mailto:{email}")
    attendee.params["cn"], attendee.params["rsvp"] = vText(name), vText("FALSE")
    event.add("attendee", attendee)
    made.add_component(event)
    return made.to_ical()


def _calendar(method: str) -> Calendar:
    made = Calendar()
    made.add("prodid", "-//Ropewalk//Partnership meetings//EN")
    made.add("version", "2.0")
    made.add("method", method)
    return made


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
    # A program shows what it has until a higher number comes. Meetings called off before there was a count have none.
    event.add("sequence", max(meeting.sequence, int(is_off)))
    if agenda:
        event.add("description", agenda)
    return event
