"""A local administrator reaches no data until a reasoned, written, short data session is opened."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.signals import user_logged_in
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ropewalk.site.foundation.accounts import data_sessions
from ropewalk.site.foundation.accounts.models import Account, DataSession

PAGE, LOG = "/accounts/data-session/", "/accounts/data-sessions/"
REASON = "Hillside cannot find its receipt"


@pytest.fixture
def alice(db: None, empty_store: Path, data_session_for_all: None) -> Account:  # noqa: ARG001
    user_logged_in.disconnect(dispatch_uid="tests")
    return Account.objects.create(name="Alice", is_local_administrator=True)


@pytest.fixture
def administrator(alice: Account, client: Client) -> Client:
    client.force_login(alice)
    return client


def test_no_page_of_data_opens_before(administrator: Client) -> None:
    for address in ("/returns/", "/returns/links/", "/live/", "/returns/coverage.csv", "/live/places/X06000001/"):
        asked = administrator.get(address).headers["Location"]
        assert asked == f"{PAGE}?next={address.replace('/', '%2F')}"
    assert administrator.post("/returns/links/decide/").headers["Location"] == f"{PAGE}?next=%2Freturns%2F"
    for address in ("/accounts/", "/accounts/invitations/", LOG, PAGE):
        assert administrator.get(address).status_code == 200


def test_a_reason_opens_them_for_an_hour_and_stays_written_down(administrator: Client, alice: Account) -> None:
    opened = administrator.post(PAGE, {"reason": REASON, "next": "/returns/links/"})
    assert opened.headers["Location"] == "/returns/links/"
    page = administrator.get("/returns/").content.decode()
    made = DataSession.objects.get()
    assert f"Data open until {timezone.localtime(made.until):%H:%M}" in page
    assert "Close the data" in page
    assert (made.account, made.reason, made.until - made.opened_at) == (alice, REASON, timedelta(hours=1))
    log = administrator.get(LOG).content.decode()
    assert REASON in log
    assert "open until" in log


@pytest.mark.parametrize(("reason", "said"), [("", "Enter a reason"), ("because", "at least 10"), ("  ", "Enter a")])
def test_a_reason_has_to_say_something(administrator: Client, reason: str, said: str) -> None:
    answer = administrator.post(PAGE, {"reason": reason})
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert administrator.get("/returns/").status_code == 302


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example/", ""])
def test_it_never_leads_to_another_site(administrator: Client, elsewhere: str) -> None:
    opened = administrator.post(PAGE, {"reason": REASON, "next": elsewhere})
    assert opened.headers["Location"] == "/returns/"


def test_it_is_ended_by_its_holder_by_signing_out_and_by_time(administrator: Client, alice: Account) -> None:
    administrator.post(PAGE, {"reason": REASON})
    assert administrator.post(f"{PAGE}end/").headers["Location"] == PAGE
    assert administrator.get("/returns/").status_code == 302

    administrator.post(PAGE, {"reason": REASON})
    administrator.post("/accounts/sign-out/")
    assert data_sessions.current(alice, now=timezone.now()) is None

    hour_ago = timezone.now() - timedelta(minutes=60)
    data_sessions.open_session(by=alice, reason=REASON, now=hour_ago)
    administrator.force_login(alice)
    assert administrator.get("/returns/").status_code == 302
    assert [one.ended_at is None for one in DataSession.objects.order_by("pk")] == [False, False, True]


def test_one_persons_opens_nothing_for_another(administrator: Client) -> None:
    administrator.post(PAGE, {"reason": REASON})
    other = Client()
    other.force_login(Account.objects.create(name="Dana", is_local_administrator=True))
    assert other.get("/returns/").headers["Location"].startswith(PAGE)


def test_who_is_no_administrator_finds_no_such_pages(alice: Account) -> None:
    charlie = Client()
    assert charlie.get(PAGE).headers["Location"] == f"/accounts/sign-in/?next={PAGE}"
    charlie.force_login(Account.objects.create(name="Charlie"))
    data_sessions.open_session(by=alice, reason=REASON, now=timezone.now())
    for answer in (charlie.get(PAGE), charlie.post(PAGE, {"reason": REASON}), charlie.post(f"{PAGE}end/")):
        assert answer.status_code == 404
    assert charlie.get(LOG).status_code == 404
    assert DataSession.objects.get().ended_at is None


def test_what_is_written_stays(alice: Account) -> None:
    made = data_sessions.open_session(by=alice, reason=REASON, now=timezone.now())
    made.reason = "another"
    for change in (made.save, made.delete, DataSession.objects.all().delete):
        with pytest.raises(ProtectedError):
            change()
    assert DataSession.objects.get().reason == REASON


@pytest.mark.parametrize("lasts", [timedelta(minutes=61), timedelta(0)])
def test_the_database_holds_the_hour_itself(alice: Account, lasts: timedelta) -> None:
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        DataSession.objects.create(account=alice, reason=REASON, opened_at=now, until=now + lasts)


def test_the_log_asks_the_same_for_few_and_many(administrator: Client, alice: Account) -> None:
    administrator.get(LOG)
    counted = []
    for _ in range(2):
        for _ in range(10):
            data_sessions.open_session(by=alice, reason=REASON, now=timezone.now())
        counted.append(_queries(administrator))
    assert counted[0] == counted[1]


def _queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(LOG).status_code == 200
    return len(asked)
