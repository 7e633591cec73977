"""Periods: academic years, terms and their halves, weeks, years to date, calendar years and dates, in one order."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from ropewalk.core.errors import NotFound

BEFORE_PANDEMIC = "2018/19"
TERMS = ("autumn", "spring", "summer")
_YEAR = re.compile(r"(\d{4})/(\d{2})$")
_TERM = re.compile(r"(\d{4})/(\d{2}) (autumn|autumn and spring|spring|summer)$")
_HALF_TERM = re.compile(r"(\d{4})/(\d{2}) (autumn|spring|summer) [12]$")
_TO_DATE = re.compile(r"(\d{4})/(\d{2}) to \d{4}-W\d{2}$")
_WEEK = re.compile(r"(\d{4})-W(\d{2})$")
_CALENDAR = re.compile(r"(\d{4})$")


class PeriodKind(StrEnum):
    """How long a period is."""

    YEAR = "year"
    TERM = "term"
    HALF_TERM = "half_term"
    TO_DATE = "to_date"
    WEEK = "week"
    CALENDAR_YEAR = "calendar_year"
    DAY = "day"
    UNSTATED = "unstated"

    @property
    def words(self) -> str:
        """The kind as a sentence names it: 'a half term'."""
        return _KINDS[self]

    def is_defined_from(self, smallest: PeriodKind) -> bool:
        """Whether a measure with this smallest sensible period has figures for periods of this kind.

        A year to date grows week by week, and is long enough for whatever a half term is long enough for.
        """
        if self not in _LENGTHS or smallest not in _LENGTHS:
            return self is smallest
        return _LENGTHS[self] >= _LENGTHS[smallest]


_KINDS = {
    PeriodKind.YEAR: "a year",
    PeriodKind.TERM: "a term",
    PeriodKind.HALF_TERM: "a half term",
    PeriodKind.TO_DATE: "a year to date",
    PeriodKind.WEEK: "a week",
    PeriodKind.CALENDAR_YEAR: "a calendar year",
    PeriodKind.DAY: "a day",
    PeriodKind.UNSTATED: "a period that is not stated",
}
# From short to long, so that 'at least a half term' can be asked; a year to date stands with the half terms.
_LENGTHS = {
    PeriodKind.DAY: 0,
    PeriodKind.WEEK: 1,
    PeriodKind.HALF_TERM: 2,
    PeriodKind.TO_DATE: 2,
    PeriodKind.TERM: 3,
    PeriodKind.YEAR: 4,
    PeriodKind.CALENDAR_YEAR: 4,
}


def kind_of(period: str) -> PeriodKind:
    """Tell an academic year ``2022/23`` from a term or its half, a week ``2025-W37``, a year to date, a date."""
    for pattern, kind in (
        (_YEAR, PeriodKind.YEAR),
        (_TERM, PeriodKind.TERM),
        (_HALF_TERM, PeriodKind.HALF_TERM),
        (_TO_DATE, PeriodKind.TO_DATE),
        (_WEEK, PeriodKind.WEEK),
        (_CALENDAR, PeriodKind.CALENDAR_YEAR),
    ):
        if pattern.match(period):
            return kind
    try:
        date.fromisoformat(period)
    except ValueError:
        if period == "not stated":
            return PeriodKind.UNSTATED
        raise NotFound(
            f"'{period}' is not a period. Write an academic year as 2022/23, a term as '2024/25 autumn', "
            "a half term as '2024/25 autumn 1', a week as 2025-W37, a year to date as '2025/26 to 2026-W10' "
            "or a year as 2025."
        ) from None
    return PeriodKind.DAY


_WRITTEN_IN_A_YEAR = (PeriodKind.YEAR, PeriodKind.TERM, PeriodKind.HALF_TERM, PeriodKind.TO_DATE)


def academic_year_of(period: str) -> str | None:
    """Academic year a year, term, half term, week or year to date lies in; ``None`` for calendar years and dates."""
    kind = kind_of(period)
    if kind in _WRITTEN_IN_A_YEAR:
        return period[:7]
    if kind is PeriodKind.WEEK:
        year, week = int(period[:4]), int(period[6:])
        start = year if week >= 34 else year - 1
        return f"{start}/{(start + 1) % 100:02d}"
    return None


def sort_key(period: str) -> int:
    """A whole number that puts periods in order of their end; a whole year comes after its terms and weeks.

    A year to date comes right after the week it reaches to.
    """
    kind = kind_of(period)
    if kind is PeriodKind.UNSTATED:
        return 0
    if kind is PeriodKind.CALENDAR_YEAR:
        return int(period) * 1000 + 990
    if kind is PeriodKind.DAY:
        return int(period[:4]) * 1000 + date.fromisoformat(period).timetuple().tm_yday * 2
    if kind is PeriodKind.WEEK:
        return _week_key(period)
    if kind is PeriodKind.TO_DATE:
        return _week_key(period[-8:]) + 5
    end = int(period[:4]) + 1
    return end * 1000 + (900 if kind is PeriodKind.YEAR else _PLACE_IN_YEAR[period[8:]])


# Among the weeks, which are ten apart, as they fall in most years: Easter moves the spring term by some weeks.
_PLACE_IN_YEAR = {
    "autumn 1": 118,
    "autumn 2": 217,
    "autumn": 218,
    "spring 1": 278,
    "spring 2": 378,
    "spring": 379,
    "autumn and spring": 380,
    "summer 1": 418,
    "summer 2": 799,
    "summer": 800,
}


def _week_key(period: str) -> int:
    year, week = int(period[:4]), int(period[6:])
    end = year + 1 if week >= 34 else year
    place = week - 33 if week >= 34 else week + 20
    return end * 1000 + place * 10


def year_before(period: str) -> str | None:
    """Same period one year earlier: ``2022/23`` gives ``2021/22``; ``None`` for weeks, years to date and dates."""
    kind = kind_of(period)
    if kind in (PeriodKind.YEAR, PeriodKind.TERM, PeriodKind.HALF_TERM):
        start = int(period[:4]) - 1
        return f"{start}/{(start + 1) % 100:02d}{period[7:]}"
    if kind is PeriodKind.CALENDAR_YEAR:
        return str(int(period) - 1)
    return None


def from_six_digits(text: str) -> str:
    """``202223`` (as the Department writes an academic year) to ``2022/23``."""
    return f"{text[:4]}/{text[4:6]}"


def ending_in(year: int) -> str:
    """Academic year that ends in a calendar year: 2023 gives ``2022/23``."""
    return f"{year - 1}/{year % 100:02d}"


def words(period: str) -> str:
    """A period as people write it: '2022 to 2023', 'autumn term 2024 to 2025', 'week 37 of 2025'."""
    kind = kind_of(period)
    if kind is PeriodKind.YEAR:
        return f"{period[:4]} to {int(period[:4]) + 1}"
    if kind is PeriodKind.TERM:
        ending = "terms" if " and " in period else "term"
        return f"{period[8:]} {ending} {period[:4]} to {int(period[:4]) + 1}"
    if kind is PeriodKind.HALF_TERM:
        half = "first" if period.endswith("1") else "second"
        return f"{half} half of {period[8:-2]} term {period[:4]} to {int(period[:4]) + 1}"
    if kind is PeriodKind.WEEK:
        return f"week {int(period[6:])} of {period[:4]}"
    if kind is PeriodKind.TO_DATE:
        return f"{period[:4]} to {int(period[:4]) + 1}, up to {words(period[-8:])}"
    if kind is PeriodKind.DAY:
        day = date.fromisoformat(period)
        return f"{day.day} {day:%B %Y}"
    return period
