"""The page of exploring: who may, what is counted, what is said, what is kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.databases import database_of
from tests.editions_world import CODE, World, make_world, own_store
from tests.site.conftest import Page

from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.audit.models import Entry
from ropewalk.site.foundation.organisations.actions import name_place
from ropewalk.site.foundation.organisations.kinds import PlaceKind
from ropewalk.site.foundation.organisations.models import Place, PlaceNesting
from ropewalk.site.foundation.permissions.actions import Wanted, give

Read = Callable[..., Page]
PAGE = f"/explore/{CODE}/"
ASKED = f"{PAGE}?measure=persistent_absence&period=2024/25&by=sex&level=school"


@pytest.fixture
def world(live_store: Path, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, db: None) -> World:  # noqa: ARG001
    """A place whose schools share on terms, all but one; an evaluator; a store of this test alone."""
    monkeypatch.setenv("DATABASE_URL", database_of(tmp_path / "store"))
    own_store(live_store, tmp_path, settings)
    made = make_world(live_store)
    made.person("Eve", "evaluator", made.place)
    return made


@pytest.fixture
def read(client: Client, read: Callable[[str], Page]) -> Read:
    """Read a page as somebody: the browser of ``read`` is signed in as whoever another is."""

    def reading(browser: Client, address: str) -> Page:
        client.cookies = browser.cookies
        return read(address)

    return reading


def test_an_analyst_asks_and_gets_rounded_counts_as_a_page_and_a_file(world: World, read: Read) -> None:
    eve = world.client("Eve")
    assert "Nobody has asked anything yet." in read(eve, PAGE).words
    page = read(eve, ASKED)
    [table] = page.tables
    head, *rows = table
    assert head[0] == "School"
    # One of the schools does not share; the others are there with three rows each.
    assert len(rows) == 3 * (len(world.urns) - 1)
    for row in rows:
        low, high = (int(text) for text in row[3].split(" to "))
        assert high - low >= 5
        assert int(row[2]) == (low + high) // 2
        assert row[6].startswith(("about ", "too few", "no pupils", "withheld"))
    answer = eve.get(f"{PAGE}table.csv?{ASKED.partition('?')[2]}")
    assert answer["Content-Disposition"].startswith("attachment")
    listed = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [line[:6] for line in listed] == [line[:6] for line in table]
    # What was asked is listed, and asking again gives the same.
    again = read(eve, PAGE)
    [address] = again.addresses("?measure=")
    assert read(eve, PAGE + address).tables == page.tables
    assert answer.content == eve.get(f"{PAGE}table.csv?{ASKED.partition('?')[2]}").content


def test_looks_are_written_down(world: World) -> None:
    eve = world.client("Eve")
    eve.get(ASKED)
    eve.get(f"{PAGE}table.csv?{ASKED.partition('?')[2]}")
    looks = Entry.objects.filter(thing__startswith="exploring:").order_by("number")
    assert [(one.thing, one.deed, one.place) for one in looks] == [
        ("exploring:place", "looked", CODE),
        ("exploring:table", "took", CODE),
    ]
    assert "persistent_absence, sex, school, 2024/25" in {one.about for one in looks}


@pytest.mark.parametrize("name", ["Eve", "Cora", "Olu", "Dana"])
def test_analysts_find_the_place(world: World, read: Read, name: str) -> None:
    assert "/explore/" in read(world.client(name), "/people/mine/").addresses("/explore/")
    assert read(world.client(name), "/explore/").addresses(PAGE) == [PAGE]


def test_a_regional_lead_explores_the_places_of_the_region(world: World, read: Read) -> None:
    nesting = PlaceNesting.objects.filter(place=world.place).first()
    region = nesting.region if nesting else Place.objects.create(code="E1", name="North", kind=PlaceKind.REGION)
    if nesting is None:
        PlaceNesting.objects.create(
            place=world.place, region=region, begins=date(2020, 1, 1), by="D", at=timezone.now()
        )
    world.person("Rae", "regional_lead", region)
    assert read(world.client("Rae"), "/explore/").addresses(PAGE) == [PAGE]
    assert read(world.client("Rae"), PAGE).words


def test_who_knows_a_school_explores_nothing_there(world: World) -> None:
    head = world.head(world.urns[0])
    browser = Client()
    browser.force_login(head)
    assert browser.get(PAGE).status_code == 404
    # A role at the place besides opens nothing: they could subtract their own school's true numbers.
    _also(head, "evaluator", world)
    assert browser.get("/explore/").status_code == 200
    assert PAGE not in browser.get("/explore/").content.decode()
    assert browser.get(PAGE).status_code == browser.get(f"{PAGE}table.csv?{ASKED.partition('?')[2]}").status_code == 404


def _also(account: Account, role: str, world: World) -> None:
    wanted = Wanted(account, role, world.place, "A test.", timezone.localdate())
    give(wanted, by=world.people["Dana"], now=timezone.now())


def test_a_place_elsewhere_is_not_there(world: World) -> None:
    assert world.client("Eve").get("/explore/E06000026/").status_code == 404


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?measure=absence_overall&period=2024/25&by=&level=place", "Choose one of the list"),
        ("?measure=basics_4&period=2024/25+autumn&by=&level=place", "is not defined for a term"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_the_question(world: World, query: str, words: str) -> None:
    answer = world.client("Eve").get(PAGE + query)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "There is a problem" in answer.content.decode()
    assert "<table" not in answer.content.decode()


def test_without_terms_nothing_is_counted_and_it_is_said(
    live_store: Path,
    tmp_path: Path,
    settings: Settings,
    read: Read,
    db: None,  # noqa: ARG001
) -> None:
    own_store(live_store, tmp_path, settings)
    dana = Account.objects.create(name="Dana", is_local_administrator=True)
    name_place(kind=PlaceKind.COUNCIL_AREA, code=CODE, name="Marlhaven")
    browser = Client()
    browser.force_login(dana)
    page = read(browser, ASKED)
    assert "No terms are in force at Marlhaven" in page.words
    assert not page.tables
    assert not (tmp_path / "store" / "explored").exists()
