"""Who asks too often for what costs waits; nobody else does, and what is kept costs nothing."""

from __future__ import annotations

import json
import multiprocessing
import os
import re
from pathlib import Path

import pytest
from django.test import Client, RequestFactory
from django.urls import resolve
from pytest_django.fixtures import Settings

from ropewalk.site.config import settings as written
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.limits.counting import Limit, SharedCount
from ropewalk.site.foundation.limits.middleware import in_words
from ropewalk.site.foundation.limits.rules import Cost, cost_of, household
from ropewalk.site.foundation.permissions.matrix import THINGS, Thing

TEN_A_MINUTE = Limit(10, 60)


def test_so_many_at_once_then_one_for_each_step_of_time() -> None:
    count = SharedCount()
    assert [count.take("a", TEN_A_MINUTE, now=1000.0) for _ in range(10)] == [0.0] * 10
    assert count.take("a", TEN_A_MINUTE, now=1000.0) == 6.0
    assert count.take("a", TEN_A_MINUTE, now=1004.5) == 1.5
    assert count.take("a", TEN_A_MINUTE, now=1006.0) == 0.0
    assert count.take("a", TEN_A_MINUTE, now=1006.0) == 6.0
    # After a whole measure of quiet all is as it was.
    assert [count.take("a", TEN_A_MINUTE, now=1066.0) for _ in range(10)] == [0.0] * 10


def test_a_quarter_of_an_hour_of_the_fastest_reader_is_what_the_limit_says() -> None:
    count, limit = SharedCount(), Limit(120, 60)
    let_through = sum(count.take("a", limit, now=5000 + tick / 10) == 0.0 for tick in range(9000))
    assert abs(let_through - (120 + 2 * 900)) <= 1


@pytest.mark.parametrize("times", [1, 3, 7, 11, 49, 120])
def test_the_last_of_a_measure_is_let_through_and_the_next_is_not(times: int) -> None:
    count, limit = SharedCount(), Limit(times, 61)
    assert sum(count.take("a", limit, now=1_700_000_000.123) == 0.0 for _ in range(3 * times)) == times


def test_others_do_not_wait() -> None:
    count = SharedCount()
    for _ in range(30):
        count.take("a", TEN_A_MINUTE, now=1000.0)
    assert [count.take(f"other {number}", TEN_A_MINUTE, now=1000.0) for number in range(1000)] == [0.0] * 1000
    assert count.take("a", TEN_A_MINUTE, now=1000.0) > 0


def test_a_clock_that_was_put_back_shuts_nobody_out() -> None:
    count = SharedCount()
    for _ in range(11):
        count.take("a", TEN_A_MINUTE, now=1_000_000.0)
    assert count.take("a", TEN_A_MINUTE, now=1000.0) == 0.0


def _asks(count: SharedCount, start: object, told: object) -> None:
    start.wait()  # type: ignore[attr-defined]
    told.put(sum(count.take("a", Limit(50, 3600), now=1000.0) == 0.0 for _ in range(200)))  # type: ignore[attr-defined]


def test_processes_that_were_forked_count_together_to_the_last_one() -> None:
    fork = multiprocessing.get_context("fork")
    count, start, told = SharedCount(), fork.Event(), fork.Queue()
    workers = [fork.Process(target=_asks, args=(count, start, told)) for _ in range(3)]
    for worker in workers:
        worker.start()
    start.set()
    taken = [told.get(timeout=30) for _ in workers]
    for worker in workers:
        worker.join()
    assert sum(taken) == 50


def _dies_with_the_lock(count: SharedCount) -> None:
    with count._alone():
        os._exit(9)


def test_a_process_that_is_killed_while_counting_stops_nobody() -> None:
    fork = multiprocessing.get_context("fork")
    count = SharedCount()
    worker = fork.Process(target=_dies_with_the_lock, args=(count,))
    worker.start()
    worker.join()
    assert worker.exitcode == 9
    assert count.take("a", TEN_A_MINUTE, now=1000.0) == 0.0


@pytest.fixture(autouse=True)
def store(made_up_store: Path, settings: Settings) -> None:
    settings.ROPEWALK_STORE = made_up_store


API = "/api/v1/places?text="


