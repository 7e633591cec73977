"""A school's year as its register sees it: when it is open, when a whole class is out, when illness is about."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from random import Random

from ropewalk.core.synth.returns.calendar import SESSIONS_OF_WEEK, SchoolYear, inset_days
from ropewalk.core.synth.returns.schools import ReturningSchool
from ropewalk.core.synth.returns.signs import sign

PLANNED = ord("#")
# Chance that a school has to close for a day.
CLOSES = 0.12
# Visits of a whole year group in a year: so many days, on average.
VISITS = 1.65
# Work experience: a week of Year 10 in most secondaries; study leave of Year 11 in some.
WORK_WEEKS, STUDY_LEAVE = 0.55, 0.3
# Absences begin this many times as often on a day of the week (Monday to Friday), and in a month.
WEEKDAYS = (5, 4, 4, 4, 6)
MONTHS = {9: 0.75, 10: 0.95, 11: 1.1, 12: 1.3, 1: 1.15, 2: 1.05, 3: 1.0, 4: 0.95, 5: 0.95, 6: 1.0, 7: 1.1}
_STEPS = 4


@dataclass(frozen=True, slots=True)
class SchoolDays:
    """Ten bytes for each week of the year: 0 where a mark is to be made, else the mark all pupils have.

    ``mornings`` holds the places where absences may begin, in order, the likelier ones several times.
    """

    year: SchoolYear
    template: bytes
    mornings: tuple[int, ...]
    visits: dict[int, tuple[int, ...]]
    work_week: bool
    study_leave: bool

    def mornings_between(self, first: int, end: int) -> tuple[int, int]:
        """Which of ``mornings`` lie in sessions from ``first`` up to, not including, ``end``."""
        return bisect_left(self.mornings, first), bisect_left(self.mornings, end)

    def is_open(self, day: date) -> bool:
        """Whether the school has sessions on a day of term."""
        return self.template[self.year.place(day)] == 0


def school_days(school: ReturningSchool, year: SchoolYear, rng: Random) -> SchoolDays:
    """The year of one school: closed on its inset days, on days outside term, and once in a while unexpectedly."""
    template = bytearray([PLANNED]) * (SESSIONS_OF_WEEK * len(year.weeks))
    closed = inset_days(year, rng)
    open_days = [day for day in year.days if day not in closed]
    for day in open_days:
        place = year.place(day)
        template[place] = template[place + 1] = 0
    if rng.random() < CLOSES:
        place = year.place(open_days[int(70 + rng.random() * 40)])
        template[place] = template[place + 1] = sign("Y4", year.year)
    mornings = tuple(place for day in open_days for place in [year.place(day)] * _weight(day) if template[place] == 0)
    visits = {rank: _visits(rng, year, open_days) for rank in school.ranks}
    work_week, study_leave = rng.random() < WORK_WEEKS, rng.random() < STUDY_LEAVE
    return SchoolDays(year, bytes(template), mornings, visits, work_week, study_leave)


def _weight(day: date) -> int:
    return round(WEEKDAYS[day.weekday()] * MONTHS.get(day.month, 1.0) * _STEPS)


def _visits(rng: Random, year: SchoolYear, open_days: list[date]) -> tuple[int, ...]:
    days = 2 if rng.random() < VISITS - 1 else 1
    return tuple(year.place(rng.choice(open_days)) for _ in range(days))
