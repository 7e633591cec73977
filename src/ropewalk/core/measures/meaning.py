"""What a measure counts over the assembled facts of schools' returns.

Each meaning is data: engines read it and count. An *enrolment* is a child at a school in the period, however many rows
the roll has for it; a *child* is one, however many schools it goes to. A *headcount* is the number of enrolments on
roll on the day of the January census, registered there only or as their main school. Numerators and denominators are
whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

# Results are summed in ten-thousandths, so that every engine adds whole numbers.
RESULT_GRAIN = 10_000


class Session(StrEnum):
    """What a session can count as; the columns of the attendance facts."""

    PRESENT = "present"
    APPROVED = "approved"
    AUTHORISED = "authorised"
    UNAUTHORISED = "unauthorised"
    LATE = "late"
    PART_TIME = "part_time"
    SUSPENDED = "suspended"
    ILLNESS = "illness"


class Of(StrEnum):
    """What is counted: enrolments, as the Department does, or children of a place, over all their rolls there."""

    ENROLMENT = "enrolment"
    CHILD = "child"


class Direction(StrEnum):
    """Which side of a move a school is on."""

    IN = "in"
    OUT = "out"


class Movement(StrEnum):
    """How a roll changes outside the usual times, and how much of it stays."""

    JOINERS = "joiners"
    LEAVERS = "leavers"
    STABILITY = "stability"


@dataclass(frozen=True, slots=True)
class SessionShare:
    """Sessions of some kinds over possible sessions."""

    sessions: tuple[Session, ...]

    def __post_init__(self) -> None:
        """Refuse a share of nothing, and one that counts a session twice."""
        if not self.sessions or len(set(self.sessions)) != len(self.sessions):
            raise ValueError("a share of sessions needs kinds of sessions, each named once")


@dataclass(frozen=True, slots=True)
class AbsenceShare:
    """Enrolments or children that missed at least a part of their own possible sessions, over all that had any."""

    at_least: Fraction
    of: Of = Of.ENROLMENT

    def __post_init__(self) -> None:
        """Refuse a threshold that is no part of a whole."""
        if not 0 < self.at_least <= 1:
            raise ValueError("a threshold of absence lies above 0 and is at most 1")


@dataclass(frozen=True, slots=True)
class EventRate:
    """Suspensions or permanent exclusions of a category that start in the period, over the year's headcount."""

    category: str

    def __post_init__(self) -> None:
        """Refuse a category that is never counted."""
        _known_category(self.category)


@dataclass(frozen=True, slots=True)
class PupilsWithEvent:
    """Enrolments or children with at least one event of a category in the period, over those on roll on census day."""

    category: str
    of: Of = Of.ENROLMENT

    def __post_init__(self) -> None:
        """Refuse a category that is never counted."""
        _known_category(self.category)


@dataclass(frozen=True, slots=True)
class DaysLost:
    """Half days lost to events of a category that start in the period; the value is in days."""

    category: str

    def __post_init__(self) -> None:
        """Refuse a category that is never counted."""
        _known_category(self.category)


@dataclass(frozen=True, slots=True)
class Headcount:
    """Pupils on roll on census day."""


@dataclass(frozen=True, slots=True)
class HeadcountShare:
    """Pupils of a group on roll on census day, over all on roll."""

    group: str

    def __post_init__(self) -> None:
        """Refuse a share without a group."""
        if not self.group or self.group == "all":
            raise ValueError("a share of the headcount needs a group")


@dataclass(frozen=True, slots=True)
class RollMovement:
    """Enrolments that joined or left outside the usual times over the headcount, or the share of a roll that stayed."""

    movement: Movement


@dataclass(frozen=True, slots=True)
class Moves:
    """How many moves of a kind start in the period, or with ``in_force`` were going on at any time in it."""

    kind: str
    direction: Direction = Direction.OUT
    in_force: bool = False

    def __post_init__(self) -> None:
        """Refuse a move without a kind."""
        if not self.kind:
            raise ValueError("moves need a kind")


@dataclass(frozen=True, slots=True)
class Needed:
    """A result that must be at least a value."""

    assessment: str
    at_least: int


@dataclass(frozen=True, slots=True)
class ResultShare:
    """Pupils whose results are all at least what is needed, over pupils who have all these results."""

    needed: tuple[Needed, ...]

    def __post_init__(self) -> None:
        """Refuse a share of no results, and one that names a result twice."""
        names = [one.assessment for one in self.needed]
        if not names or len(set(names)) != len(names):
            raise ValueError("a share of results needs assessments, each named once")


@dataclass(frozen=True, slots=True)
class ResultMean:
    """Mean of a result over pupils who have it. The numerator is the sum in parts of ``RESULT_GRAIN``."""

    assessment: str

    def __post_init__(self) -> None:
        """Refuse a mean of nothing."""
        if not self.assessment:
            raise ValueError("a mean needs an assessment")


def _known_category(category: str) -> None:
    if category not in {"SUSP", "PERM"}:
        raise ValueError(f"events of category '{category}' are not counted; SUSP and PERM are")


Meaning = (
    SessionShare
    | AbsenceShare
    | EventRate
    | PupilsWithEvent
    | DaysLost
    | Headcount
    | HeadcountShare
    | RollMovement
    | Moves
    | ResultShare
    | ResultMean
)


def follows_children(meaning: Meaning) -> bool:
    """Whether it counts children over all their rolls: then it has figures of places only, for all phases together."""
    return isinstance(meaning, AbsenceShare | PupilsWithEvent) and meaning.of is Of.CHILD


def is_count(meaning: Meaning) -> bool:
    """Whether the numerator is the value, so that no denominator is needed."""
    return isinstance(meaning, Moves | Headcount | DaysLost)
