"""Children of school age whom no school of the place has on its roll on a day, by the school they were last at.

Compulsory school age is taken from the year group: Years 1 to 11, Year 11 until the last Friday in June (Education Act
1996, section 8, and the School Leaving Date Order 1997). Children in Reception who turned five are not counted, since
a year group does not tell them from those who did not.

On no roll *that we know of*: a school may not have sent its roll yet, and other places send none. Schools without any
roll for the year of the day are named, and their children are not counted. A child may also be at a school elsewhere,
at home with a tutor, or abroad; who left with a reason that says so is counted apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ropewalk.core.schema.calendar import academic_year

FIRST_YEAR_GROUP, LAST_YEAR_GROUP = 1, 11
FRIDAY = 4
# Reasons for leaving that say where a child is (code set leaving_reason); END only says that a phase ended.
REASONS_THAT_TELL = frozenset({"EHE", "ABR", "DIE"})
# A guest is registered elsewhere; P says that the child is no longer on roll.
NOT_ON_ROLL = frozenset({"G", "P"})


@dataclass(frozen=True, slots=True)
class Enrolment:
    """One child's row on the roll of a school in an academic year, as the facts have it.

    ``leaving`` is the last day on roll, ``None`` while on roll; ``destination`` the URN of the next school.
    """

    child: int
    school: int
    year: str
    start: date | None
    leaving: date | None
    year_group: str | None
    status: str | None = None
    leaving_reason: str | None = None
    destination: int | None = None


@dataclass(frozen=True, slots=True)
class NoRoll:
    """Children last seen at a school and on no roll now: ``to_be_found``, and ``said_where`` they would be."""

    school: int
    to_be_found: int
    said_where: int


@dataclass(frozen=True, slots=True)
class OnNoRoll:
    """All schools with such children, by URN; ``not_sent`` are schools known before that sent no roll for the year."""

    day: date
    schools: tuple[NoRoll, ...]
    not_sent: tuple[int, ...]


def on_no_roll(enrolments: Iterable[Enrolment], day: date) -> OnNoRoll:
    """Children with an earlier enrolment in the place and none on ``day``, counted at their last school.

    ``enrolments`` are all rows of the place, of all years. A row speaks for its own academic year only: a child whom
    last year's roll never marked as left, and whom this year's roll does not name, is on no roll.
    """
    year = academic_year(day)
    by_child: dict[int, list[Enrolment]] = {}
    earlier: set[int] = set()
    sent: set[int] = set()
    for row in enrolments:
        (sent if row.year == year else earlier).add(row.school)
        if row.year <= year and (row.start is None or row.start <= day) and row.status not in NOT_ON_ROLL:
            by_child.setdefault(row.child, []).append(row)
    found: Counter[int] = Counter()
    said: Counter[int] = Counter()
    for rows in by_child.values():
        last = _last_if_on_none(rows, year, day)
        if last is None or last.school not in sent or not of_school_age(last, day):
            continue
        elsewhere = last.leaving_reason in REASONS_THAT_TELL or _outside(last, sent | earlier)
        (said if elsewhere else found)[last.school] += 1
    schools = tuple(NoRoll(school, found[school], said[school]) for school in sorted(found.keys() | said.keys()))
    return OnNoRoll(day, schools, tuple(sorted(earlier - sent)))


def of_school_age(last: Enrolment, day: date) -> bool:
    """Whether a child is of compulsory school age on ``day``, from the year group it was last in and the years since.

    A child whose year group is not known, or who was in a nursery year, is not counted.
    """
    written = "0" if last.year_group == "R" else last.year_group or ""
    if not written.isdigit():
        return False
    year = academic_year(day)
    now = int(written) + int(year[:4]) - int(last.year[:4])
    if now == LAST_YEAR_GROUP:
        return day <= last_friday_of_june(int(year[:4]) + 1)
    return FIRST_YEAR_GROUP <= now < LAST_YEAR_GROUP


def last_friday_of_june(year: int) -> date:
    """The day on which compulsory schooling ends for Year 11 in a calendar year."""
    end = date(year, 6, 30)
    return end - timedelta(days=(end.weekday() - FRIDAY) % 7)


def _last_if_on_none(rows: Sequence[Enrolment], year: str, day: date) -> Enrolment | None:
    """The child's last row, or ``None`` where it is on a roll on the day."""
    if any(row.year == year and (row.leaving is None or row.leaving >= day) for row in rows):
        return None
    return max(rows, key=_later)


def _later(row: Enrolment) -> tuple[str, date, date, int, str, int, str]:
    """What puts one row after another; the last parts only make the order of the input of no matter."""
    return (
        row.year,
        row.leaving or date.max,
        row.start or date.min,
        -row.school,
        row.leaving_reason or "",
        row.destination or 0,
        row.year_group or "",
    )


def _outside(last: Enrolment, known: set[int]) -> bool:
    """Whether the child left for a school that is none of those whose rolls are known."""
    return last.destination is not None and last.destination not in known
