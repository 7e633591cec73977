"""Invitations: who may invite, a link that opens once and for seven days, by e-mail from a real mail server."""

from __future__ import annotations

import email
import re
import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from email import policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from django.conf import settings as of_site
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from ropewalk.site.config.providers import mail_server
from ropewalk.site.foundation.accounts import invitations
from ropewalk.site.foundation.accounts.models import Account, Invitation

PASSWORD = "rope-walk-of-forty-fathoms"  # noqa: S105 - of a test
PAGE = "/accounts/invitations/"


@pytest.fixture
def alice(db: None, empty_store: Path) -> Account:  # noqa: ARG001
    return Account.objects.create(name="Alice", is_local_administrator=True)


@pytest.fixture
def inviting(alice: Account, client: Client) -> Client:
    client.force_login(alice)
    return client


def invite(client: Client, name: str = "Bob", address: str = "bob@school.example", **more: str) -> str:
    """Invite somebody; the path of the link that the page shows."""
    page = client.post(PAGE, {"name": name, "email": address, **more}).content.decode()
    link = re.search(r'id="link">http://testserver(/accounts/invitation/[\w-]+/)<', page)
    assert link is not None
    return link[1]


def test_the_invited_chooses_a_password_and_comes_in_once(inviting: Client) -> None:
    link = invite(inviting)
    assert link not in inviting.get(PAGE).content.decode()
    bob = Client()
    page = bob.get(link).content.decode()
    assert "You are invited, Bob" in page
    assert Client().get("/returns/").status_code == 302
    answer = bob.post(link, {"new": PASSWORD})
    assert answer.headers["Location"] == "/accounts/"
    assert "bob@school.example" in bob.get("/accounts/").content.decode()
    made = Account.objects.get(name="Bob")
    assert (made.is_local_administrator, made.check_password(PASSWORD)) == (False, True)
    assert bob.get("/returns/").status_code == 404
    for again in (bob.get(link), Client().post(link, {"new": PASSWORD})):
        assert (again.status_code, "does not open any more" in again.content.decode()) == (404, True)


def test_an_administrator_who_is_invited_sets_up_a_second_factor_first(inviting: Client, settings: Settings) -> None:
    link = invite(inviting, local_administrator="on")
    settings.SECOND_FACTOR_REQUIRED = True
    bob = Client()
    assert bob.post(link, {"new": PASSWORD}).headers["Location"] == "/accounts/second-factor/"
    assert bob.get("/returns/").headers["Location"] == "/accounts/second-factor/"


@pytest.mark.parametrize(("password", "said"), [("short", "too short"), ("password1234", "common"), ("", "Enter a")])
def test_a_password_that_is_easy_to_guess_is_refused(inviting: Client, password: str, said: str) -> None:
    link = invite(inviting)
    answer = Client().post(link, {"new": password})
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert not Account.objects.filter(name="Bob").exists()


def test_a_password_like_the_name_is_refused(inviting: Client) -> None:
    link = invite(inviting, name="Bartholomew Quince", address="x@school.example")
    answer = Client().post(link, {"new": "bartholomewquince"})
    assert (answer.status_code, "too similar to the name" in answer.content.decode()) == (422, True)


def test_it_opens_for_seven_days(inviting: Client) -> None:
    link = invite(inviting)
    made = Invitation.objects.get()
    assert made.expires_at - made.made_at == timedelta(days=7)
    Invitation.objects.update(expires_at=timezone.now() + timedelta(seconds=30))
    assert Client().get(link).status_code == 200
    Invitation.objects.update(expires_at=timezone.now())
    assert Client().post(link, {"new": PASSWORD}).status_code == 404


def test_a_withdrawn_one_and_one_for_which_another_was_made_do_not_open(inviting: Client) -> None:
    first = invite(inviting)
    second = invite(inviting, address="BOB@school.example")
    assert (Client().get(first).status_code, Client().get(second).status_code) == (404, 200)
    number = Invitation.objects.open_on(timezone.now()).get().pk
    assert inviting.post(f"{PAGE}{number}/withdraw/").headers["Location"] == PAGE
    assert Client().get(second).status_code == 404
    assert "No invitation is open" in inviting.get(PAGE).content.decode()


def test_the_link_is_not_kept(inviting: Client) -> None:
    secret = invite(inviting).split("/")[-2]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_invitation")
        assert secret not in str(cursor.fetchall())


