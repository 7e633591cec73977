"""Follow one measure of a place, a region of many or a set of schools, and judge what changed since a year.

A region is pooled from its councils and a set from its schools: the share of all their children, not a mean of shares.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ropewalk.core.compare.intervals import Interval, combined, difference_interval
from ropewalk.core.compare.pooling import pool
from ropewalk.core.disclosure import SafeTable, already_published
from ropewalk.core.measures import Measure, Polarity, Unit, measure
from ropewalk.core.open_data.reading import Reader, Selection
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.groups import group
from ropewalk.core.schema.periods import PeriodKind, kind_of
from ropewalk.core.schema.phases import Phase
from ropewalk.core.schema.places import Place, PlaceKind, place_by_code
from ropewalk.core.use_cases.comparing import councils_of, pools_of
from ropewalk.core.use_cases.overview import comparators
from ropewalk.core.use_cases.school_detail import find_school

# What a share must count for its interval to hold: children, each once. Sessions and suspensions repeat for one child.
_EACH_ONCE = ("pupils", "children", "enrolments missing", "young people", "disadvantaged pupils")


@dataclass(frozen=True)
class Followed:
    """A measure as somebody chooses it, of a council or region by its code, or of the schools of a set by URN."""

    place: str
    measure: str
    phase: str
    group: str
    schools: tuple[int, ...] = ()


@dataclass(frozen=True)
class Reading:
    """A value for a year, with its counts where they are published; ``places`` were pooled, one stands for itself."""

    period: str
    value: float
    numerator: int | None
    denominator: int | None
    places: int
    publication: str
    definition: int

    @property
    def counts(self) -> tuple[int, int] | None:
        """Counted and out of how many, where both are known."""
        if self.numerator is None or not self.denominator:
            return None
        return self.numerator, self.denominator


@dataclass(frozen=True)
class Series:
    """Readings of one place or pool by year, the newest first."""

    where: str
    readings: tuple[Reading, ...]

    def at(self, period: str) -> Reading | None:
        """The reading for a year."""
        return next((one for one in self.readings if one.period == period), None)

    @property
    def newest(self) -> Reading | None:
        """The newest reading."""
        return self.readings[0] if self.readings else None


@dataclass(frozen=True)
class Following:
    """One's own readings, those of whom one is compared with, and every published figure they rest on."""

    measure: Measure
    own: Series
    beside: tuple[Series, ...]
    released: SafeTable


def follow(reader: Reader, wanted: Followed) -> Following:
    """Everything published by year on a measure of a place, and beside it. Raises NotFound for unknown names."""
    declared = measure(wanted.measure)
    group(wanted.group)
    place = place_by_code(find_school(reader, str(wanted.schools[0])).place if wanted.schools else wanted.place)
    figures: list[Figure] = []
    asking = _Asking(reader, wanted, figures)
    own = asking.of_schools() if wanted.schools else asking.of_place(place)
    around = comparators(reader, place)
    beside = []
    if not wanted.schools and around.neighbours:
        beside.append(Series("Statistical neighbours", asking.of_neighbours(around.neighbours)))
    wider = [*([around.region] if around.region and not wanted.schools else []), around.country]
    beside += [asking.beside(one) for one in wider if one.code != place.code]
    return Following(declared, own, tuple(one for one in beside if one.readings), already_published(figures))


@dataclass(frozen=True)
class _Asking:
    """One measure, phase and group asked of the store; every figure looked at is added to ``figures``."""

    reader: Reader
    wanted: Followed
    figures: list[Figure]

    def of_place(self, place: Place) -> Series:
        """A council as it is published; a region pooled from all its councils, and as published where none can be."""
        if place.kind is PlaceKind.REGION and measure(self.wanted.measure).unit is Unit.PERCENT:
            found: dict[str, Reading] = {}
            cells = self._cells([one.code for one in councils_of(place)], counted=True)
            for parts, pooled in pools_of(cells, place):
                counts = pooled.numerator, pooled.denominator
                found.setdefault(parts[0].period, _reading(parts[0], pooled.value, counts, pooled.places))
            if found:
                return Series(place.name, tuple(found.values()))
        return Series(place.name, self.single(place))

    def beside(self, place: Place) -> Series:
        """A region or country: of each year as published with counts, else pooled, else as published without."""
        published = {one.period: one for one in self.single(place)}
        pooled = {one.period: one for one in self.of_place(place).readings if one.counts}
        known = {period: one for period, one in published.items() if one.counts}
        found = {**published, **pooled, **known}
        return Series(place.name, tuple(found[period] for period in sorted(found, reverse=True)))

    def single(self, place: Place) -> tuple[Reading, ...]:
        """A reading for each year, from a publication with counts where there is one."""
        found: dict[str, Reading] = {}
        for cell in (*self._cells([place.code], counted=True), *self._cells([place.code])):
            if cell.value is not None and kind_of(cell.period) is PeriodKind.YEAR:
                counts = cell.numerator, cell.denominator
                found.setdefault(cell.period, _reading(cell, cell.value, counts, 1))
        return tuple(found[period] for period in sorted(found, reverse=True))

    def of_neighbours(self, places: Sequence[Place]) -> tuple[Reading, ...]:
        """Neighbours together, in years in which the counts of every one of them are published."""
        return _pooled(self._cells([one.code for one in places], counted=True), len(places))

    def of_schools(self) -> Series:
        """The schools of a set together, in years in which the counts of every one of them are published."""
        schools = [str(urn) for urn in self.wanted.schools]
        return Series("", _pooled(self._cells((), schools=schools, counted=True), len(schools)))

    def _cells(
        self, places: Sequence[str], *, schools: Sequence[str] | None = None, counted: bool = False
    ) -> list[Figure]:
        found = self.reader.figures(
            Selection(
                places=places,
                schools=schools,
                measures=[self.wanted.measure],
                # A school's figures stand under its own phase: of all phases every one is wanted.
                phases=() if schools and self.wanted.phase == Phase.ALL else [self.wanted.phase],
                groups=[self.wanted.group],
                counted=counted,
            )
        )
        self.figures.extend(found)
        return found


