"""Children of school age whom no school of the place has on its roll on a day, by the school they were last at.

Compulsory school age is taken from the year group: Years 1 to 11, Year 11 until the last Friday in June (Education Act
1996, section 8, and the School Leaving Date Order 1997). Children in Reception who turned five are not counted, since
a year group does not tell them from those who did not.

On no roll *that we know of*: a school may not have sent its roll yet, and other places send none. Schools without any
roll for the year of the day are named, and their children are not counted. Children who left from 1 July on are looked
for when the next school year has begun. A child may also be at a school elsewhere,
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
# From this day of July on children leave at the usual time, and join the next school in September.
USUAL_LEAVING = (7, 1)
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
class ChildOnNoRoll:
    """A child on no roll: its last row, and whether that says where the child would be."""

    last: Enrolment
    said_where: bool


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
    rows = list(enrolments)
    sent, earlier = _sent_and_earlier(rows, day)
    found: Counter[int] = Counter()
    said: Counter[int] = Counter()
    for one in children_on_no_roll(rows, day):
        (said if one.said_where else found)[one.last.school] += 1
    schools = tuple(NoRoll(school, found[school], said[school]) for school in sorted(found.keys() | said.keys()))
    return OnNoRoll(day, schools, tuple(sorted(earlier - sent)))


def children_on_no_roll(enrolments: Iterable[Enrolment], day: date) -> list[ChildOnNoRoll]:
    """The children themselves, whom ``on_no_roll`` counts, in order of child."""
    rows = list(enrolments)
    year = academic_year(day)
    sent, earlier = _sent_and_earlier(rows, day)
    known = sent | earlier
    by_child: dict[int, list[Enrolment]] = {}
    for row in rows:
        if row.year <= year and (row.start is None or row.start <= day) and row.status not in NOT_ON_ROLL:
            by_child.setdefault(row.child, []).append(row)
    found = []
    for child in sorted(by_child):
        last = _last_if_on_none(by_child[child], year, day)
        if last is not None and last.school in sent and of_school_age(last, day) and not between_years(last, day):
            said = last.leaving_reason in REASONS_THAT_TELL or _outside(last, known)
            found.append(ChildOnNoRoll(last, said))
    return found


def _sent_and_earlier(rows: Iterable[Enrolment], day: date) -> tuple[set[int], set[int]]:
    """Schools with a roll of the year of the day, and those with rolls of other years."""
    year = academic_year(day)
    sent: set[int] = set()
    earlier: set[int] = set()
    for row in rows:
        (sent if row.year == year else earlier).add(row.school)
    return sent, earlier


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


def between_years(last: Enrolment, day: date) -> bool:
    """Whether a child left at the end of the school year of ``day``, from 1 July on: the next roll is yet to come."""
    return last.leaving is not None and date(int(academic_year(day)[:4]) + 1, *USUAL_LEAVING) <= last.leaving <= day


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
