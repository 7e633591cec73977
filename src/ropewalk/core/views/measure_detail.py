"""One measure of a place: over time, by phase, by group with the gap, and among all councils."""

from __future__ import annotations

from dataclasses import dataclass

from ropewalk.core.compare.intervals import Interval
from ropewalk.core.compare.summary import Spread
from ropewalk.core.disclosure import SafeTable
from ropewalk.core.measures import Measure
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.places import Place
from ropewalk.core.views.overview import Comparators


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One period of the trend: the place, country, region and the spread of the neighbours."""

    period: str
    own: Figure | None
    country: Figure | None
    region: Figure | None
    neighbours: Spread | None


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group, the group it is compared with, the gap and its 95 % interval where counts are known."""

    group: str
    own: Figure
    interval: Interval | None
    other: Figure | None
    gap: float | None
    gap_interval: Interval | None
    country: Figure | None


@dataclass(frozen=True, slots=True)
class StripPoint:
    """A council among all councils at one period."""

    place: Place
    figure: Figure
    role: str  # "own", "neighbour" or "other"


@dataclass(frozen=True, slots=True)
class MeasureDetail:
    """Everything the measure page shows for one phase and group; ``released`` holds every figure shown."""

    place: Place
    others: Comparators
    measure: Measure
    phase: str
    group: str
    phases: tuple[str, ...]
    groups: tuple[str, ...]
    period: str
    trend: tuple[TrendPoint, ...]
    phases_period: str
    by_phase: tuple[Figure, ...]
    groups_period: str
    by_group: tuple[GroupRow, ...]
    strip: tuple[StripPoint, ...]
    all_councils: Spread | None
    released: SafeTable

    @property
    def latest(self) -> Figure | None:
        """The place's own figure at the newest period."""
        return next((point.own for point in reversed(self.trend) if point.own and point.own.value is not None), None)
