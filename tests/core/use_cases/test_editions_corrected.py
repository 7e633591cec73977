"""Corrections of an edition: what schools sent late comes with the next edition, or waits."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.databases import copy_store

from ropewalk.core.disclosure.ledger import Ledger
from ropewalk.core.errors import InputRefused
from ropewalk.core.use_cases.editions import (
    Audience,
    Cut,
    Difference,
    Edition,
    EditionWanted,
    draft_edition,
    release_edition,
    released_edition,
    reproduce_edition,
)
from ropewalk.core.use_cases.facts_store import Facts
from ropewalk.core.use_cases.returns import submit_files
from ropewalk.core.use_cases.returns_figures import Known
from ropewalk.core.use_cases.safe_figures import SafeWanted, safe_returns_figures
from ropewalk.core.use_cases.shredding import child_of_record, erase_child, held_about

PLACE, MEASURE = "X06000001", "suspended_pupils_rate"
SHARING = (990041, 990045, 990048, 990070, 990074, 990082, 990098)
FIRST = EditionWanted(
    place=PLACE,
    number=1,
    period="2024/25",
    cuts=(Cut(measure=MEASURE), Cut(measure="persistent_absence")),
    schools=SHARING,
    partners=SHARING,
    threshold=5,
    as_of="2026-04-01T00:00:00.000000Z",
)
HEADER = "urn,upn,category,start_date,sessions,reason_1,reason_2,reason_3,in_alternative_provision,cancelled"


def send_late(store: Path, returns: Path, school: int, pupils: int, now: datetime) -> None:
    """Suspensions of so many pupils of a school who had none, sent late."""
    with (returns / "2024-25" / "suspensions.csv").open(encoding="utf-8") as file:
        told = {row["upn"] for row in csv.DictReader(file)}
    with (returns / "2024-25" / "roll.csv").open(encoding="utf-8") as file:
        roll = [row for row in csv.DictReader(file) if row["urn"] == str(school)]
    stayed = [row["upn"] for row in roll if not row["leaving_date"] and row["start_date"] < "2025-01-01"]
    late = [upn for upn in stayed if upn not in told][:pupils]
    assert len(late) == pupils
    scratch = store.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    written = scratch / "suspensions.csv"
    lines = [",".join([str(school), upn, "SUSP", "2025-05-06", "2", "DB", "", "", "N", "N"]) for upn in late]
    written.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    submit_files(Facts(store), [written], by="Alice", key=b"k" * 32, scratch=scratch, now=now, place=PLACE)


def given_out(store: Path, wanted: EditionWanted) -> Edition:
    draft = draft_edition(Facts(store), wanted)
    return release_edition(Facts(store), wanted, expected=draft.digest)


@pytest.fixture(scope="module")
def first(live_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store whose first edition was released; tests copy it."""
    store = copy_store(live_store, tmp_path_factory.mktemp("first") / "store")
    given_out(store, FIRST)
    return store


