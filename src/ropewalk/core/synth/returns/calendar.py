"""The school year of a made-up council: terms, half terms, holidays, bank holidays and the days a school closes.

Breaks fall where most councils put them: the week about the last Monday of October and about 15 February, the last week
of May, two weeks at Christmas, and the week of Good Friday with the week after. A year has 195 days of term, of which a
school keeps five for its staff, so pupils come on 190.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from ropewalk.core.schema.calendar import easter, monday_of

DAYS_OF_TERM, INSET_DAYS = 195, 5
SESSIONS_OF_WEEK = 10
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """An academic year. ``days`` are the days of term without bank holidays; ``weeks`` the Mondays they lie in."""

    year: str
    days: tuple[date, ...]
    weeks: tuple[date, ...]

    @property
    def first(self) -> date:
        """First day of term."""
        return self.days[0]

    @property
    def last(self) -> date:
        """Last day of term."""
        return self.days[-1]

    def place(self, day: date) -> int:
        """Where the morning of a day stands among the sessions of all weeks, ten to a week.

        Days of a break or weekend give the place of the next session; days after the last week one past the end.
        """
        monday = monday_of(day)
        for index, week in enumerate(self.weeks):
            if week == monday:
                return index * SESSIONS_OF_WEEK + 2 * min(day.weekday(), 5)
            if week > monday:
                return index * SESSIONS_OF_WEEK
        return len(self.weeks) * SESSIONS_OF_WEEK

    def next_day(self, day: date) -> date | None:
        """The first day of term after a day; None when the year is over."""
        return next((other for other in self.days if other > day), None)


@cache
def school_year(year: str) -> SchoolYear:
    """The school year of an academic year such as ``2024/25``; the same for all schools of the made-up place."""
    start = int(year[:4])
    breaks = _breaks(start)
    day = _first_day(start)
    days: list[date] = []
    while len(days) < DAYS_OF_TERM:
        if day.weekday() < 5 and monday_of(day) not in breaks and day not in _bank_holidays(start + 1):
            days.append(day)
        day += _DAY
    return SchoolYear(year, tuple(days), tuple(dict.fromkeys(monday_of(day) for day in days)))


def _first_day(start: int) -> date:
    """The first Monday to Wednesday of September, so that no term begins with a Friday."""
    day = date(start, 9, 1)
    while day.weekday() > 2:
        day += _DAY
    return day


def _breaks(start: int) -> frozenset[date]:
    """Mondays of the weeks without school."""
    christmas = monday_of(date(start, 12, 25))
    good_friday = monday_of(easter(start + 1) - 2 * _DAY)
    return frozenset(
        {
            _near(date(start, 10, 26)),
            *(christmas, christmas + _WEEK),
            _near(date(start + 1, 2, 15)),
            *(good_friday, good_friday + _WEEK),
            monday_of(date(start + 1, 5, 31)),
        }
    )


def _near(day: date) -> date:
    """The first Monday on or after a day, or the one before it where that would be three days late or more."""
    monday = monday_of(day + 6 * _DAY)
    return monday if (monday - day).days <= 2 else monday - _WEEK


def _bank_holidays(year: int) -> frozenset[date]:
    """Bank holidays that fall into term: New Year's Day, on the Monday after a weekend, and the first Monday of May."""
    new_year = date(year, 1, 1)
    if new_year.weekday() > 4:
        new_year = monday_of(new_year) + _WEEK
    return frozenset({new_year, monday_of(date(year, 5, 7))})


def inset_days(year: SchoolYear, rng: Random) -> frozenset[date]:
    """Days one school keeps for its staff: the first of the year, and four after breaks, before them or on Fridays."""
    after = [day for before, day in zip(year.days, year.days[1:], strict=False) if (day - before).days > 5]
    before = [day for day, later in zip(year.days, year.days[1:], strict=False) if (later - day).days > 5]
    fridays = [day for day in year.days[10:-10] if day.weekday() == 4]
    others = sorted({*after, *before, year.days[1], year.days[-1], rng.choice(fridays), rng.choice(fridays)})
    return frozenset({year.first, *rng.sample(others, INSET_DAYS - 1)})


def year_before(year: str, back: int = 1) -> str:
    """The academic year some years before another; a negative number gives one after it."""
    start = int(year[:4]) - back
    return f"{start}/{(start + 1) % 100:02d}"
