"""Periods: academic years, terms, weeks, calendar years and dates, with one order for all of them."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from ropewalk.core.errors import NotFound

BEFORE_PANDEMIC = "2018/19"
TERMS = ("autumn", "spring", "summer")
_YEAR = re.compile(r"(\d{4})/(\d{2})$")
_TERM = re.compile(r"(\d{4})/(\d{2}) (autumn|autumn and spring|spring|summer)$")
_WEEK = re.compile(r"(\d{4})-W(\d{2})$")
_CALENDAR = re.compile(r"(\d{4})$")


class PeriodKind(StrEnum):
    """How long a period is."""

    YEAR = "year"
    TERM = "term"
    WEEK = "week"
    CALENDAR_YEAR = "calendar_year"
    DAY = "day"
    UNSTATED = "unstated"


def kind_of(period: str) -> PeriodKind:
    """Tell an academic year ``2022/23`` from a term, a week ``2025-W37``, a calendar year and a date."""
    for pattern, kind in (
        (_YEAR, PeriodKind.YEAR),
        (_TERM, PeriodKind.TERM),
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
            "a week as 2025-W37 or a year as 2025."
        ) from None
    return PeriodKind.DAY


def academic_year_of(period: str) -> str | None:
    """Academic year a year, term or week lies in; ``None`` for calendar years and dates."""
    kind = kind_of(period)
    if kind in (PeriodKind.YEAR, PeriodKind.TERM):
        return period[:7]
    if kind is PeriodKind.WEEK:
        year, week = int(period[:4]), int(period[6:])
        start = year if week >= 34 else year - 1
        return f"{start}/{(start + 1) % 100:02d}"
    return None


def sort_key(period: str) -> int:
    """A whole number that puts periods in order of their end; a whole year comes after its terms and weeks."""
    kind = kind_of(period)
    if kind is PeriodKind.UNSTATED:
        return 0
    if kind is PeriodKind.CALENDAR_YEAR:
        return int(period) * 1000 + 990
    if kind is PeriodKind.DAY:
        return int(period[:4]) * 1000 + date.fromisoformat(period).timetuple().tm_yday * 2
    if kind is PeriodKind.WEEK:
        return _week_key(period)
    end = int(period[:4]) + 1
    if kind is PeriodKind.YEAR:
        return end * 1000 + 900
    term = period[8:]
    return end * 1000 + {"autumn": 200, "spring": 400, "autumn and spring": 450, "summer": 800}[term]


def _week_key(period: str) -> int:
    year, week = int(period[:4]), int(period[6:])
    end = year + 1 if week >= 34 else year
    place = week - 33 if week >= 34 else week + 20
    return end * 1000 + place * 10


def year_before(period: str) -> str | None:
    """Same period one year earlier: ``2022/23`` gives ``2021/22``; ``None`` for weeks and dates."""
    kind = kind_of(period)
    if kind in (PeriodKind.YEAR, PeriodKind.TERM):
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
    if kind is PeriodKind.WEEK:
        return f"week {int(period[6:])} of {period[:4]}"
    if kind is PeriodKind.DAY:
        day = date.fromisoformat(period)
        return f"{day.day} {day:%B %Y}"
    return period
