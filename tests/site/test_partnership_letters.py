"""Invitations to meetings by a real mail server, read back by vobject: once for each change, and none is lost."""

from __future__ import annotations

import email
import socket
from collections.abc import Iterator
from datetime import timedelta
from email import policy
from typing import Any

import pytest
import vobject
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.site.partnership_cast import Cast, made, meeting_of

from ropewalk.site.agree.partnership.actions.bodies import NewSeat, take_seat
from ropewalk.site.agree.partnership.kinds import Part
from ropewalk.site.agree.partnership.models import Letter, Meeting
from ropewalk.site.config.providers import mail_server
from ropewalk.site.foundation.audit.models import Entry


class Box(Message):
    """A mail server's box, which does not take letters to some addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.letters: list[Any] = []
        self.refused: set[str] = set()

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if address in self.refused:
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    def prepare_message(self, session: Any, envelope: Any) -> Any:
        del session
        return email.message_from_bytes(envelope.content, policy=policy.default)

    def handle_message(self, message: Any) -> None:
        self.letters.append(message)


@pytest.fixture
def box(settings: Settings) -> Iterator[Box]:
    found = Box()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    server = Controller(found, hostname="127.0.0.1", port=port)
    server.start()
    settings.MAIL = mail_server({"ROPEWALK_SMTP": f"smtp://127.0.0.1:{port}?plain=1"})
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    for name, value in settings.MAIL.items():
        setattr(settings, name, value)
    yield found
    server.stop()


@pytest.fixture
def cast(db: None) -> Cast:  # noqa: ARG001
    return made()


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """The board meets in a week: Hedda and Ivo have an address, Cora has none, Ada has no account."""
    found = meeting_of(cast, starts=timezone.now() + timedelta(days=7))
    cora = cast.people["Cora"]
    began = found.body.begins
    seats = [
        NewSeat(Part.CHAIR, began, cora, organisation="Place"),
        NewSeat(Part.CLERK, began, None, "Ada", "Council"),
    ]
    for urn, name in ((100001, "hedda"), (100002, "ivo")):
        head = cast.head(urn)
        head.email = f"{name}@school.example"
        head.save()
        seats.append(NewSeat(Part.MEMBER, began, head, organisation=name))
    for seat in seats:
        take_seat(seat, body=found.body, by=cora, now=timezone.now())
    return found


def events(box: Box) -> list[tuple[str, str, str, str, str]]:
    """Each letter's receiver, and of its calendar part: method, status, sequence and when it begins."""
    told = []
    for letter in box.letters:
        [part] = [one for one in letter.walk() if one.get_content_type() == "text/calendar"]
        read = vobject.readOne(part.get_content())
        assert part.get_param("method") == read.method.value
        event = read.vevent
        assert event.attendee.value == f"mailto:{letter['To']}"
        begins = f"{event.dtstart.value:%H:%M}"
        told.append((letter["To"], read.method.value, event.status.value, event.sequence.value, begins))
    box.letters.clear()
    return sorted(told)


def test_each_is_told_once_of_each_change(cast: Cast, meeting: Meeting, box: Box, client: Client) -> None:
    client.force_login(cast.people["Cora"])
    home = f"/partnerships/{cast.place.code}/meetings/{meeting.pk}/"
    guest = {"name": "Gus Guest", "email": "gus@college.example"}
    assert client.post(f"{home}guests/", guest).headers["Location"] == f"{home}invitations/"
    assert client.post(f"{home}guests/", guest).status_code == 422
    assert client.post(f"{home}guests/", {**guest, "email": "no address"}).status_code == 422
    page = client.post(f"{home}invitations/").content.decode()
    assert "On its way to Gus Guest, head of 100001, head of 100002." in page
    assert "no e-mail address is known" in page
    first = box.letters[0]
    assert first["Subject"].startswith("Invitation: Board, ")
    assert f"http://testserver{home}" in first.get_body().get_content()
    begins = f"{meeting.starts_at:%H:%M}"
    three = ("gus@college.example", "hedda@school.example", "ivo@school.example")
    assert events(box) == [(to, "REQUEST", "CONFIRMED", "0", begins) for to in three]
    assert "Everybody with an address has heard already" in client.post(f"{home}invitations/").content.decode()
    assert events(box) == []
    day = timezone.localtime(meeting.starts_at).date()
    new = {"day": day, "starts": "10:30", "ends": "11:30", "where": "Town hall"}
    assert client.post(f"{home}move/", new).headers["Location"] == f"{home}invitations/"
    assert [(one[:4]) for one in events(box)] == [(to, "REQUEST", "CONFIRMED", "1") for to in three]
    assert client.post(f"{home}move/", new).status_code == 422
    assert client.post(f"{home}off/", {"because": "Snow."}).headers["Location"] == f"{home}invitations/"
    assert [(one[:4]) for one in events(box)] == [(to, "CANCEL", "CANCELLED", "2") for to in three]
    client.post(f"{home}invitations/")
    assert events(box) == []
    assert Letter.objects.filter(sent_at__isnull=False).count() == 9
    assert "example" not in "".join(one.about for one in Entry.objects.all())


def test_whoever_was_not_reached_is_named_and_tried_again(
    cast: Cast, meeting: Meeting, box: Box, client: Client
) -> None:
    client.force_login(cast.people["Cora"])
    address = f"/partnerships/{cast.place.code}/meetings/{meeting.pk}/invitations/"
    box.refused.add("ivo@school.example")
    page = client.post(address).content.decode()
    assert "Not reached: head of 100002." in page
    assert [one[0] for one in events(box)] == ["hedda@school.example"]
    box.refused.clear()
    client.post(address)
    assert [one[0] for one in events(box)] == ["ivo@school.example"]


def test_without_a_mail_server_it_is_said_and_nothing_is_marked(
    cast: Cast, meeting: Meeting, client: Client, settings: Settings
) -> None:
    settings.MAIL = {}
    client.force_login(cast.people["Cora"])
    answer = client.post(f"/partnerships/{cast.place.code}/meetings/{meeting.pk}/invitations/")
    assert (answer.status_code, "sends no mail" in answer.content.decode()) == (422, True)
    assert not Letter.objects.exists()
    client.force_login(cast.head(100001))
    assert client.get(f"/partnerships/{cast.place.code}/meetings/{meeting.pk}/invitations/").status_code == 404
