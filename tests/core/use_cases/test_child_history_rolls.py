"""From rows of rolls to stays, times on no roll and times on several: by hand, and for whatever rolls may say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ropewalk.core.schema.calendar import academic_year, first_day, last_day
from ropewalk.core.schema.places import place_by_code
from ropewalk.core.use_cases.child_history import years_of
from ropewalk.core.use_cases.child_history_rolls import gaps_of, overlaps_of, stays_of
from ropewalk.core.views.child_history import Ending, Gap, GapKind, OverlapKind, RollRow, Stay

A, B, C = 100001, 100002, 100003
DAY = date(2026, 3, 20)
THIS, LAST, BEFORE = "2025/26", "2024/25", "2023/24"
SENT = {(school, year) for school in (A, B, C) for year in (BEFORE, LAST, THIS)}


def row(school: int, year: str, start: str, leaving: str | None = None, **more: object) -> RollRow:
    """A row as a roll gives it, by default of Year 8."""
    said = {"record": 1, "year_group": "8", **more}
    return RollRow(
        school,
        year=year,
        start=date.fromisoformat(start),
        leaving=date.fromisoformat(leaving) if leaving else None,
        **said,  # type: ignore[arg-type]
    )


def stays(*rows: RollRow, sent: Iterable[tuple[int, str]] = SENT) -> tuple[Stay, ...]:
    return stays_of(rows, set(sent), DAY)


def gaps(*rows: RollRow, sent: Iterable[tuple[int, str]] = SENT) -> list[tuple[str, str, GapKind]]:
    known = {school for school, _ in sent}
    found = gaps_of(stays(*rows, sent=sent), known, DAY)
    return [(gap.first.isoformat(), gap.last.isoformat(), gap.kind) for gap in found]


def test_years_at_one_school_are_one_stay() -> None:
    [stay] = stays(row(A, LAST, "2023-09-01"), row(A, THIS, "2023-09-01"), row(A, BEFORE, "2023-09-01"))
    assert (stay.school, stay.first, stay.last, stay.ending) == (A, date(2023, 9, 1), date(2026, 7, 31), Ending.ON_ROLL)
    assert gaps(row(A, LAST, "2023-09-01"), row(A, THIS, "2023-09-01")) == []


def test_a_day_of_leaving_after_the_year_of_the_roll_is_a_plan() -> None:
    [stay] = stays(row(A, LAST, "2023-09-01", "2026-07-20"))
    assert (stay.last, stay.ending) == (date(2025, 7, 31), Ending.NOT_NAMED)


def test_leaving_and_coming_back_are_two_stays() -> None:
    rows = (
        row(A, LAST, "2023-09-01", "2025-02-14", leaving_reason="MOV"),
        row(A, LAST, "2025-05-06"),
        row(A, THIS, "2025-05-06"),
    )
    first, second = stays(*rows)
    assert (first.last, first.ending, second.first, second.ending) == (
        date(2025, 2, 14),
        Ending.LEFT,
        date(2025, 5, 6),
        Ending.ON_ROLL,
    )
    assert gaps(*rows) == [("2025-02-15", "2025-05-05", GapKind.BETWEEN_ROLLS)]


def test_a_later_roll_knows_better_when_the_child_left() -> None:
    [stay] = stays(row(A, LAST, "2023-09-01"), row(A, THIS, "2023-09-01", "2025-07-04", status="P"))
    assert (stay.last, stay.ending) == (date(2025, 7, 4), Ending.LEFT)
    assert max(stretch.last for stretch in stay.stretches) == date(2025, 7, 4)


@pytest.mark.parametrize(
    ("sent", "ending", "kind"),
    [(SENT, Ending.NOT_NAMED, GapKind.TO_BE_FOUND), ({(A, LAST)}, Ending.NOT_SENT, GapKind.NOT_SENT)],
)
def test_a_child_the_next_roll_does_not_name_is_no_longer_there_and_without_a_roll_nothing_is_known(
    sent: set[tuple[int, str]], ending: Ending, kind: GapKind
) -> None:
    [stay] = stays(row(A, LAST, "2023-09-01"), sent=sent)
    assert (stay.ending, stay.last) == (ending, date(2025, 7, 31))
    assert gaps(row(A, LAST, "2023-09-01"), sent=sent) == [("2025-08-01", "2026-03-20", kind)]


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({}, GapKind.TO_BE_FOUND),
        ({"leaving_reason": "CME"}, GapKind.TO_BE_FOUND),
        ({"leaving_reason": "EHE"}, GapKind.SAID_WHERE),
        ({"destination": 999999}, GapKind.SAID_WHERE),
        ({"destination": B}, GapKind.TO_BE_FOUND),
        ({"year_group": "11"}, GapKind.OUT_OF_AGE),
        ({"year_group": None}, GapKind.OUT_OF_AGE),
    ],
)
def test_what_is_known_of_a_child_on_no_roll(more: dict[str, object], kind: GapKind) -> None:
    assert gaps(row(A, LAST, "2020-09-01", "2025-06-13", **more)) == [("2025-06-14", "2026-03-20", kind)]


def test_the_summer_between_two_schools_is_the_usual_time_to_move() -> None:
    rows = (row(A, LAST, "2019-09-01", "2025-07-22"), row(B, THIS, "2025-09-03"))
    assert gaps(*rows) == [("2025-07-23", "2025-09-02", GapKind.BETWEEN_YEARS)]
    late = (row(A, LAST, "2019-09-01", "2025-07-22"), row(B, THIS, "2025-10-06"))
    assert gaps(*late) == [("2025-07-23", "2025-10-05", GapKind.BETWEEN_ROLLS)]
    early = (row(A, LAST, "2019-09-01", "2025-06-20"), row(B, THIS, "2025-09-03"))
    assert gaps(*early) == [("2025-06-21", "2025-09-02", GapKind.BETWEEN_ROLLS)]


def test_a_move_the_day_after_leaves_no_gap_and_no_overlap() -> None:
    rows = (row(A, THIS, "2019-09-01", "2025-11-14", destination=B), row(B, THIS, "2025-11-15"))
    assert gaps(*rows) == []
    assert overlaps_of(stays(*rows)) == ()


def test_after_the_last_day_of_the_school_year_a_child_is_between_two_years() -> None:
    found = stays_of([row(A, THIS, "2019-09-01", "2026-07-20")], SENT, date(2026, 7, 24))
    assert [gap.kind for gap in gaps_of(found, {A}, date(2026, 7, 24))] == [GapKind.BETWEEN_YEARS]
    assert [gap.kind for gap in gaps_of(found, {A}, date(2026, 9, 11))] == [GapKind.TO_BE_FOUND]


def test_a_weekend_between_two_rolls_is_told_as_one() -> None:
    rows = (row(A, THIS, "2019-09-01", "2025-11-14"), row(B, THIS, "2025-11-17"))
    assert gaps(*rows) == [("2025-11-15", "2025-11-16", GapKind.WEEKEND)]


def test_being_a_guest_fills_no_gap() -> None:
    rows = (
        row(A, LAST, "2019-09-01", "2025-01-31"),
        row(B, LAST, "2025-02-03", "2025-07-18", status="G"),
        row(B, THIS, "2025-09-01"),
    )
    assert gaps(*rows) == [("2025-02-01", "2025-08-31", GapKind.BETWEEN_ROLLS)]
    assert gaps(row(B, THIS, "2025-09-01", status="G")) == []


def test_days_and_weekdays_of_a_gap() -> None:
    gap = Gap(date(2025, 2, 15), date(2025, 3, 2), GapKind.BETWEEN_ROLLS)
    assert (gap.days, gap.weekdays) == (16, 10)


@pytest.mark.parametrize(
    ("one", "other", "kind", "asked"),
    [
        ("C", "C", OverlapKind.TWO_SOLE, True),
        ("C", None, OverlapKind.TWO_SOLE, True),
        ("M", "S", OverlapKind.DUAL, False),
        ("C", "G", OverlapKind.GUEST, False),
        ("C", "F", OverlapKind.BESIDE, False),
        ("C", "S", OverlapKind.DO_NOT_FIT, True),
        ("M", "M", OverlapKind.DO_NOT_FIT, True),
        ("C", "P", None, False),
    ],
)
def test_how_two_rolls_go_together(one: str, other: str | None, kind: OverlapKind | None, asked: bool) -> None:
    rows = (row(A, THIS, "2019-09-01", status=one), row(B, THIS, "2025-11-03", "2025-12-19", status=other))
    found = overlaps_of(stays(*rows))
    assert [part.kind for part in found] == ([kind] if kind else [])
    for part in found:
        assert (part.first, part.last, part.schools) == (date(2025, 11, 3), date(2025, 12, 19), (A, B))
        assert part.kind.is_to_be_asked is asked


def test_two_rolls_over_two_years_are_one_overlap_and_a_change_of_registration_makes_two() -> None:
    both = [
        row(school, year, "2024-09-01", status=way) for year in (LAST, THIS) for school, way in ((A, "M"), (B, "S"))
    ]
    [part] = overlaps_of(stays(*both))
    assert (part.first, part.last) == (date(2024, 9, 1), date(2026, 7, 31))
    changed = [one if one.year == THIS else RollRow(one.school, 1, one.year, one.start, None, "C") for one in both]
    assert [part.kind for part in overlaps_of(stays(*changed))] == [OverlapKind.TWO_SOLE, OverlapKind.DUAL]


def test_what_one_school_said_of_last_year_is_not_held_against_another_school_now() -> None:
    """After a school became an academy both numbers may give the same first day, each in its own years."""
    assert overlaps_of(stays(row(A, LAST, "2020-09-01"), row(B, THIS, "2020-09-01"))) == ()


def test_two_records_of_one_child_at_one_school_are_one_stay() -> None:
    [stay] = stays(row(A, THIS, "2025-09-01", record=4), row(A, THIS, "2025-09-01", record=9))
    assert stay.records == (4, 9)
    assert overlaps_of([stay]) == ()


def test_persistently_absent_over_two_rolls_and_at_neither_school() -> None:
    """As in the measures: 10 of 100 and 9 of 100 sessions, and a third roll without a possible session."""
    places = {A: "E06000026", B: "E06000026", C: "E06000026"}
    [year] = years_of([(A, THIS, 100, 9), (B, THIS, 90, 10), (C, THIS, 0, 0)], places, THIS)
    assert year.so_far
    assert [(roll.school, roll.persistent) for roll in year.rolls] == [(A, False), (B, True), (C, None)]
    assert [(p.code, s.possible, s.missed, x) for p, s, x in year.together] == [("E06000026", 190, 19, True)]
    [year] = years_of([(A, LAST, 300, 29), (B, LAST, 11, 1)], places, THIS)
    assert ([roll.persistent for roll in year.rolls], year.together[0][2], year.so_far) == (
        [False, False],
        False,
        False,
    )
    [year] = years_of([(A, LAST, 101, 10), (B, LAST, 31, 4)], places, THIS)
    assert ([roll.persistent for roll in year.rolls], year.together[0][2]) == ([False, True], True)
    assert year.together[0][0] == place_by_code("E06000026")


def test_sessions_of_two_places_are_added_up_apart() -> None:
    [year] = years_of([(A, THIS, 50, 5), (B, THIS, 50, 0)], {A: "E06000026", B: "E06000009"}, None)
    assert [(place.code, whole) for place, _, whole in year.together] == [("E06000009", False), ("E06000026", True)]


days = st.dates(date(2022, 9, 1), date(2026, 6, 30))


@st.composite
def rolls(draw: st.DrawFn) -> list[RollRow]:
    """Rows of one child, as odd as returns can make them."""
    found = []
    for _ in range(draw(st.integers(1, 7))):
        year = draw(st.sampled_from(("2022/23", BEFORE, LAST, THIS)))
        start = draw(st.none() | days)
        start = min(start, last_day(year)) if start else None
        leaving = draw(st.none() | days)
        if start and leaving and leaving < start:
            leaving = None
        status = draw(st.sampled_from((None, "C", "M", "S", "G", "F", "O", "P")))
        found.append(
            RollRow(draw(st.sampled_from((A, B, C))), draw(st.integers(1, 2)), year, start, leaving, status, "8")
        )
    return found


def on_roll(found: Sequence[Stay], day: date) -> bool:
    """A day on a roll other than as a guest, looked for stretch by stretch."""
    return any(
        (stay.first if place == 0 else stretch.first) <= day <= stretch.last and stretch.row.status != "G"
        for stay in found
        for place, stretch in enumerate(stay.stretches)
    )


@settings(max_examples=60, deadline=None)
@given(rolls(), st.sets(st.sampled_from(sorted(SENT))))
def test_every_day_is_on_a_roll_or_in_exactly_one_gap(rows: list[RollRow], sent: set[tuple[int, str]]) -> None:
    found = stays_of(rows, sent, DAY)
    told = gaps_of(found, {school for school, _ in sent}, DAY)
    day, counted = date(2022, 8, 1), False
    while day <= DAY:
        on = on_roll(found, day)
        counted = counted or on
        inside = sum(gap.first <= day <= gap.last for gap in told)
        assert inside == int(counted and not on)
        day += timedelta(days=1)


@given(rolls())
def test_every_row_is_told_once_and_stays_of_a_school_do_not_touch(rows: list[RollRow]) -> None:
    found = stays_of(rows, SENT, DAY)
    told = [stretch.row for stay in found for stretch in stay.stretches]
    assert sorted(map(repr, told)) == sorted(map(repr, rows))
    for stay in found:
        assert stay.first <= stay.last
        assert all(stretch.first <= stretch.last <= stay.last for stretch in stay.stretches)


@given(rolls())
def test_the_order_of_rows_is_of_no_matter(rows: list[RollRow]) -> None:
    found = stays_of(rows, SENT, DAY)
    other = stays_of(rows[::-1], SENT, DAY)
    assert gaps_of(found, {A, B}, DAY) == gaps_of(other, {A, B}, DAY)
    assert overlaps_of(found) == overlaps_of(other)


@given(rolls())
def test_on_each_day_of_an_overlap_both_schools_have_the_child_in_that_year(rows: list[RollRow]) -> None:
    for part in overlaps_of(stays_of(rows, SENT, DAY)):
        for day in (part.first, part.last):
            year = academic_year(day)
            for school in part.schools:
                assert any(
                    row.school == school
                    and (row.year == year or (row.leaving and academic_year(row.leaving) == year))
                    and (row.start or first_day(year)) <= day
                    for row in rows
                )
