"""Who looked and who did what is written down, cannot be taken out unseen, and is shown to the school."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings
from tests.databases import database_of

from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.audit.chain import BEGINNING, Link, check, digest_of, seal_of
from ropewalk.site.foundation.audit.looks import ROOMS, words_of
from ropewalk.site.foundation.audit.models import Entry
from ropewalk.site.foundation.audit.recording import Deed, forget, newest, record, seen_by_school, verify
from ropewalk.site.see.live import states
from ropewalk.site.see.sharing.looking import in_days

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
URN = 990100


def chained(said: Sequence[str]) -> list[Link]:
    """A chain of entries that say something."""
    found, before = [], BEGINNING
    for number, text in enumerate(said, start=1):
        content, salt, at = {"about": text}, f"salt {number}", NOW + timedelta(minutes=number)
        digest = digest_of(content, salt)
        before = seal_of(before=before, number=number, at=at, digest=digest)
        found.append(Link(number, at, content, salt, digest, before))
    return found


@given(st.lists(st.text(max_size=5), min_size=1, max_size=8), st.data())
def test_any_change_to_any_entry_is_found(said: list[str], data: st.DataObject) -> None:
    links = chained(said)
    whole = check(links)
    assert whole.holds
    assert (whole.entries, whole.newest_seal) == (len(said), links[-1].seal)
    place = data.draw(st.integers(0, len(links) - 1))
    one = links[place]
    changes = {
        "said otherwise": replace(one, content={"about": f"{said[place]}!"}),
        "another moment": replace(one, at=one.at + timedelta(microseconds=1)),
        "another digest": replace(one, digest="f" * 64),
        "another seal": replace(one, seal="f" * 64),
        "another number": replace(one, number=one.number + 1),
        "emptied with another digest": replace(one, content=None, salt=None, digest="f" * 64),
    }
    for what, changed in changes.items():
        found = check([*links[:place], changed, *links[place + 1 :]])
        assert not found.holds, what
        assert found.broken_at in {place + 1, place + 2}, what


@given(st.lists(st.text(max_size=5), min_size=2, max_size=8), st.data())
def test_an_entry_taken_out_is_found_and_one_cut_off_with_a_note(said: list[str], data: st.DataObject) -> None:
    links = chained(said)
    place = data.draw(st.integers(0, len(links) - 2))
    assert not check([*links[:place], *links[place + 1 :]]).holds
    assert not check([*links[:place], links[place], *links[place:]]).holds
    noted = (links[-1].number, links[-1].seal)
    assert check(links[:-1]).holds
    assert not check(links[:-1], known=noted).holds
    # Somebody who writes the whole log anew makes a chain that holds; a note shows that it is another one.
    anew = chained([*said[:-1], f"{said[-1]}!"])
    assert check(anew).holds
    assert not check(anew, known=noted).holds


@given(st.lists(st.text(max_size=5), min_size=1, max_size=8), st.data())
def test_emptied_entries_leave_the_chain_whole(said: list[str], data: st.DataObject) -> None:
    links = chained(said)
    gone = data.draw(st.sets(st.integers(0, len(links) - 1)))
    found = check(replace(one, content=None, salt=None) if n in gone else one for n, one in enumerate(links))
    assert found.holds
    assert found.emptied == len(gone)


@pytest.fixture
def store(live_store: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.ROPEWALK_STORE = live_store
    settings.FACTS_ENVIRONMENT = {}
    monkeypatch.setenv("DATABASE_URL", database_of(live_store))
    return live_store


@pytest.fixture
def alice(db: None) -> Account:  # noqa: ARG001
    return Account.objects.create(name="Alice", is_local_administrator=True)


def entries(by: Account, number: int, **more: object) -> None:
    for n in range(number):
        record(by=by, deed=Deed.LOOKED, thing="sharing:school", now=NOW + timedelta(minutes=n), **more)  # type: ignore[arg-type]


def test_entries_are_never_changed_or_deleted(alice: Account) -> None:
    entries(alice, 2, school=URN)
    assert verify().holds
    one = Entry.objects.get(pk=1)
    one.who = "Bob"
    for attempt in (one.save, one.delete, Entry.objects.all().delete, lambda: Entry.objects.update(who="Bob")):
        with pytest.raises(ProtectedError):
            attempt()
    assert verify().holds


def test_somebody_with_the_database_in_hand_is_found_out(alice: Account) -> None:
    entries(alice, 5, school=URN)
    last = newest()
    assert last is not None
    entries(Account.objects.create(name="Bob"), 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT who FROM audit_entry WHERE number = 3")
        [alices] = cursor.fetchone()
        cursor.execute("SELECT who FROM audit_entry WHERE number = 6")
        [bobs] = cursor.fetchone()
    # A plain name, nothing, and another person's name as it was sealed for another entry.
    for wrong in ("Bob", "", bobs):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE audit_entry SET who = %s WHERE number = 3", [wrong])
        found = verify()
        assert (found.holds, found.broken_at, found.why) == (False, 3, "what it says was changed")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET who = %s WHERE number = 3", [alices])
        cursor.execute("DELETE FROM audit_entry WHERE number = 6")
        cursor.execute("DELETE FROM audit_entry WHERE number = 5")
    assert verify().holds
    assert verify(known=(5, last.seal)).why == "entry 5, which was noted, is gone"


def test_a_person_can_be_forgotten_and_the_log_still_holds(alice: Account) -> None:
    bob = Account.objects.create(name="Bob")
    entries(alice, 2, school=URN)
    entries(bob, 3, school=URN)
    assert forget(Entry.objects.filter(account=bob.pk), by=alice, reason="asked to be", now=NOW) == 3
    found = verify()
    assert (found.holds, found.entries, found.emptied) == (True, 6, 3)
    assert "Bob" not in str(list(Entry.objects.values_list()))
    # The school still sees that somebody looked.
    looks = in_days(seen_by_school(URN, ""))
    assert [(look.who, look.times) for look in looks] == [("somebody whose name was deleted", 3), ("Alice", 2)]
    last = newest()
    assert last is not None
    assert (last.who, last.thing, last.about) == ("Alice", "audit:forget", "3 entries: asked to be")


def test_an_entry_stands_exactly_when_what_it_tells_of_does(alice: Account) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        entries(alice, 1)
        raise RuntimeError
    assert newest() is None


def addresses(patterns: list[URLPattern | URLResolver], namespace: str = "") -> list[str]:
    """Names of all addresses, with their namespace."""
    found = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found += addresses(pattern.url_patterns, pattern.namespace or namespace)
        else:
            found.append(f"{namespace}:{pattern.name}")
    return found


def test_every_page_of_a_room_has_words() -> None:
    # Most of what a partnership shows every member sees; the pages that are written down have words.
    rooms = set(ROOMS) - {"partnership"}
    mine = [name for name in addresses(get_resolver().url_patterns) if name.partition(":")[0] in rooms]
    mine += [f"partnership:{page}" for page in ("diligence", "diligence-csv", "finding-paper", "paper")]
    assert len(mine) > 30
    silent = {"progress", "template", "template-workbook", "who-looked", "who-looked-csv"}
    assert [name for name in mine if words_of(name) == name and name.partition(":")[2] not in silent] == []


@pytest.mark.usefixtures("store")
def test_who_opens_a_page_about_a_school_stands_in_its_list(client: Client, alice: Account) -> None:
    client.force_login(alice)
    school = f"/returns/schools/{URN}/"
    nobody = client.get(f"{school}who-looked/").content.decode()
    assert "Nobody has looked yet" in nobody
    assert client.get(school).status_code == 200
    assert client.get(school).status_code == 200
    assert client.head(school).status_code == 200
    assert client.get("/returns/?place=X06000001").status_code == 200
    assert client.get("/returns/schools/990101/").status_code == 200
    assert [(one.thing, one.school, one.place) for one in Entry.objects.all()] == [
        ("sharing:school", URN, ""),
        ("sharing:school", URN, ""),
        ("sharing:coverage", None, "X06000001"),
        ("sharing:school", 990101, ""),
    ]
    text = client.get(f"{school}who-looked/").content.decode()
    assert text.count("<tr>") == 3
    assert "looked at the school&#x27;s returns" in text
    assert "2 times" in text
    assert "looked at who has sent what in the place" in text
    answer = client.get(f"{school}who-looked.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["who"], row["did"], row["what"], row["times"]) for row in rows] == [
        ("Alice", "looked at", "who has sent what in the place", "1"),
        ("Alice", "looked at", "the school's returns", "2"),
    ]


@pytest.mark.usefixtures("store")
def test_what_nobody_was_given_is_not_written(client: Client, alice: Account) -> None:
    assert client.get(f"/returns/schools/{URN}/").status_code == 302
    client.force_login(Account.objects.create(name="Charlie"))
    assert client.get(f"/returns/schools/{URN}/").status_code == 404
    client.force_login(alice)
    assert client.get("/returns/schools/12/").status_code == 404
    assert newest() is None


def test_a_school_sees_looks_at_itself_and_at_its_place_alone(alice: Account) -> None:
    record(by=alice, deed=Deed.LOOKED, thing="live:school", now=NOW, school=URN)
    record(by=alice, deed=Deed.LOOKED, thing="live:school", now=NOW, school=990101)
    record(by=alice, deed=Deed.LOOKED, thing="live:place", now=NOW, place="X06000001")
    record(by=alice, deed=Deed.LOOKED, thing="live:place", now=NOW, place="E06000026")
    assert [one.number for one in seen_by_school(URN, "X06000001")] == [3, 1]
    assert [one.number for one in seen_by_school(URN, "")] == [1]


def test_a_place_may_have_a_long_name(alice: Account) -> None:
    code = "schools-between-the-river-and-the-moor"
    entries(alice, 1, place=code)
    assert [entry.place for entry in seen_by_school(URN, code)] == [code]
    assert verify().holds


@pytest.mark.usefixtures("store")
def test_a_look_at_live_figures_is_written_for_each_school_it_shows(client: Client, alice: Account) -> None:
    client.force_login(alice)
    state = states.STATES.get(None)
    trust = state.trusts(state.place("X06000001"))[0]
    mine = {school.urn for school in state.schools_of(trust)}
    assert client.get(f"/live/trusts/{trust.id}/?place=X06000001").status_code == 200
    assert {(one.thing, one.school) for one in Entry.objects.all()} == {("live:trust", urn) for urn in mine}
    urn = min(mine)
    for address, thing, school, deed in (
        (f"/live/schools/{urn}/measures/absence_overall/", "live:school-measure", urn, "looked"),
        ("/live/places/X06000001/", "live:place", None, "looked"),
        ("/live/places/X06000001/tables/measures.csv", "live:place-table", None, "took"),
    ):
        assert client.get(address).status_code == 200
        last = newest()
        assert last is not None
        assert (last.thing, last.school, last.deed) == (thing, school, deed)