def test_the_api_answers_429_with_the_seconds_to_wait_as_a_problem(settings: Settings) -> None:
    settings.RATE_LIMITS = {"api": (2, 3600)}
    client = Client()
    assert [client.get(f"{API}limit{number}").status_code for number in range(3)] == [200, 200, 429]
    answer = client.get(f"{API}limit3")
    told = json.loads(answer.content)
    assert 1790 < int(answer.headers["Retry-After"]) <= 1800
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert (told["status"], "Wait 30 minutes" in told["detail"]) == (429, True)
    # Another reader is answered, and so is the first one where the page is kept already.
    assert client.get(f"{API}limit4", REMOTE_ADDR="192.0.2.7").status_code == 200
    assert client.get(f"{API}limit0").status_code == 200


def test_a_page_says_in_words_how_long_to_wait(settings: Settings) -> None:
    settings.RATE_LIMITS = {"searches": (1, 40)}
    client = Client()
    assert client.get("/?q=limits+one").status_code == 200
    answer = client.get("/?q=limits+two")
    assert answer.status_code == 429
    assert "Wait 40 seconds and try again." in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Content-Security-Policy" in answer.headers
    # Pages without a question in their address are free.
    assert client.get("/measures/").status_code == 200


def test_the_address_is_what_the_server_in_front_says_and_nothing_a_reader_writes(settings: Settings) -> None:
    settings.RATE_LIMITS = {"api": (1, 3600)}
    # Without a server in front the header is a reader's own invention.
    client = Client()
    named = [{"X-Forwarded-For": f"198.51.100.{number}"} for number in range(2)]
    assert [client.get(f"{API}proxy{n}", headers=one).status_code for n, one in enumerate(named)] == [200, 429]
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    behind = Client()
    through = [{"X-Forwarded-For": f"203.0.113.{number}, 198.51.100.{number // 2}"} for number in range(3)]
    answers = [behind.get(f"{API}front{n}", headers=one).status_code for n, one in enumerate(through)]
    assert answers == [200, 429, 200]


@pytest.mark.django_db
def test_whoever_is_signed_in_is_counted_by_account_wherever_they_are(settings: Settings) -> None:
    settings.RATE_LIMITS = {"forms": (2, 3600)}
    client = Client()
    alice, bob = (Account.objects.create(name=name) for name in ("Alice", "Bob"))
    form = "/accounts/sign-out-everywhere/"

    def sent(who: Account, address: str) -> int:
        client.force_login(who)
        return client.post(form, REMOTE_ADDR=address).status_code

    assert 429 not in (sent(alice, "192.0.2.1"), sent(alice, "192.0.2.2"))
    assert sent(alice, "192.0.2.3") == 429
    assert sent(bob, "192.0.2.1") != 429


@pytest.mark.django_db
def test_nothing_is_read_of_a_file_that_comes_too_soon(settings: Settings, tmp_path: Path) -> None:
    settings.RATE_LIMITS = {"uploads": (1, 3600)}
    settings.ROPEWALK_UPLOADS = tmp_path
    client = Client()
    client.force_login(Account.objects.create(name="Alice"))
    address = "/returns/schools/100001/send/"
    assert resolve(address).view_name == "sharing:send"
    assert client.post(address, {"files": b"x"}).status_code == 404
    assert client.post(address, {"files": b"x"}).status_code == 429


@pytest.mark.parametrize(
    "thing",
    [thing for thing in THINGS if thing.download or thing.method == "POST"],
    ids=lambda thing: f"{thing.method} {thing.route}",
)
def test_every_download_and_every_form_counts(thing: Thing) -> None:
    assert cost_of(RequestFactory().generic(thing.method, "/"), thing.route) is not None


def test_the_settings_hold_a_limit_for_everything_that_costs() -> None:
    assert written.RATE_LIMITS.keys() == set(Cost)
    assert all(times > 0 and seconds > 0 for times, seconds in written.RATE_LIMITS.values())


def test_the_documentation_says_what_the_settings_hold() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "limits.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)`.*\| (\d+) \| (\d+) \|$", page, re.MULTILINE)
    assert {name: (int(times), int(seconds)) for name, times, seconds in rows} == written.RATE_LIMITS


def test_a_household_is_counted_as_one() -> None:
    assert household("2001:db8:1:2:3:4:5:6") == household("2001:db8:1:2::9") != household("2001:db8:1:3::9")
    assert household("192.0.2.1") != household("192.0.2.2")
    assert household("not an address") == ""


def test_times_in_words() -> None:
    assert [in_words(seconds) for seconds in (0, 1, 40, 91, 1800)] == [
        "a second", "a second", "40 seconds", "2 minutes", "30 minutes",
    ]  # fmt: skip