def _pooled(cells: Sequence[Figure], wanted: int) -> tuple[Reading, ...]:
    """Years in which one publication has the counts of all that are wanted: with one missing it is something else."""
    by_year: dict[tuple[str, str], list[Figure]] = {}
    for cell in cells:
        if kind_of(cell.period) is PeriodKind.YEAR and measure(cell.measure).unit is Unit.PERCENT:
            by_year.setdefault((cell.period, cell.source.publication), []).append(cell)
    found: dict[str, Reading] = {}
    for (period, _), parts in by_year.items():
        pooled = pool(parts)
        if pooled and len({(one.place, one.school) for one in parts}) == len(parts) == wanted:
            counts = pooled.numerator, pooled.denominator
            found.setdefault(period, _reading(parts[0], pooled.value, counts, pooled.places))
    return tuple(found.values())


def _reading(cell: Figure, value: float, counts: tuple[int | None, int | None], places: int) -> Reading:
    return Reading(cell.period, value, *counts, places, cell.source.publication, cell.definition_version)


class Outcome(StrEnum):
    """What may be said of a change, by a rule stated beforehand."""

    BETTER = "better"
    WORSE = "worse"
    HIGHER = "higher"
    LOWER = "lower"
    NO_CLEAR = "no_clear"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True)
class Judged:
    """A change between two readings, or of it against the change elsewhere, with its interval where there is one."""

    outcome: Outcome
    change: float | None = None
    interval: Interval | None = None
    why: str = ""


def judge(declared: Measure, before: Reading | None, now: Reading | None) -> Judged:
    """What changed between two readings: clear only where the 95 per cent interval of the change leaves out nought."""
    if before is None or now is None:
        return Judged(Outcome.CANNOT_TELL, why="No figure is published for one of the two years.")
    if now.period <= before.period:
        return Judged(Outcome.CANNOT_TELL, why="Nothing newer than the baseline is published yet.")
    change = now.value - before.value
    if before.definition != now.definition or before.publication != now.publication or before.places != now.places:
        return Judged(Outcome.CANNOT_TELL, change, why="The two years are not counted in the same way.")
    if not counts_children(declared) or before.counts is None or now.counts is None:
        return Judged(Outcome.CANNOT_TELL, change, why="There is no interval: it is not published how many children.")
    interval = difference_interval(now.counts, before.counts)
    return _by_interval(declared, change, interval)


def judge_beside(declared: Measure, own: Judged, other: Judged) -> Judged:
    """One's own change less the change elsewhere over the same years."""
    if own.interval is None or other.interval is None or own.change is None or other.change is None:
        return Judged(Outcome.CANNOT_TELL, why="One of the two changes has no interval.")
    between = combined(own.change, own.interval, other.change, other.interval)
    return _by_interval(declared, own.change - other.change, between)


def counts_children(declared: Measure) -> bool:
    """Whether a measure is a share of children, each counted once: only then does an interval hold."""
    return declared.unit is Unit.PERCENT and declared.numerator.startswith(_EACH_ONCE)


def _by_interval(declared: Measure, change: float, interval: Interval | None) -> Judged:
    if interval is None:
        return Judged(Outcome.CANNOT_TELL, change, why="The counts do not make a share.")
    if interval.lower <= 0 <= interval.upper:
        return Judged(Outcome.NO_CLEAR, change, interval)
    rose = interval.lower > 0
    if declared.better is Polarity.NEITHER:
        return Judged(Outcome.HIGHER if rose else Outcome.LOWER, change, interval)
    better = rose == (declared.better is Polarity.HIGHER)
    return Judged(Outcome.BETTER if better else Outcome.WORSE, change, interval)
