"""The school calendar: which academic year, term and half term a day lies in, and when census day is.

Terms are those of the School Census: autumn until 31 December, spring from 1 January to Easter Sunday, summer from
Easter Monday. Second halves begin on the Monday after, or of, the week most schools are closed: the first Monday from
26 October, the first Monday from 15 February, the last Monday of May. A week belongs to the half its Monday lies in.
"""

from __future__ import annotations

from datetime import date, timedelta

MONDAY, THURSDAY = 0, 3


def academic_year(day: date) -> str:
    """Academic year of a day, as ``2024/25``; it begins on 1 August."""
    start = day.year if day.month >= 8 else day.year - 1
    return f"{start}/{(start + 1) % 100:02d}"


def first_day(year: str) -> date:
    """1 August, on which an academic year such as ``2024/25`` begins."""
    return date(int(year[:4]), 8, 1)


def last_day(year: str) -> date:
    """31 July, on which an academic year such as ``2024/25`` ends."""
    return date(int(year[:4]) + 1, 7, 31)


def easter(year: int) -> date:
    """Easter Sunday of a calendar year (Gregorian computus, as J. Meeus gives it, Astronomical Algorithms, ch. 8)."""
    golden, (century, short) = year % 19, divmod(year, 100)
    leap, rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - correction + 15) % 30
    quarter, left = divmod(short, 4)
    weekday = (32 + 2 * rest + 2 * quarter - epact - left) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def half_term(day: date) -> str:
    """Half term of a day, as ``2024/25 autumn 1``."""
    return f"{term(day)} {2 if day >= _second_half(day) else 1}"


def term(day: date) -> str:
    """Term of a day, as ``2024/25 spring``."""
    name = "autumn" if day.month >= 8 else "spring" if day <= easter(day.year) else "summer"
    return f"{academic_year(day)} {name}"


def _second_half(day: date) -> date:
    """First day of the second half of the term a day lies in."""
    if day.month >= 8:
        return _first(date(day.year, 10, 26), MONDAY)
    if day <= easter(day.year):
        return _first(date(day.year, 2, 15), MONDAY)
    return _first(date(day.year, 5, 25), MONDAY)


def census_day(year: str) -> date:
    """The day of the January census of an academic year: the third Thursday of January."""
    return _first(date(int(year[:4]) + 1, 1, 15), THURSDAY)


def autumn_census_day(year: str) -> date:
    """The day of the autumn census of an academic year: the first Thursday of October."""
    return _first(date(int(year[:4]), 10, 1), THURSDAY)


def summer_census_day(year: str) -> date:
    """The day of the summer census of an academic year: the third Thursday of May."""
    return _first(date(int(year[:4]) + 1, 5, 15), THURSDAY)


def week_of(monday: date) -> str:
    """Id of the week that begins on a Monday, as ``2025-W37``."""
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02d}"


def monday_of(day: date) -> date:
    """The Monday of the week a day lies in."""
    return day - timedelta(days=day.weekday())


def _first(day: date, weekday: int) -> date:
    """The first such weekday on or after a day."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)
