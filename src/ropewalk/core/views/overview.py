"""A place with its headline measures, and whom it is compared with."""

from __future__ import annotations

from dataclasses import dataclass

from ropewalk.core.compare.summary import Spread
from ropewalk.core.disclosure import SafeTable
from ropewalk.core.measures import Measure, Question
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.places import Place


@dataclass(frozen=True, slots=True)
class Change:
    """Difference between two figures of a measure, in its unit; ``better`` is None where no way is better."""

    before: Figure
    amount: float
    better: bool | None


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure of a place: the newest figure with a value and what it is compared with, all for the same period."""

    measure: Measure
    phase: str
    group: str
    latest: Figure
    last_year: Change | None
    since_2018_19: Change | None
    country: Figure | None
    region: Figure | None
    neighbours: Spread | None
    series: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The measures that answer one question."""

    question: Question
    rows: tuple[MeasureRow, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """A place with its comparators and sections; ``released`` holds every figure shown."""

    place: Place
    country: Place
    region: Place | None
    neighbours: tuple[Place, ...]
    sections: tuple[Section, ...]
    released: SafeTable


@dataclass(frozen=True, slots=True)
class Comparators:
    """Whom a place is compared with."""

    country: Place
    region: Place | None
    neighbours: tuple[Place, ...]

    def codes_with(self, place: Place) -> list[str]:
        """Code of the place and of everyone it is compared with, each once."""
        everyone = [place, self.country, *([self.region] if self.region else []), *self.neighbours]
        return list(dict.fromkeys(one.code for one in everyone))
