"""Reminders by e-mail, sent to a real mail server: what they say, never two a day, ended with one click."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.site import partnership_cast
from tests.site.mail_box import Box, mail_box
from tests.site.partnership_cast import Cast

from ropewalk.site.agree.home.actions.sending import send_letters
from ropewalk.site.agree.home.actions.wishes import ending_of, often_of, set_often
from ropewalk.site.agree.home.kinds import Became, Often
from ropewalk.site.agree.home.models import Letter, Wish
from ropewalk.site.agree.plan.actions.items import Promise, add
from ropewalk.site.agree.plan.actions.plans import NewPlan, draft
from ropewalk.site.agree.plan.kinds import ItemKind, State
from ropewalk.site.agree.plan.models import Plan
from ropewalk.site.config import settings as of_site
from ropewalk.site.foundation.accounts.models import Account

SITE, PASSWORD = "https://place.example", "rope-walk-of-forty-fathoms"
PART = "Ring the mother of Zebedee Canary"
ON_A_SERVER = pytest.mark.skipif(
    of_site.DATABASES["default"]["ENGINE"].endswith("sqlite3"),
    reason="SQLITE WRITES ONE AFTER THE OTHER: raced on PostgreSQL, where the site's tests run once more",
)


@pytest.fixture
def box(settings: Settings) -> Iterator[Box]:
    with mail_box(settings) as made:
        yield made


def made_cast() -> Cast:
    """A coordinator, and a head who promised a part of a plan that is late."""
    cast = partnership_cast.made()
    cora = cast.person("Cora", "coordinator", cast.place)
    head = cast.head(100001)
    head.email = "head@school.example"
    head.set_password(PASSWORD)
    head.save()
    plan = draft(NewPlan("One plan"), place=cast.place, by=cora, now=timezone.now())
    for number in range(12):
        due = timezone.localdate() - timedelta(days=number + 1)
        add(ItemKind.ACTION, Promise(words=PART, owner=head, due=due), plan=plan, by=cora, now=timezone.now())
    Plan.objects.update(state=State.LIVE)
    set_often(Often.DAILY, account=head, now=timezone.now())
    return cast


@pytest.fixture
def cast(empty_store: Path, db: None) -> Cast:  # noqa: ARG001
    return made_cast()


def send(now: datetime | None = None, *, at_once: bool = False) -> dict[Became, int]:
    return dict(send_letters(site=SITE, now=now or timezone.now(), at_once=at_once))


def plain(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def monday() -> datetime:
    """Noon of the next Monday."""
    noon = timezone.localtime().replace(hour=12)
    return noon + timedelta(days=(7 - noon.weekday()) % 7 or 7)


def test_a_letter_says_ten_things_each_with_one_link_and_nothing_of_anybody(cast: Cast, box: Box) -> None:
    assert send() == {Became.SENT: 1}
    [letter] = box.letters
    assert (letter["To"], letter["Subject"]) == ("head@school.example", "What needs you this week")
    assert letter["Auto-Submitted"] == "auto-generated"
    text, rich = plain(letter), letter.get_body(("html",))
    assert rich is not None
    html = str(rich.get_content())
    links = re.findall(r"^   (\S+)$", text, re.MULTILINE)
    assert len(links) == len(set(links)) == 10
    assert all(link.startswith(f"{SITE}/plans/south-harbour/items/") for link in links)
    assert [link for link in re.findall(r'href="([^"]+)"', html) if "/items/" in link] == links
    assert "11. " not in text
    assert f"There is more. All of it stands on your first page:\n{SITE}/home/" in text
    assert f"{SITE}/home/letters/" in text
    assert "1. A part of the plan “One plan” of South Harbour that you promised is due (was due on " in text
    for said in (text, html):
        assert "Zebedee" not in said
        assert not any(name in said for name in cast.people)


def test_its_link_leads_to_the_page_after_signing_in(cast: Cast, box: Box) -> None:
    send()
    link = re.findall(r"^   (\S+)$", plain(box.letters[0]), re.MULTILINE)[0].removeprefix(SITE)
    client = Client()
    asked = client.get(link)
    assert asked.headers["Location"].startswith("/accounts/sign-in/?next=")
    done = client.post(asked.headers["Location"], {"login": "head of 100001", "password": PASSWORD})
    assert done.headers["Location"] == link
    assert client.get(link).status_code == 200
    # The link acts for nobody by itself.
    assert Client().get(link).status_code == 302
    assert cast.people


def test_nobody_gets_two_on_one_day_and_everybody_one_the_next(cast: Cast, box: Box) -> None:
    assert cast.people
    assert [send(), send(), send(at_once=True)] == [{Became.SENT: 1}, {}, {}]
    assert len(box.letters) == 1
    assert send(timezone.now() + timedelta(days=1)) == {Became.SENT: 1}
    assert [row.became for row in Letter.objects.order_by("day")] == [Became.SENT, Became.SENT]


def test_daily_on_mondays_or_never(cast: Cast, box: Box) -> None:
    head = cast.people["head of 100001"]
    Wish.objects.all().delete()
    assert often_of(head) is Often.WEEKLY
    day = monday()
    assert send(day + timedelta(days=1)) == {}
    assert send(day) == {Became.SENT: 1}
    assert send(day + timedelta(days=2), at_once=True) == {Became.SENT: 1}
    set_often(Often.NEVER, account=head, now=day)
    assert send(day + timedelta(days=7), at_once=True) == {}
    assert len(box.letters) == 2


def test_nothing_is_sent_to_whom_nothing_waits_for_who_has_no_address_or_no_account_any_more(
    cast: Cast, box: Box
) -> None:
    cora, head = cast.people["Cora"], cast.people["head of 100001"]
    set_often(Often.DAILY, account=cora, now=timezone.now())
    cora.email = "cora@place.example"
    cora.save()
    Account.objects.filter(pk=head.pk).update(is_active=False)
    assert send() == {}
    Account.objects.filter(pk=head.pk).update(is_active=True)
    head.refresh_from_db()
    head.email = ""
    head.save()
    assert (send(), box.letters, Letter.objects.count()) == ({}, [], 0)


def test_a_letter_the_server_refuses_is_tried_once_more_that_day(cast: Cast, box: Box) -> None:
    assert cast.people
    box.refuse = True
    assert send() == {Became.FAILED: 1}
    assert Letter.objects.get().became == Became.FAILED
    assert send() == {Became.FAILED: 1}
    box.refuse = False
    assert send() == {}
    assert (Letter.objects.get().tries, box.letters) == (2, [])
    assert send(timezone.now() + timedelta(days=1)) == {Became.SENT: 1}


def test_a_server_that_is_not_there_is_tried_once_more(cast: Cast, box: Box, settings: Settings) -> None:
    assert cast.people
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    assert send() == {Became.FAILED: 1}
    settings.EMAIL_PORT = port
    assert send() == {Became.SENT: 1}
    assert (len(box.letters), send()) == (1, {})


def test_where_the_line_is_cut_after_the_letter_was_taken_nobody_sends_it_again(cast: Cast, box: Box) -> None:
    assert cast.people
    box.breaks = True
    assert send() == {Became.UNSURE: 1}
    box.breaks = False
    assert (send(), len(box.letters)) == ({}, 1)


def test_it_is_ended_with_one_click_without_signing_in_and_nothing_else_is(cast: Cast, box: Box) -> None:
    head = cast.people["head of 100001"]
    send()
    assert box.letters[0]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    header = re.fullmatch(
        rf"<{SITE}(/home/letters/end/\S+/)>", "".join(str(box.letters[0]["List-Unsubscribe"]).split())
    )
    assert header is not None
    # As a mail program does it: no cookie, no token of a form.
    client = Client(enforce_csrf_checks=True)
    assert "End reminders by e-mail?" in client.get(header[1]).content.decode()
    assert often_of(head) is Often.DAILY
    answer = client.post(header[1], {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, often_of(head)) == (200, Often.NEVER)
    assert client.get("/home/").status_code == 302
    assert send(timezone.now() + timedelta(days=1)) == {}
    for said in ("no-such-link", f"{ending_of(head)}x", ending_of(head).replace(":", ";", 1)):
        assert client.post(f"/home/letters/end/{said}/").status_code == 404


def test_how_often_is_chosen_on_a_page(cast: Cast, client: Client) -> None:
    head = cast.people["head of 100001"]
    client.force_login(head)
    page = client.get("/home/letters/").content.decode()
    assert "They go to head@school.example." in page
    assert '<option value="daily" selected>' in page
    refused = client.post("/home/letters/", {"often": "hourly"})
    assert (refused.status_code, "Choose how often" in refused.content.decode()) == (422, True)
    assert client.post("/home/letters/", {"often": "weekly"}).headers["Location"] == "/accounts/"
    assert often_of(head) is Often.WEEKLY
    assert "/home/letters/" in client.get("/accounts/").content.decode()


@ON_A_SERVER
@pytest.mark.django_db(transaction=True)
def test_of_four_who_send_at_once_one_does(empty_store: Path, box: Box) -> None:
    assert empty_store
    made_cast()
    start, became = threading.Barrier(4), []

    def sends() -> None:
        try:
            start.wait()
            became.append(send())
        finally:
            connection.close()

    box.slow = lambda: time.sleep(0.2)
    runs = [threading.Thread(target=sends) for _ in range(4)]
    for run in runs:
        run.start()
    for run in runs:
        run.join(60)
    assert sorted(map(len, became)) == [0, 0, 0, 1]
    assert len(box.letters) == 1


@ON_A_SERVER
@pytest.mark.django_db(transaction=True)
def test_of_four_who_try_again_at_once_one_does(empty_store: Path, box: Box) -> None:
    assert empty_store
    made_cast()
    box.refuse = True
    send()
    box.refuse = False
    start, became = threading.Barrier(4), []

    def sends() -> None:
        try:
            start.wait()
            became.append(send())
        finally:
            connection.close()

    runs = [threading.Thread(target=sends) for _ in range(4)]
    for run in runs:
        run.start()
    for run in runs:
        run.join(60)
    assert (sorted(map(len, became)), len(box.letters)) == ([0, 0, 0, 1], 1)


def command(folder: Path, box_port: int, *more: str) -> subprocess.Popen[str]:
    """The command, as a timer runs it, on a database of its own."""
    here = {
        **os.environ,
        "XDG_DATA_HOME": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'app.sqlite'}",
        "ROPEWALK_DATA_KEY": "a" * 64,
        "ROPEWALK_SECRET_KEY": "s" * 60,
        "ROPEWALK_SMTP": f"smtp://127.0.0.1:{box_port}?plain=1",
        "ROPEWALK_SITE": SITE,
        "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src"),
    }
    run = [sys.executable, *more] if more else [sys.executable, "-m", "ropewalk", "digest", "send", "--now"]
    return subprocess.Popen(
        [*run, *([] if more else ["--store", str(folder / "store")])],
        env=here,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


MAKE = """
from pathlib import Path
import sys
from ropewalk.site.config.prepare import migrate
migrate(Path(sys.argv[1]))
from datetime import UTC, datetime, timedelta
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.accounts import invitations
now = datetime.now(UTC)
Account.objects.create(name="Dana", email="dana@place.example", is_local_administrator=True)
Account.objects.create(name="Olu", email="olu@place.example", is_local_administrator=True)
invitations.invite(name="Bob", email="bob@school.example", local_administrator=False, by=None, now=now)
"""


def test_killed_while_a_letter_is_handed_over_nobody_gets_two(tmp_path: Path, settings: Settings, box: Box) -> None:
    """Dana's letter is in the server's hands when the program is killed: the next run sends Olu's alone."""
    made = command(tmp_path, settings.EMAIL_PORT, "-c", MAKE, str(tmp_path / "store"))
    told, _ = made.communicate(timeout=60)
    assert made.returncode == 0, told
    killed = threading.Event()
    first = command(tmp_path, settings.EMAIL_PORT)

    def kill() -> None:
        if not killed.is_set():
            killed.set()
            first.send_signal(signal.SIGKILL)
            time.sleep(0.5)

    box.slow = kill
    first.communicate(timeout=60)
    assert killed.is_set()
    assert first.returncode == -signal.SIGKILL
    second = command(tmp_path, settings.EMAIL_PORT)
    told, _ = second.communicate(timeout=60)
    assert told == "1 sent, 0 failed, 0 not certain.\n"
    third = command(tmp_path, settings.EMAIL_PORT)
    assert third.communicate(timeout=60)[0] == "0 sent, 0 failed, 0 not certain.\n"
    sent_to = [str(letter["To"]) for letter in box.letters]
    assert sorted(sent_to) == ["dana@place.example", "olu@place.example"]
    assert "An invitation is not accepted yet" in plain(box.letters[1])
    assert "Bob" not in plain(box.letters[1])


def test_the_command_asks_for_an_address_and_a_mail_server(tmp_path: Path) -> None:
    for missing, said in (("ROPEWALK_SITE", "--site"), ("ROPEWALK_SMTP", "There is no mail server")):
        here = {"XDG_DATA_HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src")}
        given = {"ROPEWALK_SITE": SITE, "ROPEWALK_SMTP": "smtp://127.0.0.1:1?plain=1"}
        del given[missing]
        environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        run = [sys.executable, "-m", "ropewalk", "digest", "send", "--store", str(tmp_path / "store")]
        told = subprocess.run(run, env={**environment, **here, **given}, capture_output=True, text=True, check=False)
        assert (told.returncode, said in told.stderr) == (2, True), told.stderr
