"""Children behind counts and the history of one child, from returns of a store."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ropewalk.core.engines.plan import Level
from ropewalk.core.errors import NotFound
from ropewalk.core.publish import child_history_tables as tables
from ropewalk.core.publish.child_history_words import history_sentence, timeline
from ropewalk.core.use_cases.child_history import child_history
from ropewalk.core.use_cases.child_history_list import children_listed
from ropewalk.core.use_cases.facts_store import Facts
from ropewalk.core.use_cases.linking import confirm
from ropewalk.core.use_cases.live_movement import live_movement
from ropewalk.core.use_cases.live_state import Cells, LiveState
from ropewalk.core.use_cases.returns import submit_files
from ropewalk.core.views.child_history import ChildHistory, ChildrenKind, GapKind, OverlapKind

PLACE = "X06000001"
MAIN, UNIT, NEXT = 990001, 990002, 990003
NOW = datetime(2026, 3, 22, tzinfo=UTC)
HEAD = (
    "urn,upn,former_upn,surname,forename,date_of_birth,sex,year_group,enrolment_status,start_date,leaving_date,"
    "leaving_reason,destination_urn,postcode"
)
# Ash is at two schools, Birch moved and is a guest, Cedar stands under two numbers, Dogwood left for nowhere known.
ASH, BIRCH, CEDAR, CEDAR_BEFORE, DOGWOOD = (
    "H011206719000",
    "D011206719001",
    "Y011206719002",
    "U011206719003",
    "R011206719004",
)
ROLL = f"""{HEAD}
{MAIN},{ASH},,Ash,A,2012-05-01,F,8,M,2023-09-01,,,,ZZ1 1AA
{UNIT},{ASH},,Ash,A,2012-05-01,F,8,S,2025-10-06,,,,ZZ1 1AA
{MAIN},{BIRCH},,Birch,B,2012-06-01,M,8,C,2023-09-01,2025-11-14,MAN,{NEXT},ZZ1 1AB
{NEXT},{BIRCH},,Birch,B,2012-06-01,M,8,C,2025-12-01,,,,ZZ1 1AB
{UNIT},{BIRCH},,Birch,B,2012-06-01,M,8,G,2026-01-12,,,,ZZ1 1AB
{NEXT},{CEDAR},{CEDAR_BEFORE},Cedar,C,2012-07-01,F,8,C,2025-09-01,,,,ZZ1 1AC
{MAIN},{DOGWOOD},,Dogwood,D,2012-08-01,M,8,C,2023-09-01,2025-10-17,UNK,,ZZ1 1AD
"""
ROLL_BEFORE = f"""{HEAD}
{MAIN},{CEDAR_BEFORE},,Cedar,C,2012-07-01,F,7,C,2023-09-01,2025-05-23,MOV,,ZZ1 1AC
"""
WEEKS = ("2026-03-02", "2026-03-09")
REGISTER = "urn,upn,week_beginning,marks\n" + "".join(
    f"{urn},{upn},{week},{marks}\n"
    for week in WEEKS
    for urn, upn, marks in (
        (MAIN, ASH, "/ \\ / \\ / \\ D D I I"),
        (UNIT, ASH, "D D D D D D / \\ D D"),
        (NEXT, BIRCH, "/ \\ / \\ / \\ / \\ / \\"),
        (NEXT, CEDAR, "/ \\ / \\ / \\ / \\ / \\"),
    )
)


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory, live_store: Path) -> Iterator[LiveState]:
    """Returns of three schools over two years, in a store of their own beside the register of the made-up place."""
    folder = tmp_path_factory.mktemp("children")
    # The facts are its own, and so is their database.
    shutil.copytree(live_store, folder / "store", ignore=shutil.ignore_patterns("facts", "identity", "catalogue*"))
    (folder / "scratch").mkdir()
    facts = Facts(folder / "store")
    for year, files in (("2024/25", {"roll": ROLL_BEFORE}), ("2025/26", {"roll": ROLL, "register": REGISTER})):
        paths = []
        for kind, text in files.items():
            path = folder / f"{kind}-{year[:4]}.csv"
            path.write_text(text, encoding="utf-8")
            paths.append(path)
        sent = submit_files(facts, paths, by="Alice", key=b"k" * 32, scratch=folder / "scratch", now=NOW, year=year)
        assert sent.is_new
    before, after = 1, 2
    confirm(facts, (before, after), by="Alice", now=NOW)
    opened = LiveState(facts, today=date(2026, 3, 22))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def live(live_store: Path) -> Iterator[LiveState]:
    opened = LiveState(Facts(live_store), today=date(2026, 3, 22))
    yield opened
    opened.close()


def history_of(state: LiveState, school: int, name: str) -> ChildHistory:
    """The history of the child whose stay at a school begins on a day."""
    [(record,)] = state.rows("SELECT DISTINCT record FROM enrolment WHERE school = ? AND start = ?", [school, name])
    return child_history(state, state.place(PLACE), record)


def test_a_child_at_two_schools_is_shown_on_both_rolls_as_it_should_be(state: LiveState) -> None:
    ash = history_of(state, UNIT, "2025-10-06")
    assert [(stay.school, stay.statuses) for stay in ash.stays] == [(MAIN, ("M",)), (UNIT, ("S",))]
    assert ash.gaps == ()
    [overlap] = ash.overlaps
    assert (overlap.kind, overlap.first, overlap.schools) == (OverlapKind.DUAL, date(2025, 10, 6), (MAIN, UNIT))
    assert history_sentence(ash) == "On the rolls of 2 schools that we know of."


def test_sessions_are_told_for_each_roll_and_over_all_of_them(state: LiveState) -> None:
    """Two weeks: at the main school 4 of 16 possible sessions missed, at the other none of 4."""
    ash = history_of(state, UNIT, "2025-10-06")
    [year] = ash.years
    assert [(one.school, one.sessions.possible, one.sessions.missed, one.persistent) for one in year.rolls] == [
        (MAIN, 16, 4, True),
        (UNIT, 4, 0, False),
    ]
    [(place, together, whole)] = year.together
    assert (place.code, together.possible, together.missed, whole) == (PLACE, 20, 4, True)
    assert tables.sessions_sentence(year) == (
        "The official figure counts 2 enrolments, 1 of them persistently absent. "
        "Over all rolls in Harbourmouth (made up) the child is persistently absent."
    )
    table = tables.sessions_table(ash, year)
    assert [cell.words for cell in table.rows[-1]][1:5] == ["20", "4", "20.0%", "yes"]


def test_a_move_with_days_on_no_roll_and_a_time_as_a_guest(state: LiveState) -> None:
    birch = history_of(state, NEXT, "2025-12-01")
    assert [stay.school for stay in birch.stays] == [MAIN, NEXT, UNIT]
    [gap] = birch.gaps
    assert (gap.first, gap.last, gap.kind) == (date(2025, 11, 15), date(2025, 11, 30), GapKind.BETWEEN_ROLLS)
    assert [one.kind for one in birch.overlaps] == [OverlapKind.GUEST]
    told = [cell.words for cell in tables.stays_table(birch).rows[0]]
    assert told[3:] == ["1 September 2023", "14 November 2025", "sole", "Managed move", birch.schools[NEXT].name]
    assert "15 November 2025 to 30 November 2025 (16 days): On no roll that we know of." in " ".join(timeline(birch))
    assert "16 days outside the summer" in history_sentence(birch)


def test_a_child_linked_from_two_records_is_one_under_either_number(state: LiveState) -> None:
    [(before,)] = state.rows("SELECT record FROM enrolment WHERE year = '2024/25'")
    cedar = history_of(state, NEXT, "2025-09-01")
    assert len(cedar.records) == 2
    assert cedar.child == min(cedar.records)
    assert child_history(state, state.place(PLACE), before) == cedar
    assert child_history(state, state.place(PLACE), max(cedar.records)) == cedar
    assert [(stay.school, stay.records) for stay in cedar.stays] == [
        (MAIN, (cedar.records[0],)),
        (NEXT, (cedar.records[1],)),
    ]
    assert [(gap.first, gap.last, gap.kind) for gap in cedar.gaps] == [
        (date(2025, 5, 24), date(2025, 8, 31), GapKind.BETWEEN_ROLLS)
    ]


def test_a_child_on_no_roll_is_to_be_found_and_stands_in_the_list(state: LiveState) -> None:
    listed = children_listed(state, state.place(PLACE), ChildrenKind.ON_NO_ROLL)
    [line] = listed.lines
    assert (line.school, line.year_group, line.day) == (MAIN, "8", date(2025, 10, 17))
    lost = child_history(state, state.place(PLACE), line.child)
    assert [(gap.first, gap.last, gap.kind) for gap in lost.gaps] == [
        (date(2025, 10, 18), date(2026, 3, 13), GapKind.TO_BE_FOUND)
    ]
    assert timeline(lost)[1].endswith("Reason: not known. Next school: not given.")


def test_children_on_several_rolls_are_listed_at_each_school(state: LiveState) -> None:
    listed = children_listed(state, state.place(PLACE), ChildrenKind.SEVERAL_ROLLS)
    assert sorted((line.school, line.number) for line in listed.lines) == [(MAIN, 2), (UNIT, 2), (UNIT, 2), (NEXT, 2)]
    at_next = children_listed(state, state.school(str(NEXT)), ChildrenKind.SEVERAL_ROLLS)
    assert [line.school for line in at_next.lines] == [NEXT]
    assert at_next.counts[ChildrenKind.ON_NO_ROLL] == 0
    assert tables.children_table(at_next).columns[-1].heading == "Rolls"


def test_what_no_roll_knows_is_not_found(state: LiveState) -> None:
    with pytest.raises(NotFound, match="number 4711"):
        child_history(state, state.place(PLACE), 4711)
    with pytest.raises(NotFound, match="2019/20"):
        children_listed(state, state.place(PLACE), ChildrenKind.LEAVERS, "2019/20")


@pytest.mark.parametrize("year", ["2024/25", "2025/26"])
def test_lists_hold_as_many_children_as_the_page_of_movement_counts(live: LiveState, year: str) -> None:
    place = live.place(PLACE)
    shown = live_movement(live, place, year)
    told = [row for part in shown.phases for row in part.movement.rows]
    assert told
    lists = {kind: children_listed(live, place, kind, year) for kind in ChildrenKind}
    for row in told:
        lines = [line for line in lists[ChildrenKind(row.look.value)].lines if line.school == row.school]
        assert len(lines) == row.count, row
        assert len({line.child for line in lines}) == row.count
    assert {kind: len(listed.lines) for kind, listed in lists.items()} == lists[ChildrenKind.LEAVERS].counts


def test_counts_told_whatever_the_size_are_those_of_every_list(live: LiveState) -> None:
    """A list without a row on the page of movement is empty, but for joiners, leavers and those on several rolls."""
    place, year = live.place(PLACE), "2024/25"
    told = {row.look.value for part in live_movement(live, place, year).phases for row in part.movement.rows}
    funnels = {ChildrenKind.JOINERS, ChildrenKind.LEAVERS, ChildrenKind.YEAR_10_TO_11}
    for kind in set(ChildrenKind) - funnels - {ChildrenKind.SEVERAL_ROLLS, ChildrenKind.TWO_SOLE_ROLLS}:
        assert bool(children_listed(live, place, kind, year).lines) == (kind.value in told)


def test_years_agree_with_the_measures_of_the_place(live: LiveState) -> None:
    """Summed over all children, the two ways of counting are the figures of the place."""
    children = [child for (child,) in live.rows("SELECT DISTINCT child FROM enrolment WHERE year = '2024/25'")]
    place = live.place(PLACE)
    years = [year for child in children for year in child_history(live, place, child).years if year.year == "2024/25"]
    official = [roll.persistent for year in years for roll in year.rolls if roll.persistent is not None]
    following = [whole for year in years for _, _, whole in year.together if whole is not None]
    counted = {
        one.measure: (one.numerator, one.denominator)
        for one in live.counts(
            Cells(
                level=Level.PLACE,
                keys=(PLACE,),
                measures=("persistent_absence", "persistent_absence_of_children"),
                phases=("all",),
                groups=("all",),
                periods=("2024/25",),
            )
        )
    }
    assert counted["persistent_absence"] == (sum(official), len(official))
    assert counted["persistent_absence_of_children"] == (sum(following), len(following))
