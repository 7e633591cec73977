"""Statistical neighbours of one school, with the published figures that made them near."""

from __future__ import annotations

from dataclasses import dataclass

from ropewalk.core.compare.school_neighbours import SchoolNeighbours
from ropewalk.core.disclosure import SafeTable
from ropewalk.core.measures import Measure
from ropewalk.core.open_data.reading import School
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.places import Place


@dataclass(frozen=True, slots=True)
class NeighbourRow:
    """A school with its figures by measure id; ``distance`` is ``None`` for the school whose neighbours they are."""

    school: School
    place: Place
    distance: float | None
    figures: dict[str, Figure]


@dataclass(frozen=True, slots=True)
class SchoolNeighbourhood:
    """A school, its nearest schools first, and all that decided it.

    ``measures`` are the circumstances that can be weighed, with their ``weights`` and the ``periods`` whose figures
    are compared; ``not_published`` are those without any figure of this school. ``answer`` is ``None`` where too
    little is published to compare at all.
    """

    school: School
    place: Place
    measures: tuple[Measure, ...]
    weights: dict[str, float]
    periods: dict[str, str]
    not_published: tuple[Measure, ...]
    answer: SchoolNeighbours | None
    own: NeighbourRow
    nearest: tuple[NeighbourRow, ...]
    released: SafeTable
