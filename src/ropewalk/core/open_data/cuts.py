"""Cuts: the current figures of every place for one measure, phase and group, kept in memory once they were asked for.

Pages about different places ask for the same few cuts again and again, and finding one among millions of figures takes
longer than all the rest of a page. Rows are kept as they come; a row becomes a Figure when somebody looks at it.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic, TypeVar

from ropewalk.core.schema.figure import Figure

Name = TypeVar("Name", bound=Hashable)
Thing = TypeVar("Thing")
Row = tuple[Any, ...]


class Kept(Generic[Name, Thing]):
    """The things asked for most recently, at most so many; safe to share between threads."""

    def __init__(self, most: int) -> None:
        """Keep nothing yet."""
        self._most = most
        self._things: OrderedDict[Name, Thing] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, names: Sequence[Name], make: Callable[[list[Name]], dict[Name, Thing]]) -> list[Thing]:
        """The things of these names, in their order; ``make`` is called once for all that are not kept."""
        with self._lock:
            absent = [name for name in dict.fromkeys(names) if name not in self._things]
            made = make(absent) if absent else {}
            found = [made[name] if name in made else self._things[name] for name in names]
            for name in dict.fromkeys(names):
                self._things[name] = made[name] if name in made else self._things[name]
                self._things.move_to_end(name)
            while len(self._things) > self._most:
                self._things.popitem(last=False)
        return found


class Cut:
    """The figures of one measure, phase and group, by place and period."""

    def __init__(self, figure: Callable[[Row], Figure]) -> None:
        """An empty cut; ``figure`` makes a Figure of a row."""
        self._figure = figure
        self._by_place: dict[str, dict[str, Row | Figure]] = {}

    def add(self, place: str, period: str, row: Row) -> None:
        """Add a row; the rows of a place come newest period first."""
        self._by_place.setdefault(place, {})[period] = row

    def at(self, place: str, period: str | None) -> Figure | None:
        """The figure of a place in a period, where there is one."""
        cells = self._by_place.get(place)
        row = cells.get(period) if cells and period else None
        if cells is None or period is None or row is None:
            return None
        if isinstance(row, Figure):
            return row
        figure = cells[period] = self._figure(row)
        return figure

    def series(self, place: str) -> list[Figure]:
        """All figures of a place, newest period first."""
        found = (self.at(place, period) for period in list(self._by_place.get(place, ())))
        return [figure for figure in found if figure is not None]
