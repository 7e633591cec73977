"""How a measure is declared."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum

from ropewalk.core.measures.meaning import Meaning
from ropewalk.core.schema.groups import GROUPS
from ropewalk.core.schema.periods import PeriodKind
from ropewalk.core.schema.phases import Phase


class Question(Enum):
    """The questions a place asks; measures are grouped by them, in this order."""

    IN_SCHOOL = ("in-school", "Are children in school?")
    SUSPENDED = ("suspended", "Are they suspended or excluded?")
    ACHIEVE = ("achieve", "Do they achieve?")
    GAP = ("gap", "Is the gap closing?")
    AFTER = ("after", "What comes after?")
    WHO = ("who", "Who are the children?")

    def __init__(self, slug: str, words: str) -> None:
        """Keep slug (for addresses) and words (for headings)."""
        self.slug = slug
        self.words = words


class Unit(StrEnum):
    """Unit of a measure's value."""

    PERCENT = "percent"
    COUNT = "count"
    SCORE = "score"
    POINTS = "percentage_points"
    SCORE_POINTS = "score_points"
    RATE_PER_10000 = "rate_per_10000"
    GRADE = "grade"
    RANK = "rank"


class Polarity(StrEnum):
    """Which way is better for children. NEITHER where a higher or lower value is no judgement."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


@dataclass(frozen=True)
class Lait:
    """Row of the Department's Local Authority Interactive Tool that holds this measure for a phase and group.

    ``places`` are the decimal places its dictionary gives (``None``: none given). ``calendar`` marks rows whose
    year is a calendar year and stays one.
    """

    short_description: str
    phase: Phase = Phase.ALL
    group: str = "all"
    places: int | None = None
    calendar: bool = False


@dataclass(frozen=True)
class Gap:
    """A measure that is the value of one group less the value of another, for the same place, phase and period."""

    measure: str
    of: str
    less: str


@dataclass(frozen=True, kw_only=True)
class Measure:
    """What a figure means: official definition, source, unit, which way is better, and how it may be cut.

    ``denominator`` and ``numerator`` say in words what is counted. ``smallest_period`` is the shortest period the
    measure makes sense for. ``headline`` is the phase and group shown first. ``digits`` are the decimal places shown.
    ``not_collected`` are periods in which nobody collected it. ``meaning`` says what is counted over schools' own
    returns; ``None`` where they do not hold what is needed.
    """

    id: str
    title: str
    question: Question
    summary: str
    definition: str
    source: str
    source_url: str
    unit: Unit
    better: Polarity
    digits: int = 1
    version: int = 1
    numerator: str = ""
    denominator: str = ""
    smallest_period: PeriodKind = PeriodKind.YEAR
    lait: tuple[Lait, ...] = ()
    gap: Gap | None = None
    headline: tuple[Phase, str] = (Phase.ALL, "all")
    order: int = 100
    on_place_page: bool = True
    notes: tuple[str, ...] = ()
    not_collected: tuple[str, ...] = ()
    meaning: Meaning | None = None

    def __post_init__(self) -> None:
        """Refuse a declaration that is not complete."""
        if not self.id.isidentifier() or self.id.lower() != self.id:
            raise ValueError(f"measure id '{self.id}' must be lower case letters, digits and underscores")
        for name in ("title", "summary", "definition", "source"):
            if not getattr(self, name).strip():
                raise ValueError(f"measure '{self.id}' has no {name}")
        for row in self.lait:
            if row.group not in GROUPS:
                raise ValueError(f"measure '{self.id}' names the unknown group '{row.group}'")
        if self.gap and not {self.gap.of, self.gap.less} <= GROUPS.keys():
            raise ValueError(f"measure '{self.id}' is a gap between unknown groups")
