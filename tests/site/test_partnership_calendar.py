"""Meetings in calendar programs: read back by a library that calendar servers use, at an address that can be ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
import vobject
from django.test import Client
from django.utils import timezone
from tests.site import partnership_cast
from tests.site.conftest import Page
from tests.site.partnership_cast import NOW, TODAY, Cast

from ropewalk.core.errors import InputRefused
from ropewalk.site.agree.partnership.actions.bodies import NewBody, begin
from ropewalk.site.agree.partnership.actions.calendar import make_link
from ropewalk.site.agree.partnership.actions.meetings import Called, call, call_off, set_agenda
from ropewalk.site.agree.partnership.kinds import BodyKind
from ropewalk.site.agree.partnership.models import CalendarLink, Meeting
from ropewalk.site.foundation.permissions.actions import end as end_grant
from ropewalk.site.foundation.permissions.models import Grant

Reading = Callable[..., Page]
HOME = "/partnerships/south-harbour/"
SUBSCRIBE = "/partnerships/calendar/"
LONG = "Ümläuts, commas; semicolons and a line that is far longer than the seventy-five bytes at which lines are folded"


@pytest.fixture
def cast(empty_store: Path, db: None) -> Cast:  # noqa: ARG001
    """Two meetings of a board, one of them called off."""
    made = partnership_cast.made()
    cora = made.person("Cora", "coordinator", made.place)
    board = begin(NewBody(BodyKind.BOARD, LONG, TODAY), place=made.place, by=cora, now=NOW)
    series = Called(date(2026, 10, 20), time(9), time(10, 30), "Town hall, room 2", 1, date(2026, 10, 27))
    first, second = call(series, body=board, by=cora, now=NOW)
    set_agenda(meeting=first, items=["Attendance", "Inclusion; moves"], by=cora, now=NOW)
    call_off(meeting=second, because="Half term.", by=cora, now=NOW)
    return made


def address_of(read: Reading, client: Client) -> str:
    answer = client.post(SUBSCRIBE)
    assert answer.status_code == 200
    [secret] = [part for part in answer.content.decode().split("/") if len(part) == 43]
    assert secret not in read(SUBSCRIBE).html
    return f"{SUBSCRIBE}{secret}/meetings.ics"


def test_a_calendar_library_reads_the_meetings_as_they_are(cast: Cast, client: Client, read: Reading) -> None:
    client.force_login(cast.head(100001))
    address = address_of(read, client)
    answer = Client().get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "no-store" in answer.headers["Cache-Control"]
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    found = vobject.readOne(answer.content.decode())
    assert (found.version.value, found.method.value) == ("2.0", "PUBLISH")
    first, second = found.vevent_list
    # 9 o'clock by British Summer Time, and after the clocks changed.
    assert first.dtstart.value == datetime(2026, 10, 20, 8, tzinfo=UTC)
    assert first.dtend.value == datetime(2026, 10, 20, 9, 30, tzinfo=UTC)
    assert second.dtstart.value == datetime(2026, 10, 27, 9, tzinfo=UTC)
    assert (first.summary.value, first.location.value) == (LONG, "Town hall, room 2")
    assert first.description.value == "1. Attendance\n2. Inclusion; moves"
    assert (first.status.value, second.status.value) == ("CONFIRMED", "CANCELLED")
    assert second.summary.value == f"Called off: {LONG}"
    assert int(first.sequence.value) < int(second.sequence.value)
    assert len({first.uid.value, second.uid.value}) == 2
    again = vobject.readOne(Client().get(address).content.decode())
    assert [one.uid.value for one in again.vevent_list] == [first.uid.value, second.uid.value]


def test_one_meeting_is_a_file_for_members_alone(cast: Cast, client: Client) -> None:
    meeting = Meeting.objects.earliest("starts_at")
    address = f"{HOME}meetings/{meeting.pk}/meeting.ics"
    assert client.get(address).status_code == 302
    client.force_login(cast.person("Otto", "coordinator", cast.area))
    assert client.get(address).status_code == 404
    client.force_login(cast.head(100004))
    [event] = vobject.readOne(client.get(address).content.decode()).vevent_list
    assert event.url.value == f"http://testserver{HOME}meetings/{meeting.pk}/"


def test_an_address_shows_what_its_owner_sees_today_and_can_be_ended(cast: Cast, client: Client, read: Reading) -> None:
    assert Client().get(f"{SUBSCRIBE}{'x' * 43}/meetings.ics").status_code == 404
    head = cast.head(100001)
    client.force_login(head)
    first = address_of(read, client)
    second = address_of(read, client)
    assert [Client().get(one).status_code for one in (first, second)] == [404, 200]
    # Kept is only what it can be known by.
    assert not any(part in str(CalendarLink.objects.values()) for part in (first.split("/")[3], second.split("/")[3]))
    for grant in Grant.objects.on(timezone.localdate()).filter(account=head):
        end_grant(grant=grant, reason="They left.", by=cast.dana, now=timezone.now())
    assert not hasattr(vobject.readOne(Client().get(second).content.decode()), "vevent")
    head.is_active = False
    head.save()
    assert Client().get(second).status_code == 404
    head.is_active = True
    head.save()
    give_back = cast.person("Hanna", "head", cast.schools[100002])
    client.force_login(give_back)
    third = address_of(read, client)
    assert client.post(f"{SUBSCRIBE}end/").headers["Location"] == SUBSCRIBE
    assert Client().get(third).status_code == 404
    assert "You have no address yet." in read(SUBSCRIBE).words


def test_a_local_administrator_has_no_address(cast: Cast, client: Client) -> None:
    with pytest.raises(InputRefused, match="only while you say why"):
        make_link(by=cast.dana, now=NOW)
    client.force_login(cast.dana)
    assert client.post(SUBSCRIBE).status_code == 422
    assert CalendarLink.objects.count() == 0
