"""Children on no roll: by hand, and against a second, naive count over made-up places."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropewalk.core.compare.no_roll import Enrolment, NoRoll, last_friday_of_june, of_school_age, on_no_roll

DAY = date(2026, 1, 15)
START, CLOSE = date(2025, 9, 1), date(2025, 11, 28)
# A child who is on roll all the time, so that both schools have sent a roll.
STEADY = (
    Enrolment(900, 1, "2025/26", START, None, "8"),
    Enrolment(901, 2, "2025/26", START, None, "8"),
)


def row(child: int = 1, school: int = 1, year: str = "2025/26", **others: object) -> Enrolment:
    given_first: dict[str, object] = {"start": START, "leaving": None, "year_group": "9", **others}
    return Enrolment(child, school, year, **given_first)  # type: ignore[arg-type]


def found(*rows: Enrolment) -> tuple[NoRoll, ...]:
    return on_no_roll([*STEADY, *rows], DAY).schools


def test_a_child_who_left_and_is_nowhere_is_counted_at_the_last_school() -> None:
    assert found(row(leaving=CLOSE)) == (NoRoll(1, to_be_found=1, said_where=0),)


def test_a_child_who_went_to_another_school_of_the_place_is_not() -> None:
    assert found(row(leaving=CLOSE), row(school=2, start=date(2025, 12, 1))) == ()


def test_the_last_day_on_roll_is_on_roll() -> None:
    assert found(row(leaving=DAY)) == ()
    assert found(row(leaving=date(2026, 1, 14))) == (NoRoll(1, 1, 0),)


def test_who_left_at_the_end_of_the_school_year_is_looked_for_in_the_next_one() -> None:
    left = row(leaving=date(2026, 7, 20))
    early = row(leaving=date(2026, 6, 30))
    for day, counted in ((date(2026, 7, 24), 0), (date(2026, 9, 11), 1)):
        then = [*STEADY, *(Enrolment(one.child, one.school, "2026/27", START, None, "8") for one in STEADY)]
        told = on_no_roll([*then, left], day).schools
        assert sum(one.to_be_found for one in told) == counted
        assert sum(one.to_be_found for one in on_no_roll([*then, early], day).schools) == 1


def test_a_child_who_starts_only_later_is_on_no_roll_until_then() -> None:
    assert found(row(leaving=CLOSE), row(school=2, start=date(2026, 2, 2))) == (NoRoll(1, 1, 0),)


def test_a_child_this_years_roll_no_longer_names_is_counted() -> None:
    assert found(row(year="2024/25", start=date(2023, 9, 1), year_group="8")) == (NoRoll(1, 1, 0),)


def test_children_of_a_school_that_sent_no_roll_this_year_are_not_counted_and_it_is_named() -> None:
    answer = on_no_roll([*STEADY, row(school=7, year="2024/25", start=date(2023, 9, 1))], DAY)
    assert answer.schools == ()
    assert answer.not_sent == (7,)


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ({"leaving_reason": "EHE"}, (0, 1)),
        ({"leaving_reason": "ABR"}, (0, 1)),
        ({"leaving_reason": "MOV", "destination": 134_000}, (0, 1)),
        # The destination has sent its roll and does not name the child.
        ({"leaving_reason": "OTH", "destination": 2}, (1, 0)),
        ({"leaving_reason": "CME"}, (1, 0)),
        ({"leaving_reason": "PEX"}, (1, 0)),
        ({}, (1, 0)),
    ],
)
def test_who_said_where_the_child_would_be_is_counted_apart(others: dict[str, object], said: tuple[int, int]) -> None:
    assert found(row(leaving=CLOSE, **others)) == (NoRoll(1, *said),)


def test_a_guest_is_on_no_roll_and_a_second_roll_is_one() -> None:
    assert found(row(leaving=CLOSE), row(school=2, status="G")) == (NoRoll(1, 1, 0),)
    assert found(row(leaving=CLOSE), row(school=2, status="S")) == ()


@pytest.mark.parametrize(
    ("group", "year", "day", "counted"),
    [
        ("R", "2025/26", DAY, False),
        ("R", "2024/25", DAY, True),
        ("N2", "2023/24", DAY, False),
        ("1", "2025/26", DAY, True),
        ("11", "2025/26", date(2026, 6, 26), True),
        ("11", "2025/26", date(2026, 6, 27), False),
        ("11", "2024/25", DAY, False),
        ("12", "2025/26", DAY, False),
        (None, "2025/26", DAY, False),
    ],
)
def test_school_age_follows_the_year_group(group: str | None, year: str, day: date, counted: bool) -> None:
    assert of_school_age(row(year=year, year_group=group), day) is counted


def test_year_11_ends_on_the_last_friday_in_june() -> None:
    assert last_friday_of_june(2026) == date(2026, 6, 26)
    assert last_friday_of_june(2023) == date(2023, 6, 30)


DAYS = st.dates(date(2024, 8, 1), date(2026, 7, 31))
ROWS = st.lists(
    st.builds(
        Enrolment,
        child=st.integers(1, 8),
        school=st.integers(1, 4),
        year=st.sampled_from(["2024/25", "2025/26"]),
        start=DAYS,
        leaving=st.none() | DAYS,
        year_group=st.sampled_from(["R", "5", "6", "10", "11"]),
        status=st.sampled_from([None, "C", "M", "S", "G"]),
        leaving_reason=st.sampled_from([None, "EHE", "CME"]),
        destination=st.sampled_from([None, 2, 55]),
    ),
    max_size=30,
)


@given(ROWS, DAYS)
def test_every_counted_child_is_counted_once_and_is_on_no_roll(rows: list[Enrolment], day: date) -> None:
    year = "2024/25" if day < date(2025, 8, 1) else "2025/26"
    on_roll = {
        r.child
        for r in rows
        if r.year == year and r.start and r.start <= day and (r.leaving is None or r.leaving >= day) and r.status != "G"
    }
    seen = {r.child for r in rows if r.start and r.start <= day and r.status != "G" and r.year <= year}
    answer = on_no_roll(rows, day)
    counted = sum(school.to_be_found + school.said_where for school in answer.schools)
    assert counted <= len(seen - on_roll)
    sent = {r.school for r in rows if r.year == year}
    assert {school.school for school in answer.schools} <= sent
    assert not set(answer.not_sent) & sent


@given(ROWS, DAYS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: list[Enrolment], day: date, random: Random) -> None:
    mixed = list(rows)
    random.shuffle(mixed)
    assert on_no_roll(rows, day) == on_no_roll(mixed, day)
