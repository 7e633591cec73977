"""What follows from records: school years, hours in words, which promises were kept. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

# A year of schools begins on the first of September.
SEPTEMBER = 9


@dataclass(frozen=True, order=True)
class SchoolYear:
    """A school year by the calendar year in which it begins."""

    begins: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.begins, SEPTEMBER, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.begins + 1, SEPTEMBER - 1, 31)

    @property
    def words(self) -> str:
        """``2025 to 2026``."""
        return f"{self.begins} to {self.begins + 1}"

    def holds(self, day: date) -> bool:
        """Whether a day is in it."""
        return self.first <= day <= self.last


def year_of(day: date) -> SchoolYear:
    """The school year of a day."""
    return SchoolYear(day.year if day.month >= SEPTEMBER else day.year - 1)


def hours_words(minutes: int) -> str:
    """``1 hour``, ``2.5 hours``: hours with no more places than they need, two at most."""
    hours = (Decimal(minutes) / 60).quantize(Decimal("0.01")).normalize()
    return f"{hours:,f} {'hour' if hours == 1 else 'hours'}"


@dataclass(frozen=True)
class Promise:
    """Something to be done by a day, by a member (its id) or by nobody that can be told; ``done`` is when it was."""

    who: int | None
    due: date
    done: date | None


@dataclass(frozen=True)
class Kept:
    """Promises that were due: kept in time, kept late, and not done."""

    in_time: int = 0
    late: int = 0
    undone: int = 0

    @property
    def due(self) -> int:
        """All of them."""
        return self.in_time + self.late + self.undone

    @property
    def words(self) -> str:
        """``3 of 5 in time, 1 late, 1 not done``."""
        if not self.due:
            return "none was due"
        rest = [f"{count} {what}" for count, what in ((self.late, "late"), (self.undone, "not done")) if count]
        return ", ".join([f"{self.in_time} of {self.due} in time", *rest])


def kept(promises: Iterable[Promise], *, until: date) -> Kept:
    """How promises were kept that were due until a day; one due that very day is counted once the day is over."""
    in_time = late = undone = 0
    for one in promises:
        if one.done is not None:
            in_time += one.done <= one.due
            late += one.done > one.due
        elif one.due < until:
            undone += 1
    return Kept(in_time, late, undone)


@dataclass(frozen=True)
class Present:
    """Places at meetings: whose holder was present, out of all that minutes speak of."""

    there: int = 0
    asked: int = 0

    @property
    def words(self) -> str:
        """``4 of 5``."""
        return f"{self.there} of {self.asked}" if self.asked else "no minutes speak of them"
