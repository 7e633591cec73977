"""Figures from schools' own returns as pages show them: of a place, a trust's schools in it, or one school.

Numbers here are as they are counted, small ones too. They are for whoever may see every school's returns.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ropewalk.core.compare.movement import Movement
from ropewalk.core.disclosure import SafeTable
from ropewalk.core.measures import Measure, Question
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.periods import PeriodKind
from ropewalk.core.schema.places import Place
from ropewalk.core.views.measure_detail import GroupRow
from ropewalk.core.views.schools import SchoolFunnel
from ropewalk.core.views.weekly import Weekly


class ScopeKind(StrEnum):
    """What figures are of."""

    PLACE = "place"
    TRUST = "trust"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class Scope:
    """A place, a trust's schools in a place, or a school. ``id`` is the ONS code, the trust's slug, the URN."""

    kind: ScopeKind
    id: str
    name: str
    place: Place
    phase: str | None = None
    trust: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What was known when the figures were counted.

    ``as_of`` is the day asked for, ``None`` for now; ``recorded`` when the newest return of these schools that was
    known then was recorded (UTC). ``week`` is the newest week of the place with a register; ``so_far`` the year to
    date up to it where the academic year was still running then; ``years`` those with returns, newest first.
    """

    as_of: str | None
    recorded: str
    week: str | None
    so_far: str | None
    years: tuple[str, ...]

    @property
    def running(self) -> str | None:
        """The academic year that was still running."""
        return self.so_far[:7] if self.so_far else None

    @property
    def whole(self) -> str | None:
        """The newest academic year that was over."""
        return next((year for year in self.years if year != self.running), None)


@dataclass(frozen=True, slots=True)
class Sharing:
    """A place with schools that have sent something; ``schools`` how many."""

    place: Place
    schools: int


@dataclass(frozen=True, slots=True)
class LiveRow:
    """One measure: its newest whole year, the running year so far, the newest week, and what is published of it."""

    measure: Measure
    whole: Figure | None
    so_far: Figure | None
    week: Figure | None
    published: Figure | None


@dataclass(frozen=True, slots=True)
class LiveSection:
    """The measures that answer one question."""

    question: Question
    rows: tuple[LiveRow, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A phase, a trust or a school within a place: what it is, its name, and its figures by measure."""

    scope: Scope | None
    phase: str
    name: str
    figures: dict[str, Figure]


@dataclass(frozen=True, slots=True)
class LiveOverview:
    """Everything counted from returns of a place, trust or school, for one phase and group.

    ``compact`` are the measures by which phases, trusts and schools stand beside each other, all for ``period``.
    ``released`` holds every figure shown.
    """

    scope: Scope
    known: Known
    phase: str
    group: str
    phases: tuple[str, ...]
    groups: tuple[str, ...]
    sections: tuple[LiveSection, ...]
    compact: tuple[Measure, ...]
    period: str
    by_phase: tuple[Part, ...]
    trusts: tuple[Part, ...]
    schools: tuple[Part, ...]
    released: SafeTable


@dataclass(frozen=True, slots=True)
class Twin:
    """The official figure, which counts enrolments, and the one that follows the child, for the same pupils."""

    official: Figure
    official_measure: Measure
    child: Figure
    child_measure: Measure


@dataclass(frozen=True, slots=True)
class LiveMeasure:
    """One measure of a place, trust or school: over time by one kind of period, and at one period in all its parts.

    ``kinds`` and ``periods`` can be chosen. ``weekly`` is there when weeks are shown. ``funnel`` is over the schools
    of ``funnel_phase``. ``released`` holds every figure shown.
    """

    scope: Scope
    known: Known
    measure: Measure
    phase: str
    group: str
    kind: PeriodKind
    period: str
    phases: tuple[str, ...]
    groups: tuple[str, ...]
    kinds: tuple[PeriodKind, ...]
    periods: tuple[str, ...]
    over_time: tuple[Figure, ...]
    weekly: Weekly | None
    by_phase: tuple[Figure, ...]
    by_group: tuple[GroupRow, ...]
    by_trust: tuple[Part, ...]
    by_school: tuple[Part, ...]
    funnel: SchoolFunnel | None
    twin: Twin | None
    released: SafeTable


@dataclass(frozen=True, slots=True)
class RestsOn:
    """A submission a figure rests on: its receipt, when it was recorded (UTC), by whom, for how many schools."""

    receipt: str
    recorded: str
    by: str
    schools: int


@dataclass(frozen=True, slots=True)
class LiveProvenance:
    """A figure and all that stands behind it: receipts oldest first, how many schools were counted, the two sides."""

    scope: Scope
    known: Known
    figure: Figure
    measure: Measure
    receipts: tuple[RestsOn, ...]
    schools: int
    tables: tuple[str, ...]
    parts: tuple[Figure, ...]
    released: SafeTable


@dataclass(frozen=True, slots=True)
class PhaseMovement:
    """What there is to look into among the schools of one phase."""

    phase: str
    schools: int
    movement: Movement


@dataclass(frozen=True, slots=True)
class PlaceMovement:
    """Unusual movement of a place in one academic year; ``not_sent`` are schools without a roll for that year.

    ``day`` (ISO) is the day on which rolls and timetables are looked at. ``names`` are schools by URN; ``released``
    holds no figure: everything shown is a count.
    """

    scope: Scope
    known: Known
    year: str
    day: str
    phases: tuple[PhaseMovement, ...]
    not_sent: tuple[int, ...]
    names: dict[int, str]
    released: SafeTable


def slug(name: str) -> str:
    """A trust's name as it stands in an address: ``rigging-multi-academy-trust``."""
    plain = "".join(c if c.isascii() and c.isalnum() else " " for c in name.lower())
    return "-".join(plain.split())
