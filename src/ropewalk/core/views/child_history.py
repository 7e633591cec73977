"""Where one child was on roll, as pages show it: stays, times on no roll, times on several, sessions of each year.

A child is a number that is of use inside one store only. These are the facts of a single child: for whoever may see
every school's returns, and never for a file that leaves the store.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ropewalk.core.disclosure import SafeTable
from ropewalk.core.schema.places import Place
from ropewalk.core.views.live import Scope

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class RollRow:
    """What one roll says of the child in one academic year; ``leaving`` is the last day, ``None`` while on roll."""

    school: int
    record: int
    year: str
    start: date | None
    leaving: date | None
    status: str | None = None
    year_group: str | None = None
    leaving_reason: str | None = None
    destination: int | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A row as far as it speaks for its own academic year: these days, both included, registered in this way."""

    first: date
    last: date
    row: RollRow


class Ending(StrEnum):
    """How what is known of a stay ends."""

    ON_ROLL = "on_roll"
    LEFT = "left"
    NOT_NAMED = "not_on_the_next_roll"
    NOT_SENT = "no_newer_roll_sent"


@dataclass(frozen=True, slots=True)
class Stay:
    """A child at a school without a break, over one or more academic years.

    ``first`` is what the rolls give as first day, ``last`` the last day they vouch for: 31 July of the last year that
    names the child, unless it left before. ``stretches`` are in order of time.
    """

    school: int
    first: date
    last: date
    ending: Ending
    stretches: tuple[Stretch, ...]

    @property
    def newest(self) -> RollRow:
        """The row that speaks for the end of the stay."""
        return self.stretches[-1].row

    @property
    def records(self) -> tuple[int, ...]:
        """The records under which the school's rolls hold the child."""
        return tuple(sorted({stretch.row.record for stretch in self.stretches}))

    @property
    def statuses(self) -> tuple[str | None, ...]:
        """Ways of being registered, in the order in which they held, one after another."""
        told = [stretch.row.status for stretch in self.stretches]
        return tuple(one for place, one in enumerate(told) if place == 0 or one != told[place - 1])


def weekdays(first: date, last: date) -> int:
    """How many Mondays to Fridays there are from one day to another, both included."""
    weeks, rest = divmod((last - first).days + 1, 7)
    return weeks * 5 + sum((first + n * ONE_DAY).weekday() < SATURDAY for n in range(rest))


class GapKind(StrEnum):
    """What is known of a time on no roll."""

    WEEKEND = "weekend"
    BETWEEN_YEARS = "between_school_years"
    BETWEEN_ROLLS = "between_rolls"
    TO_BE_FOUND = "to_be_found"
    SAID_WHERE = "the_roll_says_where"
    OUT_OF_AGE = "not_of_school_age"
    NOT_SENT = "no_newer_roll_sent"


@dataclass(frozen=True, slots=True)
class Gap:
    """Days on no roll that we know of, both included."""

    first: date
    last: date
    kind: GapKind

    @property
    def days(self) -> int:
        """How many, weekends and holidays among them."""
        return (self.last - self.first).days + 1

    @property
    def weekdays(self) -> int:
        """Of them Mondays to Fridays, holidays among them."""
        return weekdays(self.first, self.last)


class OverlapKind(StrEnum):
    """How two rolls that name a child on the same days go together."""

    GUEST = "guest"
    DUAL = "main_and_subsidiary"
    BESIDE = "college_or_other_provider"
    TWO_SOLE = "two_sole_rolls"
    DO_NOT_FIT = "registrations_do_not_fit"

    @property
    def is_to_be_asked(self) -> bool:
        """Whether somebody should ask the two schools."""
        return self in (OverlapKind.TWO_SOLE, OverlapKind.DO_NOT_FIT)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Days, both included, on which two schools have the child on their rolls; ``schools`` in order of number."""

    first: date
    last: date
    kind: OverlapKind
    schools: tuple[int, int]

    @property
    def days(self) -> int:
        """How many, weekends and holidays among them."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Sessions:
    """Sessions (half days) of the child in one academic year at one school, or over all of a place."""

    possible: int
    missed: int

    @property
    def share(self) -> float | None:
        """Per cent missed; ``None`` without a possible session."""
        return 100 * self.missed / self.possible if self.possible else None


@dataclass(frozen=True, slots=True)
class RollSessions:
    """Sessions at one school; ``persistent`` as the official figure counts this enrolment, ``None`` if it does not."""

    school: int
    sessions: Sessions
    persistent: bool | None


@dataclass(frozen=True, slots=True)
class YearSessions:
    """Sessions of one academic year: on each roll, and over all rolls of each place with ONS code and name.

    ``so_far`` is true while registers of the year may still come.
    """

    year: str
    so_far: bool
    rolls: tuple[RollSessions, ...]
    together: tuple[tuple[Place, Sessions, bool | None], ...]


@dataclass(frozen=True, slots=True)
class SchoolNamed:
    """A school as a reader meets it; ``place`` and ``trust`` are names, ``None`` where not known."""

    urn: int
    name: str
    place: str | None
    trust: str | None
    sent: bool


@dataclass(frozen=True, slots=True)
class ChildHistory:
    """All that the rolls known on ``day`` say of one child; ``child`` is the smallest of its ``records``."""

    child: int
    records: tuple[int, ...]
    day: date
    stays: tuple[Stay, ...]
    gaps: tuple[Gap, ...]
    overlaps: tuple[Overlap, ...]
    years: tuple[YearSessions, ...]
    schools: dict[int, SchoolNamed]
    released: SafeTable


class ChildrenKind(StrEnum):
    """Which children a list holds: those behind a count of unusual movement, or those on several rolls."""

    ON_NO_ROLL = "on_no_roll"
    TWO_SOLE_ROLLS = "two_sole_rolls"
    SEVERAL_ROLLS = "several_rolls"
    DESTINATION_UNKNOWN = "leavers_destination_unknown"
    YEAR_10_TO_11 = "leavers_year_10_to_11"
    JOINERS = "joiners"
    LEAVERS = "leavers"
    PART_TIME_PAST_REVIEW = "part_time_past_review"
    SUSPENDED_REPEATEDLY = "suspended_three_times_or_more"
    PAST_MOST_DAYS = "suspended_past_45_days"
    NEAR_MOST_DAYS = "suspended_near_45_days"


@dataclass(frozen=True, slots=True)
class ChildLine:
    """A child in a list: counted at ``school``, in ``year_group`` there; what day and number say depends on the list.

    ``day``: last day on a roll, day of joining or leaving, of the review, or the first day on both rolls. ``number``:
    rolls, days on both, suspensions, or sessions of suspension.
    """

    child: int
    school: int
    year_group: str | None
    day: date | None
    number: int | None


@dataclass(frozen=True, slots=True)
class ChildrenListed:
    """The children of one list, at all schools of a place or at one; ``counts`` say how many lines each list has."""

    scope: Scope
    kind: ChildrenKind
    year: str
    day: date
    years: tuple[str, ...]
    counts: dict[ChildrenKind, int]
    lines: tuple[ChildLine, ...]
    names: dict[int, str]
    released: SafeTable
