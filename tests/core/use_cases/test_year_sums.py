"""Sums of years that are kept beside the facts change no figure, whatever is sent, corrected, linked or lost."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.core.use_cases.test_returns_figures import KEY, OAK, PLACE, REGISTER, ROLL, SUSPENSIONS, submit

from ropewalk.core.schema.figure import Figure
from ropewalk.core.use_cases.facts_store import Facts
from ropewalk.core.use_cases.linking import confirm, undo
from ropewalk.core.use_cases.making_up import PlaceWanted, make_up_returns
from ropewalk.core.use_cases.returns import submit_files
from ropewalk.core.use_cases.returns_figures import Known, ReturnsWanted, returns_figures
from ropewalk.core.use_cases.year_sums import keep_year_sums

TODAY = Known(today=date(2025, 9, 1))
SELECTIONS = (
    ReturnsWanted(place=PLACE),
    ReturnsWanted(place=PLACE, schools=(OAK,), groups=("fsm", "girls")),
    ReturnsWanted(place=PLACE, measures=("persistent_absence",), periods=("2024/25", "2024/25 to 2024-W38")),
    ReturnsWanted(place=PLACE, measures=("absence_overall",), periods=("2024-W37",), groups=("all", "not_fsm")),
)


def sums(facts: Facts) -> set[str]:
    """Names of the files of sums."""
    return {path.name for path in (facts.folder / "sums").glob("*")}


def all_figures(
    facts: Facts, known: Known = TODAY, wanted: tuple[ReturnsWanted, ...] = SELECTIONS
) -> list[list[Figure]]:
    """Figures of every selection."""
    return [returns_figures(facts, one, known) for one in wanted]


def the_same_with_sums(facts: Facts, known: Known = TODAY) -> None:
    """Figures are the same without sums, when they are just made, and when they are made already."""
    shutil.rmtree(facts.folder / "sums", ignore_errors=True)
    without = all_figures(facts, known)
    assert all(without)
    keep_year_sums(facts)
    assert len(sums(facts)) == 4
    assert all_figures(facts, known) == without
    keep_year_sums(facts)
    assert all_figures(facts, known) == without


@pytest.fixture
def facts(tmp_path: Path) -> Facts:
    """Two schools have sent roll and register."""
    return submit(tmp_path, datetime(2025, 2, 1, tzinfo=UTC), roll=ROLL, register=REGISTER)


def test_figures_are_the_same_from_kept_sums(facts: Facts) -> None:
    the_same_with_sums(facts)


def test_after_a_correction_nothing_old_is_shown(facts: Facts, tmp_path: Path) -> None:
    keep_year_sums(facts)
    before, files = all_figures(facts), sums(facts)
    corrected = REGISTER.replace("I I / \\", "I / / \\")
    submit(tmp_path, datetime(2025, 2, 2, tzinfo=UTC), register=corrected, suspensions=SUSPENSIONS)
    changed = all_figures(facts)
    assert changed != before
    the_same_with_sums(facts)
    assert all_figures(facts) == changed
    assert not sums(facts) & files
    # What was known before the correction can still be asked for.
    assert all_figures(facts, Known(today=date(2025, 9, 1), as_of="2025-02-01")) != changed


def test_what_was_known_on_a_day_is_counted_from_the_sums_of_that_day(facts: Facts, tmp_path: Path) -> None:
    keep_year_sums(facts)
    then = Known(today=date(2025, 9, 1), as_of="2025-02-01")
    before = all_figures(facts, then)
    submit(tmp_path, datetime(2025, 2, 2, tzinfo=UTC), register=REGISTER.replace("I I / \\", "I / / \\"))
    keep_year_sums(facts)
    assert all_figures(facts, then) == before


def test_a_link_between_two_records_and_its_undoing_change_the_sums(facts: Facts) -> None:
    keep_year_sums(facts)
    files = sums(facts)
    apart = all_figures(facts)
    number = confirm(facts, (1, 4), by="office", now=datetime(2025, 2, 3, tzinfo=UTC))
    the_same_with_sums(facts)
    assert all_figures(facts) != apart
    undo(facts, number, by="office", now=datetime(2025, 2, 4, tzinfo=UTC))
    the_same_with_sums(facts)
    assert all_figures(facts) == apart
    assert sums(facts) == files


@pytest.mark.parametrize("damage", ["cut", "gone", "empty"])
def test_damaged_sums_are_not_used(facts: Facts, damage: str) -> None:
    before = all_figures(facts)
    keep_year_sums(facts)
    for path in (facts.folder / "sums").glob("year_stay-*"):
        if damage == "gone":
            path.unlink()
        else:
            path.write_bytes(b"" if damage == "empty" else path.read_bytes()[:-20])
    assert all_figures(facts) == before


def test_where_no_sums_can_be_written_figures_come_all_the_same(facts: Facts) -> None:
    before = all_figures(facts)
    (facts.folder / "sums").write_text("a file where a folder should be")
    keep_year_sums(facts)
    assert all_figures(facts) == before


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Facts]:
    """A made-up place of six schools that sent two years, with mistakes, movers and links."""
    home = tmp_path_factory.mktemp("place")
    make_up_returns(home / "returns", PlaceWanted(schools=6, pupils=500, years=2, seed=5), progress=lambda *_: None)
    facts = Facts(home / "store")
    (home / "scratch").mkdir()
    now = datetime(2026, 1, 5, tzinfo=UTC)
    for year in sorted(path.parent for path in (home / "returns").rglob("register.csv")):
        submit_files(facts, [year], by="office", key=KEY, scratch=home / "scratch", now=now, place="Plymouth")
    yield facts


def test_a_made_up_place_has_the_same_figures(place: Facts) -> None:
    wanted = (
        ReturnsWanted(place=PLACE),
        ReturnsWanted(place=PLACE, schools=tuple(one.school for one in place.snapshot().places)),
    )
    known = Known(today=date(2026, 9, 1))
    without = all_figures(place, known, wanted)
    assert sum(len(one) for one in without) > 10_000
    keep_year_sums(place)
    assert all_figures(place, known, wanted) == without