@pytest.fixture(scope="module")
def corrected(first: Path, live_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with a second edition after twenty pupils of one school were told of late."""
    store = copy_store(first, tmp_path_factory.mktemp("corrected") / "store")
    send_late(store, live_store.parent / "returns", 990082, 20, datetime(2026, 4, 15, tzinfo=UTC))
    given_out(store, SECOND)
    return store


SECOND = replace(FIRST, number=2, replaces=1, reason="Suspensions sent late", as_of="2026-05-01T00:00:00.000000Z")


def values(edition: Edition, audience: Audience = Audience.PARTNERS) -> dict[tuple[object, ...], int | None]:
    return {(f.measure, f.phase, f.school, f.source.title): f.numerator for f in edition.figures(audience)}


def test_a_correction_of_many_pupils_is_released_with_its_differences(corrected: Path) -> None:
    one, two = (released_edition(corrected, PLACE, number) for number in (1, 2))
    assert two.held == ()
    whole = next(d for d in two.differences if (d.of, d.part) == ("place", "yes"))
    assert (whole.new or 0) - (whole.old or 0) == 20
    assert whole.new == values(two)[MEASURE, "all", None, "Schools' own returns"]
    assert {d.of for d in two.differences_for(Audience.EVERYONE)} <= {"place", "phase"}
    # The table nothing was sent for is the one given out before.
    assert two.tables[1].again
    assert two.tables[1].rows == one.tables[1].rows
    assert all(d.measure == MEASURE for d in two.differences_for(Audience.PARTNERS))


def test_differences_of_schools_and_trusts_are_for_partners_who_see_their_figures(corrected: Path) -> None:
    two = released_edition(corrected, PLACE, 2)
    trust, schools = next(
        (trust, {school for school, of in two.grouping.trusts.items() if of == trust})
        for trust in two.grouping.trusts.values()
    )
    stated = [
        Difference(measure=MEASURE, family=None, held=False, of=of, key=key, group="all", part="yes", old=20, new=30)
        for of, key in (("place", ""), ("school", "990041"), ("school", "990045"), ("trust", trust))
    ]
    partners = tuple(urn for urn in SHARING if str(urn) not in schools)
    fewer = replace(two, stated=tuple(stated), wanted=replace(two.wanted, partners=partners))
    seen = {(one.of, one.key) for one in fewer.differences}
    figures = fewer.figures(Audience.PARTNERS)
    assert ("place", "") in seen
    assert {key for of, key in seen if of == "school"} <= {f.school for f in figures}
    assert (("trust", trust) in seen) == any(trust in f.source.title for f in figures)
    assert seen < {(one.of, one.key) for one in stated}
    assert [(one.of, one.key) for one in fewer.differences_for(Audience.EVERYONE)] == [("place", "")]


def test_both_editions_come_out_again_and_the_first_has_not_moved(corrected: Path, first: Path) -> None:
    assert released_edition(corrected, PLACE, 1) == released_edition(first, PLACE, 1)
    for number in (1, 2):
        assert reproduce_edition(Facts(corrected), PLACE, number).same


def test_the_correction_of_a_few_pupils_waits(first: Path, live_store: Path, tmp_path: Path) -> None:
    store = copy_store(first, tmp_path / "store")
    send_late(store, live_store.parent / "returns", 990098, 2, datetime(2026, 4, 15, tzinfo=UTC))
    two = given_out(store, SECOND)
    assert two.held == (Cut(measure=MEASURE),)
    assert two.tables[0].rows == released_edition(store, PLACE, 1).tables[0].rows
    said = [d for d in two.differences if d.held]
    assert [d.measure for d in said] == [MEASURE]
    assert said[0].words.startswith("A correction is waiting")
    figure = next(iter(two.figures(Audience.EVERYONE)))
    assert figure.source.edition == "edition 1, as known on 1 April 2026"
    assert reproduce_edition(Facts(store), PLACE, 2).same
    # With more of the same school it comes.
    send_late(store, live_store.parent / "returns", 990082, 20, datetime(2026, 6, 3, tzinfo=UTC))
    send_late(store, live_store.parent / "returns", 990098, 9, datetime(2026, 6, 4, tzinfo=UTC))
    three = given_out(store, replace(SECOND, number=3, replaces=2, as_of="2026-07-01T00:00:00.000000Z"))
    assert three.held == ()


def test_a_school_that_joins_or_leaves_is_not_given_away_by_the_difference(first: Path, tmp_path: Path) -> None:
    store = copy_store(first, tmp_path / "store")
    wanted = replace(SECOND, schools=(*SHARING[1:], 990105), partners=SHARING[1:], reason="One left and one joined")
    two = given_out(store, wanted)
    assert {f.school for f in two.figures(Audience.PARTNERS)} == {None, *map(str, SHARING[1:])}
    assert reproduce_edition(Facts(store), PLACE, 2).same


def test_figures_beside_editions_fit_them_or_are_refused(corrected: Path, tmp_path: Path) -> None:
    store = copy_store(corrected, tmp_path / "store")
    wanted = SafeWanted(place=PLACE, measure=MEASURE, period="2024/25", audience=Audience.EVERYONE)
    for day, number in (("2026-05-02", 2), ("2026-04-02", 1)):
        figures = safe_returns_figures(Facts(store), wanted, Known(today=date(2026, 7, 22), as_of=day))
        released = released_edition(store, PLACE, number).figures(Audience.EVERYONE)
        assert [f.value for f in figures] == [f.value for f in released if f.measure == MEASURE]
    folder = store / "released" / PLACE / "2024-25" / "on-roll-in-january"
    assert len(Ledger(folder).releases()) == 2


def test_changed_figures_need_an_edition_that_says_so(first: Path, live_store: Path, tmp_path: Path) -> None:
    store = copy_store(first, tmp_path / "store")
    send_late(store, live_store.parent / "returns", 990082, 20, datetime(2026, 4, 15, tzinfo=UTC))
    with pytest.raises(InputRefused, match="have changed since"):
        draft_edition(Facts(store), replace(SECOND, replaces=None))
    wanted = SafeWanted(place=PLACE, measure=MEASURE, period="2024/25", audience=Audience.EVERYONE)
    with pytest.raises(InputRefused, match="have changed since"):
        safe_returns_figures(Facts(store), wanted, Known(today=date(2026, 7, 22)))


def test_a_return_that_was_under_way_is_not_known_in_hindsight(first: Path, live_store: Path, tmp_path: Path) -> None:
    store = copy_store(first, tmp_path / "store")
    # Begun a minute before the moment the edition is as of, and recorded after it was released.
    began = datetime(2026, 3, 31, 23, 59, tzinfo=UTC)
    send_late(store, live_store.parent / "returns", 990082, 20, began)
    assert Facts(store).snapshot().submissions[-1].recorded_at == "2026-04-01T00:00:00.000001Z"
    assert reproduce_edition(Facts(store), PLACE, 1).same


def test_nothing_is_corrected_where_the_facts_of_the_earlier_edition_were_erased(first: Path, tmp_path: Path) -> None:
    store = copy_store(first, tmp_path / "store")
    facts, key = Facts(store), b"k" * 32
    held = held_about(facts, child_of_record(facts, 40, key=key), key=key)
    now = datetime(2026, 4, 20, tzinfo=UTC)
    erase_child(facts, held, key=key, by="Dana", reason="A parent asked for it", now=now)
    two = given_out(store, SECOND)
    assert two.held == FIRST.cuts
    assert [table.rows for table in two.tables] == [table.rows for table in released_edition(store, PLACE, 1).tables]
    assert all("not all there any more" in one.words for one in two.differences)
