"""What happens to made-up children on a roll: enrolments, moves, suspensions, and stretches in which marks differ."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from ropewalk.core.synth.returns.children import Child

EVERY_SESSION = frozenset(range(10))
REVIEW_AFTER = timedelta(weeks=4)
# A return is sent within two weeks of the last week in it: a review in them has been held by then.
FORTNIGHT = timedelta(weeks=2)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from ``first`` to ``last`` in which a code stands for the sessions of the week in ``places`` (0 to 9)."""

    first: date
    last: date
    code: str
    places: frozenset[int] = EVERY_SESSION


@dataclass(slots=True)
class Suspension:
    """A suspension or exclusion; ``sessions`` is None for a permanent one."""

    category: str
    start: date
    sessions: int | None
    reasons: tuple[str, ...]


@dataclass(slots=True)
class Move:
    """A move as the school that sends it knows it. ``end`` is the day it will have ended."""

    child: Child
    kind: str
    from_urn: int
    to_urn: int | None
    start: date
    end: date | None = None
    outcome: str = ""
    hours: float | None = None
    reviewed: bool = False

    def review(self, known: date) -> date | None:
        """The next review as of a day: every four weeks, and the last one not after the end."""
        if not self.reviewed:
            return None
        day = self.start + REVIEW_AFTER
        while day <= known + FORTNIGHT and (self.end is None or day + REVIEW_AFTER <= self.end):
            day += REVIEW_AFTER
        return day if self.end is None else min(day, self.end)


@dataclass(slots=True)
class Enrolment:
    """A child on the roll of a school from a day to a day.

    ``others`` are the enrolments at a second school while the child is registered at two. ``stand_in`` is a number
    given by a school that did not know the child's own until the academic year that begins in ``known_from``.
    """

    child: Child
    school: int
    start: date
    status: str = "C"
    leaving: date | None = None
    reason: str = ""
    destination: int | None = None
    others: list[Enrolment] = field(default_factory=list)
    stand_in: str | None = None
    known_from: int = 0
    stretches: list[Stretch] = field(default_factory=list)
    suspensions: list[Suspension] = field(default_factory=list)

    def overlaps(self, first: date, last: date) -> bool:
        """Whether the child was on roll on some day between two days."""
        return self.start <= last and (self.leaving is None or self.leaving >= first)

    def left_by(self, day: date) -> bool:
        """Whether the child had left by the end of a day."""
        return self.leaving is not None and self.leaving <= day

    def leave(self, day: date, reason: str, destination: int | None = None) -> None:
        """End the enrolment: last day on roll, reason, next school."""
        self.leaving, self.reason, self.destination = day, reason, destination

    def number(self, year: int) -> str:
        """The unique pupil number this school uses in the academic year that begins in a year."""
        return self.stand_in if self.stand_in and year < self.known_from else self.child.upn

    def former_number(self, year: int) -> str:
        """The number this school used before, once it knows the child's own."""
        return self.stand_in if self.stand_in and year >= self.known_from else ""
