"""Lists of children behind counts and the page of one child: for local administrators alone, never by name."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from tests.databases import database_of
from tests.site.conftest import Page

from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.see.live.views import children

PLACE = "/live/places/X06000001/"
LIST = f"{PLACE}children/?list=several_rolls&year=2025%2F26"
JOINED = f"{PLACE}children/?list=joiners&year=2024%2F25"
Reading = Callable[..., Page]


@pytest.fixture
def store(live_store: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.ROPEWALK_STORE = live_store
    settings.FACTS_ENVIRONMENT = {}
    monkeypatch.setenv("DATABASE_URL", database_of(live_store))
    return live_store


@pytest.fixture
def alice(client: Client, db: None) -> Account:  # noqa: ARG001
    account = Account.objects.create(name="Alice", is_local_administrator=True)
    # A session begins with a first request.
    client.get("/live/")
    client.force_login(account)
    return account


def first_child(read: Reading, address: str = LIST) -> str:
    """The address of the first child in a list."""
    return next(a for a in read(address).addresses(f"{PLACE}children/") if re.search(r"children/\d+/", a))


@pytest.mark.usefixtures("store", "db")
def test_whoever_is_not_signed_in_is_asked_to_and_others_find_nothing(client: Client) -> None:
    addresses = (LIST, f"{PLACE}children/1/", f"{PLACE}children/1/rolls.svg", f"{PLACE}children/1/rolls.json")
    for address in addresses:
        assert client.get(address).headers["Location"].startswith("/accounts/sign-in/"), address
    client.force_login(Account.objects.create(name="Charlie"))
    for address in addresses:
        assert client.get(address).status_code == 404, address


@pytest.mark.usefixtures("alice", "store")
def test_from_the_movement_of_a_place_to_the_list_to_the_child(client: Client, read: Reading) -> None:
    movement = read(f"{PLACE}movement/?year=2025/26")
    lists = movement.addresses(f"{PLACE}children/")
    assert len(lists) > 3
    counted = {row[1]: 0 for table in movement.tables for row in table[1:]}
    for table in movement.tables:
        for row in table[1:]:
            counted[row[1]] += int(row[2])
    for address in lists:
        page = read(address)
        what = page.headings[0][1].split(", 2025 to 2026")[0].partition("(made up) ")[2]
        if what in counted and what not in ("Joined during the year", "Left during the year"):
            assert len(page.tables[0]) - 1 == counted[what], what
        assert client.get(address).headers["Cache-Control"] == "private, no-store"
    child = read(first_child(read))
    assert [level for level, _ in child.headings].count(1) == 1
    assert child.headings[0][1].startswith("Live figures, Harbourmouth (made up) Child ")


@pytest.mark.usefixtures("alice", "store")
def test_the_page_of_a_child_shows_rolls_sessions_and_words(client: Client, read: Reading) -> None:
    address = first_child(read)
    page = read(address)
    assert [words for level, words in page.headings if level == 2][:5] == [
        "Schools in order of time",
        "In words",
        "On no roll",
        "On two rolls",
        "Sessions possible and missed",
    ]
    stays = page.tables[0]
    assert stays[0] == ["School", "Trust", "Place", "From", "To", "Registered as", "Reason for leaving", "Next school"]
    assert "As it should be: one school is the main one, the other the subsidiary." in page.words
    assert "Official: this enrolment" in page.words
    assert "All rolls in Harbourmouth (made up)" in page.words
    assert page.addresses("/live/schools/")
    picture = client.get(f"{address}rolls.svg")
    assert picture.content.startswith(b"<svg")
    assert picture.headers["Cache-Control"] == "private, no-store"
    assert client.get(f"{address}rolls.svg?narrow=1").content.startswith(b"<svg")
    spec = client.get(f"{address}rolls.json").json()
    drawn = {row["name"] for rows in spec["datasets"].values() for row in rows}
    assert len(drawn) >= 2


@pytest.mark.usefixtures("alice", "store")
def test_a_list_is_of_a_place_or_of_one_of_its_schools(read: Reading) -> None:
    whole = read(LIST)
    [school] = {row[1] for row in whole.tables[0][1:2]}
    urn = next(
        found.group(1)
        for address, words in read(first_child(read)).links
        if words == school and (found := re.match(r"/live/schools/(\d+)/", address))
    )
    own = read(f"{LIST}&school={urn}")
    assert {row[1] for row in own.tables[0][1:]} == {school}
    assert [row for row in whole.tables[0][1:] if row[1] == school] == own.tables[0][1:]
    assert "the same list for Harbourmouth" in own.words
    assert f"{PLACE}children/?school={urn}" in read(f"/live/schools/{urn}/").addresses(f"{PLACE}children/")


@pytest.mark.usefixtures("alice", "store")
def test_a_long_list_is_shown_in_parts(read: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read(JOINED).tables[0][1:]
    monkeypatch.setattr(children, "AT_ONCE", 4)
    first = read(JOINED)
    assert first.tables[0][1:] == whole[:4]
    assert f"1 to 4 of {len(whole)}" in first.words
    [following] = [address for address, words in first.links if words.startswith("Next")]
    second = read(following)
    assert second.tables[0][1:] == whole[4:8]
    assert [words for _, words in second.links if words.startswith("Previous")]
    assert read(f"{JOINED}&page=999").tables[0][1:] == whole[(len(whole) - 1) // 4 * 4 :]
    assert read(f"{JOINED}&page=x").tables[0][1:] == whole[:4]


@pytest.mark.usefixtures("alice", "store")
def test_an_empty_list_says_so_and_the_day_stays_with_the_reader(read: Reading) -> None:
    page = read(f"{PLACE}children/?list=two_sole_rolls&year=2024/25")
    assert "No child of Harbourmouth (made up) is in this list for 2024 to 2025." in page.words
    address = f"{PLACE}children/?list=joiners&as_of=2026-03-20"
    then = read(address)
    assert all("as_of=2026-03-20" in a for a in then.addresses(f"{PLACE}children/") if "?list=joiners&year" in a)
    child = read(first_child(read, address))
    assert "This is what was known on 20 March 2026" in child.words
    assert "2025 to 2026" not in child.words
    assert "rolls.svg?as_of=2026-03-20" in child.html


@pytest.mark.usefixtures("alice", "store")
@pytest.mark.parametrize(
    "address",
    [
        f"{PLACE}children/?list=tall",
        f"{PLACE}children/?year=2019/20",
        f"{PLACE}children/?school=123456",
        f"{PLACE}children/?school=x",
        f"{PLACE}children/?school=990001",
        f"{PLACE}children/99999999/",
        f"{PLACE}children/99999999/rolls.svg",
        f"{PLACE}children/nobody/",
        "/live/places/nowhere/children/1/",
    ],
)
def test_what_is_not_there_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.usefixtures("alice")
def test_no_page_names_a_child_and_no_address_holds_a_number_that_is_of_use(read: Reading, store: Path) -> None:
    upns: set[str] = set()
    people: set[tuple[str, str]] = set()
    for roll in (store.parent / "returns").glob("*/roll.csv"):
        with roll.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                upns.add(row["upn"])
                people.add((row["surname"], row["forename"]))
    listed = read(JOINED)
    for address in [
        JOINED,
        LIST,
        *[a for a in listed.addresses(f"{PLACE}children/") if re.search(r"children/\d+/", a)][:8],
    ]:
        page = read(address)
        assert not upns & set(re.findall(r"[A-Z]\d{11}[0-9A-Z]", page.html)), address
        assert not any(
            f"{forename} {surname}" in page.words or f"{surname}, {forename}" in page.words
            for surname, forename in people
        )
        assert not [a for a, _ in page.links if re.search(r"[A-Z]\d{11}", a)]
