"""National attendance and absence codes: what each register mark means and which statistical category it counts in.

A session is half a day. Attendance = present + approved educational activity; absence = authorised + unauthorised;
possible sessions = all four. Codes under "not a possible attendance" and administrative codes are in neither numerator
nor denominator. The codes changed on 19 August 2024; what a code meant before is kept, because older registers and
statistics use it.

Tested on every row of the Department's daily attendance files: see docs/published/attendance-codes.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from ropewalk.core.errors import NotFound

# First academic year of the codes in force since 19 August 2024, and the last one of those before.
NEW_CODES = "2024/25"
OLD_CODES = "2023/24"

_COLUMN = re.compile(r"reason_([a-z]\d?)_")
_SLASHES = {"reason_present_am": "/", "reason_present_pm": "\\"}


class Category(StrEnum):
    """Statistical category of a code."""

    PRESENT = "present"
    APPROVED_ACTIVITY = "approved_activity"
    AUTHORISED = "authorised"
    UNAUTHORISED = "unauthorised"
    NOT_POSSIBLE = "not_possible"
    ADMINISTRATIVE = "administrative"

    @property
    def words(self) -> str:
        """The category as guidance writes it."""
        return _WORDS[self]

    @property
    def is_possible(self) -> bool:
        """Whether sessions of this category are possible sessions (the denominator of absence)."""
        return self not in (Category.NOT_POSSIBLE, Category.ADMINISTRATIVE)


_WORDS = {
    Category.PRESENT: "Present",
    Category.APPROVED_ACTIVITY: "Approved educational activity",
    Category.AUTHORISED: "Authorised absence",
    Category.UNAUTHORISED: "Unauthorised absence",
    Category.NOT_POSSIBLE: "Not a possible attendance",
    Category.ADMINISTRATIVE: "Administrative",
}


@dataclass(frozen=True, slots=True)
class AttendanceCode:
    """One meaning of a code.

    ``since`` and ``until`` are the first and last academic year of this meaning; ``None`` is open. ``late`` marks the
    two codes that published figures of lateness count.
    """

    code: str
    words: str
    category: Category
    since: str | None = None
    until: str | None = None
    late: bool = False

    def in_force(self, academic_year: str) -> bool:
        """Whether schools may use the code with this meaning in an academic year such as ``2024/25``."""
        return (self.since is None or self.since <= academic_year) and (
            self.until is None or academic_year <= self.until
        )


_P, _B, _A, _U = Category.PRESENT, Category.APPROVED_ACTIVITY, Category.AUTHORISED, Category.UNAUTHORISED
_X, _Z = Category.NOT_POSSIBLE, Category.ADMINISTRATIVE

CODES: tuple[AttendanceCode, ...] = (
    AttendanceCode("/", "Present in the morning", _P),
    AttendanceCode("\\", "Present in the afternoon", _P),
    AttendanceCode("L", "Late, before the register closed", _P, late=True),
    AttendanceCode("K", "Education arranged by the council", _B, since=NEW_CODES),
    AttendanceCode("V", "Educational visit or trip", _B),
    AttendanceCode("P", "Approved sporting activity", _B),
    AttendanceCode("W", "Work experience", _B),
    AttendanceCode("B", "Educated off site", _B, until=OLD_CODES),
    AttendanceCode("B", "Other approved and supervised activity off site", _B, since=NEW_CODES),
    AttendanceCode("J", "At an interview", _B, until=OLD_CODES),
    AttendanceCode("C1", "Regulated performance or employment abroad", _A, since=NEW_CODES),
    AttendanceCode("M", "Medical or dental appointment", _A),
    AttendanceCode("J1", "At an interview", _A, since=NEW_CODES),
    AttendanceCode("S", "Study leave", _A),
    AttendanceCode("C2", "Part-time timetable", _A, since=NEW_CODES),
    AttendanceCode("C", "Other authorised circumstances", _A, until=OLD_CODES),
    AttendanceCode("C", "Leave in exceptional circumstances", _A, since=NEW_CODES),
    AttendanceCode("T", "Gypsy, Roma and Traveller absence", _A, until=OLD_CODES),
    AttendanceCode("T", "Parent travelling for work", _A, since=NEW_CODES),
    AttendanceCode("R", "Religious observance", _A),
    AttendanceCode("I", "Illness", _A),
    AttendanceCode("E", "Suspended or excluded, no provision made", _A),
    AttendanceCode("H", "Agreed family holiday", _A, until=OLD_CODES),
    AttendanceCode("G", "Holiday not granted", _U),
    AttendanceCode("N", "Reason not yet known", _U),
    AttendanceCode("O", "Other or unknown reason, not authorised", _U),
    AttendanceCode("U", "Late, after the register closed", _U, late=True),
    AttendanceCode("D", "Registered at two schools and expected at the other", _X),
    AttendanceCode("X", "Not of compulsory school age and not required", _X),
    AttendanceCode("Q", "Absent because access arrangements were not made", _X, since=NEW_CODES),
    AttendanceCode("Y", "Exceptional circumstances kept the pupil away", _X, until=OLD_CODES),
    AttendanceCode("Y1", "Transport not available", _X, since=NEW_CODES),
    AttendanceCode("Y2", "Widespread disruption to travel", _X, since=NEW_CODES),
    AttendanceCode("Y3", "Part of the school closed", _X, since=NEW_CODES),
    AttendanceCode("Y4", "Whole school closed unexpectedly", _X, since=NEW_CODES),
    AttendanceCode("Y5", "Held in criminal justice detention", _X, since=NEW_CODES),
    AttendanceCode("Y6", "Public health guidance or law", _X, since=NEW_CODES),
    AttendanceCode("Y7", "Another unavoidable cause", _X, since=NEW_CODES),
    AttendanceCode("Z", "Not on the roll yet", _Z),
    AttendanceCode("#", "Planned closure of the whole school", _Z),
)


@cache
def _meanings() -> dict[str, tuple[AttendanceCode, ...]]:
    found: dict[str, tuple[AttendanceCode, ...]] = {}
    for declared in CODES:
        found[declared.code] = (*found.get(declared.code, ()), declared)
    return found


def codes_in_force(academic_year: str) -> tuple[AttendanceCode, ...]:
    """The codes schools may use in an academic year such as ``2024/25``."""
    return tuple(declared for declared in CODES if declared.in_force(academic_year))


def meaning(code: str, academic_year: str) -> AttendanceCode:
    """What a code means in an academic year; a code that was withdrawn keeps its last meaning.

    Registers hold a few withdrawn marks (H, J) after August 2024, and the Department still counts them as it did.
    Raises NotFound for a code that is not declared, or not yet in that year.
    """
    known = _meanings().get(code.strip().upper(), ())
    for declared in known:
        if declared.in_force(academic_year):
            return declared
    withdrawn = [declared for declared in known if declared.until is not None and declared.until < academic_year]
    if withdrawn:
        return withdrawn[-1]
    raise NotFound(
        f"'{code}' is not an attendance code in {academic_year}. Codes in force then: "
        + " ".join(declared.code for declared in codes_in_force(academic_year))
    )


def code_of_column(column: str) -> str | None:
    """The code a column of the daily attendance files counts (``reason_e_authorised_excluded`` is E); None for sums."""
    if column in _SLASHES:
        return _SLASHES[column]
    found = _COLUMN.match(column)
    return found.group(1).upper() if found else None


def columns_by_category(columns: Iterable[str], academic_year: str) -> dict[Category, tuple[str, ...]]:
    """Which of the columns of a daily attendance file make up each category in an academic year.

    Only columns that count one code are used; ``reason_present`` is left out, being the sum of / and \\.
    Raises NotFound for a column of a code that is not declared.
    """
    found: dict[Category, tuple[str, ...]] = dict.fromkeys(Category, ())
    for column in columns:
        code = code_of_column(column)
        if code is not None:
            category = meaning(code, academic_year).category
            found[category] = (*found[category], column)
    return found


def late_columns(columns: Iterable[str], academic_year: str) -> tuple[str, ...]:
    """Columns whose codes count as late: L before and U after the register closed."""
    coded = [(column, code_of_column(column)) for column in columns]
    return tuple(column for column, code in coded if code is not None and meaning(code, academic_year).late)
