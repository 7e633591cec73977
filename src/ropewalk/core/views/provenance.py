"""A figure and all that stands behind it."""

from __future__ import annotations

from dataclasses import dataclass

from ropewalk.core.disclosure import SafeTable
from ropewalk.core.measures import Measure
from ropewalk.core.open_data.reading import Edition
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.places import Place


@dataclass(frozen=True, slots=True)
class Provenance:
    """A figure and all that stands behind it.

    ``cells`` are the columns of the published row with their text; ``parts`` the figures a gap is worked out from;
    ``superseded`` what other editions give for the same cell, kept although the figure shown stands before them.
    """

    figure: Figure
    place: Place
    measure: Measure
    edition: Edition
    cells: tuple[tuple[str, str], ...]
    quote: str
    parts: tuple[Figure, ...]
    superseded: tuple[Figure, ...]
    released: SafeTable
