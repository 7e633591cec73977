"""The calendar of a made-up council: 190 days for pupils, breaks where they belong, terms as the schema has them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from ropewalk.core.schema.calendar import easter, half_term
from ropewalk.core.synth.chance import stream
from ropewalk.core.synth.returns.calendar import DAYS_OF_TERM, INSET_DAYS, inset_days, school_year, year_before

YEARS = [f"{start}/{(start + 1) % 100:02d}" for start in range(2012, 2035)]


@pytest.mark.parametrize("year", YEARS)
def test_a_year_has_190_days_for_pupils_between_september_and_july(year: str) -> None:
    days = school_year(year).days
    assert len(days) == len(set(days)) == DAYS_OF_TERM
    assert len(set(days) - inset_days(school_year(year), stream(1, year))) == DAYS_OF_TERM - INSET_DAYS == 190
    assert all(day.weekday() < 5 for day in days)
    start = int(year[:4])
    assert date(start, 9, 1) <= days[0] <= date(start, 9, 7)
    assert date(start + 1, 7, 15) <= days[-1] <= date(start + 1, 7, 28)


@pytest.mark.parametrize("year", YEARS)
def test_there_are_five_breaks_and_each_half_term_has_five_to_eight_weeks(year: str) -> None:
    days = school_year(year).days
    breaks = [later - day for day, later in pairwise(days) if later - day > timedelta(days=5)]
    assert len(breaks) == 5
    assert sorted(breaks)[3] > timedelta(days=14)
    halves: dict[str, int] = {}
    for week in school_year(year).weeks:
        halves[half_term(week)] = halves.get(half_term(week), 0) + 1
    assert len(halves) == 6
    assert all(4 <= weeks <= 8 for weeks in halves.values()), halves


@pytest.mark.parametrize("year", YEARS)
def test_schools_are_closed_at_christmas_at_easter_and_on_bank_holidays(year: str) -> None:
    days, start = set(school_year(year).days), int(year[:4])
    sunday = easter(start + 1)
    closed = [date(start, 12, 25), date(start + 1, 1, 1), sunday - timedelta(days=2), sunday + timedelta(days=1)]
    closed += [max(date(start + 1, 5, day) for day in range(1, 8) if date(start + 1, 5, day).weekday() == 0)]
    assert not days & set(closed)


def test_a_day_has_its_place_among_ten_sessions_to_a_week() -> None:
    year = school_year("2024/25")
    assert year.first == date(2024, 9, 2)
    assert [year.place(day) for day in (date(2024, 9, 2), date(2024, 9, 6), date(2024, 9, 9))] == [0, 8, 10]
    assert year.place(date(2024, 9, 7)) == 10
    assert year.place(date(2024, 10, 30)) == year.place(date(2024, 11, 4))
    assert year.place(date(2025, 8, 20)) == 10 * len(year.weeks)


def test_years_go_back_and_on() -> None:
    assert year_before("2024/25") == "2023/24"
    assert year_before("2000/01", 1) == "1999/00"
    assert year_before("2024/25", -1) == "2025/26"
