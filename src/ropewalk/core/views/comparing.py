"""Places beside each other, and a region pooled from its councils."""

from __future__ import annotations

from dataclasses import dataclass

from ropewalk.core.compare.pooling import Pooled
from ropewalk.core.compare.summary import Spread
from ropewalk.core.disclosure import SafeTable
from ropewalk.core.measures import Measure
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.places import Place


@dataclass(frozen=True, slots=True)
class ComparedMeasure:
    """One measure over the places compared, at the newest period any of them has.

    ``region`` is the region's own published figure. ``pooled`` is the share of all children of the places together,
    where every place's counts are published for that period; it is None otherwise.
    """

    measure: Measure
    phase: str
    group: str
    period: str
    figures: tuple[tuple[Place, Figure | None], ...]
    country: Figure | None
    region: Figure | None
    pooled: Pooled | None
    spread: Spread | None


@dataclass(frozen=True, slots=True)
class Baseline:
    """One measure of a region pooled from its councils' counts, at one period, beside what is published for it.

    ``parts`` are the figures pooled, one for each council the region had then.
    """

    measure: Measure
    phase: str
    group: str
    period: str
    pooled: Pooled
    parts: tuple[Figure, ...]
    region: Figure | None
    country: Figure | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Places beside each other; ``region`` is set when a whole region is compared, and ``baseline`` is its pool.

    ``series`` are the figures of one measure over time by place code, oldest first, when a measure was asked for.
    """

    places: tuple[Place, ...]
    region: Place | None
    rows: tuple[ComparedMeasure, ...]
    series: dict[str, tuple[Figure, ...]]
    released: SafeTable
    country: Place
    baseline: tuple[Baseline, ...] = ()
    drawn: Measure | None = None
