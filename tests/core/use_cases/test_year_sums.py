"""Sums of years that are kept beside the facts change no figure, whatever is sent, corrected, linked or lost."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.core.use_cases.test_returns_figures import KEY, OAK, PLACE, REGISTER, ROLL, SUSPENSIONS, submit

from ropewalk.core.schema.figure import Figure
from ropewalk.core.use_cases.facts_store import Facts
from ropewalk.core.use_cases.linking import confirm, undo
from ropewalk.core.use_cases.live_state import LiveState
from ropewalk.core.use_cases.making_up import PlaceWanted, make_up_returns
from ropewalk.core.use_cases.returns import submit_files
from ropewalk.core.use_cases.returns_figures import Known, ReturnsWanted, returns_figures
from ropewalk.core.use_cases.year_sums import keep_year_sums

DAY = date(2025, 9, 1)
TODAY = Known(today=DAY)
# Profiles, weeks, enrolments, absent enrolments; and the counts of a year that is over.
FILES = 5
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
    keep_year_sums(facts, today=DAY)
    assert len(sums(facts)) == FILES
    assert all_figures(facts, known) == without
    keep_year_sums(facts, today=DAY)
    assert all_figures(facts, known) == without


def live_counts(facts: Facts, today: date = DAY) -> Counter[tuple[object, ...]]:
    """Every count of the pages."""
    state = LiveState(facts, today=today)
    names = {number: span.id for span, number in state.number.items()}
    found = Counter((*row[:5], names[row[5]], *row[6:]) for row in state.rows(state.statement()))
    state.close()
    return found


def the_same_on_pages(facts: Facts, today: date = DAY) -> Counter[tuple[object, ...]]:
    """Pages count the same when nothing is kept and cannot be, when it is just made, and when it is there."""
    shutil.rmtree(facts.folder / "sums", ignore_errors=True)
    (facts.folder / "sums").write_text("a file where a folder should be")
    without = live_counts(facts, today)
    (facts.folder / "sums").unlink()
    assert not [count for count, times in without.items() if times > 1]
    assert live_counts(facts, today) == without
    assert len(sums(facts)) % FILES == 0
    assert live_counts(facts, today) == without
    return without


@pytest.fixture
def facts(tmp_path: Path) -> Facts:
    """Two schools have sent roll and register."""
    return submit(tmp_path, datetime(2025, 2, 1, tzinfo=UTC), roll=ROLL, register=REGISTER)


def test_figures_are_the_same_from_kept_sums(facts: Facts) -> None:
    the_same_with_sums(facts)


def test_after_a_correction_nothing_old_is_shown(facts: Facts, tmp_path: Path) -> None:
    keep_year_sums(facts, today=DAY)
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
    keep_year_sums(facts, today=DAY)
    then = Known(today=date(2025, 9, 1), as_of="2025-02-01")
    before = all_figures(facts, then)
    submit(tmp_path, datetime(2025, 2, 2, tzinfo=UTC), register=REGISTER.replace("I I / \\", "I / / \\"))
    keep_year_sums(facts, today=DAY)
    assert all_figures(facts, then) == before


def test_a_link_between_two_records_and_its_undoing_change_the_sums(facts: Facts) -> None:
    keep_year_sums(facts, today=DAY)
    files = sums(facts)
    apart = all_figures(facts)
    number = confirm(facts, (1, 4), by="office", now=datetime(2025, 2, 3, tzinfo=UTC))
    the_same_with_sums(facts)
    assert all_figures(facts) != apart
    undo(facts, number, by="office", now=datetime(2025, 2, 4, tzinfo=UTC))
    the_same_with_sums(facts)
    assert all_figures(facts) == apart
    assert sums(facts) == files


def test_pages_count_the_same_from_kept_counts(facts: Facts, tmp_path: Path) -> None:
    first = the_same_on_pages(facts)
    # A school's first suspensions are no longer "nobody sent any"; a correction is another count.
    submit(tmp_path, datetime(2025, 2, 2, tzinfo=UTC), suspensions=SUSPENSIONS)
    second = live_counts(facts)
    assert second != first
    assert the_same_on_pages(facts) == second
    submit(tmp_path, datetime(2025, 2, 3, tzinfo=UTC), register=REGISTER.replace("I I / \\", "I / / \\"))
    third = live_counts(facts)
    assert third != second
    assert the_same_on_pages(facts) == third
    confirm(facts, (1, 4), by="office", now=datetime(2025, 2, 4, tzinfo=UTC))
    fourth = live_counts(facts)
    assert fourth != third
    assert the_same_on_pages(facts) == fourth


def test_counts_of_a_year_that_goes_on_are_not_kept(facts: Facts) -> None:
    keep_year_sums(facts, today=date(2025, 7, 31))
    assert len(sums(facts)) == FILES - 1
    keep_year_sums(facts, today=date(2025, 8, 1))
    assert len(sums(facts)) == FILES


def test_a_damaged_file_of_counts_is_not_used(facts: Facts) -> None:
    whole = live_counts(facts)
    [path] = (facts.folder / "sums").glob("year_count-*")
    path.write_bytes(path.read_bytes()[:-20])
    assert live_counts(facts) == whole


@pytest.mark.parametrize("damage", ["cut", "gone", "empty"])
def test_damaged_sums_are_not_used(facts: Facts, damage: str) -> None:
    before = all_figures(facts)
    keep_year_sums(facts, today=DAY)
    for path in (facts.folder / "sums").glob("year_stay-*"):
        if damage == "gone":
            path.unlink()
        else:
            path.write_bytes(b"" if damage == "empty" else path.read_bytes()[:-20])
    assert all_figures(facts) == before


def test_where_no_sums_can_be_written_figures_come_all_the_same(facts: Facts) -> None:
    before = all_figures(facts)
    (facts.folder / "sums").write_text("a file where a folder should be")
    keep_year_sums(facts, today=DAY)
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
    keep_year_sums(place, today=date(2026, 9, 1))
    assert all_figures(place, known, wanted) == without
    # Two years that are over, and one of the two still going on.
    for today in (date(2027, 9, 1), date(2026, 6, 1)):
        assert len(the_same_on_pages(place, today)) > 50_000