@pytest.mark.parametrize(
    ("name", "address", "said"),
    [
        ("alice", "new@school.example", "There is an account with this name already"),
        ("Bob", "no address", "Enter an e-mail address"),
        ("", "new@school.example", "Enter the name of the person"),
        ("Bob", "taken@school.example", "There is an account with this e-mail address already"),
    ],
)
def test_what_is_wrong_is_said(inviting: Client, name: str, address: str, said: str) -> None:
    Account.objects.create(name="Taken", email="Taken@School.example")
    answer = inviting.post(PAGE, {"name": name, "email": address})
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert not Invitation.objects.exists()


def test_only_local_administrators_invite(alice: Account) -> None:
    charlie = Client()
    assert charlie.get(PAGE).headers["Location"] == f"/accounts/sign-in/?next={PAGE}"
    charlie.force_login(Account.objects.create(name="Charlie"))
    assert charlie.get(PAGE).status_code == 404
    made, _ = invitations.invite(
        name="Bob", email="bob@school.example", local_administrator=False, by=alice, now=timezone.now()
    )
    assert charlie.post(f"{PAGE}{made.pk}/withdraw/").status_code == 404
    assert charlie.post(PAGE, {"name": "Eve", "email": "eve@school.example"}).status_code == 404
    assert Invitation.objects.count() == 1


class Letters(Message):
    """A mail server's box: what came in."""

    def __init__(self) -> None:
        super().__init__()
        self.came = threading.Event()
        self.last: Any = None

    def prepare_message(self, session: Any, envelope: Any) -> Any:
        del session
        return email.message_from_bytes(envelope.content, policy=policy.default)

    def handle_message(self, message: Any) -> None:
        self.last = message
        self.came.set()


@pytest.fixture
def letters() -> Iterator[tuple[Letters, int]]:
    box = Letters()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    yield box, port
    server.stop()


def mail_to(settings: Settings, port: int) -> None:
    """The site sends its mail to this port, as ROPEWALK_SMTP would say."""
    settings.MAIL = mail_server({"ROPEWALK_SMTP": f"smtp://127.0.0.1:{port}?plain=1"})
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    for name, value in settings.MAIL.items():
        setattr(settings, name, value)


def test_it_comes_by_e_mail(inviting: Client, settings: Settings, letters: tuple[Letters, int]) -> None:
    box, port = letters
    mail_to(settings, port)
    page = inviting.post(PAGE, {"name": "Bob", "email": "bob@school.example"}).content.decode()
    assert "on its way to bob@school.example" in page
    assert "/accounts/invitation/" not in page
    assert box.came.wait(20)
    assert (box.last["To"], box.last["Subject"]) == ("bob@school.example", "You are invited to Ropewalk")
    text = box.last.get_content()
    assert "Alice invites you to Ropewalk" in text
    link = re.search(r"http://testserver(/accounts/invitation/\S+)", text)
    assert link is not None
    assert Client().post(link[1], {"new": PASSWORD}).headers["Location"] == "/accounts/"


def test_where_the_mail_server_does_not_answer_the_link_is_shown(inviting: Client, settings: Settings) -> None:
    mail_to(settings, 1)
    assert invite(inviting)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    of_site.DATABASES["default"]["ENGINE"].endswith("sqlite3"),
    reason="SQLITE WRITES ONE AFTER THE OTHER: raced on PostgreSQL, where the site's tests run once more",
)
def test_two_who_open_a_link_at_once_make_one_account(empty_store: Path) -> None:  # noqa: ARG001
    made, _ = invitations.invite(
        name="Bob", email="bob@school.example", local_administrator=False, by=None, now=timezone.now()
    )
    start, told = threading.Barrier(6), []

    def come_in() -> None:
        try:
            start.wait(20)
            told.append(invitations.accept(made, password=PASSWORD, now=timezone.now()).name)
        except invitations.InvitationRefused as problem:
            told.append(str(problem))
        finally:
            connection.close()

    racing = [threading.Thread(target=come_in) for _ in range(6)]
    for one in racing:
        one.start()
    for one in racing:
        one.join(60)
    assert sorted(told) == ["Bob", *5 * ["This invitation was used already, withdrawn, or is too old."]]
    assert Account.objects.count() == 1
