"""How far a count is rounded, settled before anybody looks at it.

A figure may be given out in a step when, *whichever* of the steps it lay in, nobody could then narrow any count down
too far. Only what was given out before decides. If the count itself decided, that a step was widened would tell of it:
six schools with one child each and a total of 6 would be known from the total being shown as "1 to 12".

How far a count can be narrowed when a sum lies in a window is a concave function of where the window is; so of all
steps alike only the lowest and the highest need to be tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice, takewhile

import numpy as np

from ropewalk.core.disclosure.exploring.known import Cell
from ropewalk.core.disclosure.exploring.possible import CLOSE, MOST, Contradiction, Possible
from ropewalk.core.disclosure.exploring.steps import SMALLEST_WIDTH, STEP, STEPS, Band, bands, bands_below
from ropewalk.core.errors import InputRefused, Problem

# Bands put together at an end before a wider step is tried.
TRIES = 6
# Programs that push all cells at once, this way and that, before single ones are asked about.
PUSHES = 6
# A count that can be anything is withheld where more counts than this are possible.
MOST_OPEN = 96


class Rounding:
    """Gives out cells of some schools one by one, each rounded so that all counts stay open."""

    def __init__(self, possible: Possible) -> None:
        """Begin with what is known."""
        self._possible = possible
        self._number = {cell: number for number, (cell, rest) in enumerate(possible.cells) if not rest}
        size = len(possible.cells)
        # What is narrower than it should be from releases alone stays as it is.
        self._needed = np.full(size, float(SMALLEST_WIDTH))
        self._is_settled = np.zeros(size, dtype=bool)
        self._signs = np.random.default_rng(0).choice((-1.0, 1.0), size=(PUSHES, size))

    def give(self, cell: Cell, count: int) -> Band | None:
        """The band a count is shown as, from now on known; None where it is withheld.

        Raises InputRefused when the count does not fit what was given out before.
        """
        row = self._possible.ask(cell)
        low, high = self._extent(self._number[cell])
        lowest, highest = int(np.ceil(low - CLOSE)), int(np.floor(high + CLOSE))
        if not lowest <= count <= highest:
            raise other_returns()
        nought = cell.measure is None
        found = self._ends(row, lowest, highest, nought=nought)
        if found is None:
            return None
        bottom, top, step = found
        if count in bottom:
            band = bottom
        elif top and count >= top.low:
            band = top
        else:
            band = next(one for one in bands(count, step, nought=nought) if count in one)
        self._possible.say(row, band.low, band.high)
        return band

    def narrows_more_than(self, without: Possible) -> bool:
        """Whether any count is too narrow here and wider ``without`` some of what is known here; both have these cells.

        Raises InputRefused when what is known contradicts itself.
        """
        self._extent(0)
        return any(width < _width(*without.extent(number)) for number, width in self._narrow())

    def _ends(self, row: int, lowest: int, highest: int, *, nought: bool) -> tuple[Band, Band | None, int] | None:
        """The bands at both ends of what is possible and the step between them, the finest that leaves all open.

        Without any a cell is shown as all it can be, which tells nothing new, or withheld where that is too wide. The
        band above is None where there is no end to what is possible.
        """
        endless = highest >= MOST / 2
        for step in STEPS:
            upwards = takewhile(lambda band: band.low <= highest, bands(lowest, step, nought=nought))
            bottom = self._end(row, upwards)
            downwards = takewhile(lambda band: band.high >= lowest, bands_below(highest, step))
            top = None if endless or bottom is None else self._end(row, downwards)
            if bottom and (endless or (top and bottom.high < top.low)):
                return bottom, top, step
        if highest - lowest > MOST_OPEN:
            return None
        if nought and highest == 0:
            return Band(0, 0), None, STEP
        first = next(bands(lowest, STEP, nought=nought and lowest > 0))
        return Band(first.low, (highest + STEP - 1) // STEP * STEP if highest else STEP), None, STEP

    def _end(self, row: int, towards_middle: Iterator[Band]) -> Band | None:
        """Bands from an end put together until they, and the next one, leave all counts open; None if they never do."""
        listed = list(islice(towards_middle, TRIES + 1))
        for number, beyond in enumerate(listed[1:]):
            together = listed[0].together(listed[number])
            if self._all_open(row, together) and self._all_open(row, beyond):
                return together
        return None

    def _all_open(self, row: int, band: Band) -> bool:
        """Whether all counts would stay open if the row were shown as this band."""
        with self._possible.supposing(row, band.low, band.high):
            narrow = self._narrow()
        return all(self._known_already(number, width) for number, width in narrow)

    def _narrow(self) -> list[tuple[int, float]]:
        """Cells that can be narrowed down too far, with the width that stays; all others stay open."""
        low, high = np.full(len(self._needed), np.inf), np.full(len(self._needed), -np.inf)

        def widen(costs: np.ndarray) -> bool:
            found = self._possible.farthest(costs)
            if found is not None:
                np.minimum(low, found, out=low)
                np.maximum(high, found, out=high)
            return found is not None

        failing = np.arange(len(low))
        for signs in self._signs:
            costs = np.asarray(signs[failing] @ self._possible.sums[failing])
            if not (widen(costs) and widen(-costs)):
                return []
            failing = np.flatnonzero(_width(low, high) < self._needed)
            if not len(failing):
                return []
        return self._still_narrow(failing, low, high, widen)

    def _still_narrow(
        self, failing: np.ndarray, low: np.ndarray, high: np.ndarray, widen: Callable[[np.ndarray], bool]
    ) -> list[tuple[int, float]]:
        """Those of some cells that are too narrow, each asked about by itself as far as the others did not tell."""
        found = []
        for number in map(int, failing):
            costs = self._possible.costs(number)
            for way in (costs, -costs):
                if _width(low[number], high[number]) < self._needed[number]:
                    widen(way)
            width = float(_width(low[number], high[number]))
            if width < self._needed[number] and not self._is_of_nobody(number):
                found.append((number, width))
                if self._is_settled[number]:
                    break
        return found

    def _is_of_nobody(self, number: int) -> bool:
        """Whether there are no pupils whom a cell could be of: then nothing is told of anybody."""
        return self._extent(int(self._possible.pupils[number]))[1] < CLOSE

    def _known_already(self, number: int, width: float) -> bool:
        """Whether a cell is as narrow without the band: releases have told it, and nothing can guard it now."""
        if not self._is_settled[number]:
            self._needed[number] = min(self._needed[number], _width(*self._extent(number)))
            self._is_settled[number] = True
        return bool(width >= self._needed[number])

    def _extent(self, number: int) -> tuple[float, float]:
        try:
            return self._possible.extent(number)
        except Contradiction:
            raise other_returns() from None


def _width(low: np.ndarray | float, high: np.ndarray | float) -> np.ndarray:
    """How many steps lie between whole numbers."""
    return np.asarray(np.floor(np.asarray(high) + CLOSE) - np.ceil(np.asarray(low) - CLOSE))


def other_returns() -> InputRefused:
    """What is said where counts do not fit what was given out."""
    what = "Schools have sent other returns since figures of this place and period were given out."
    return InputRefused([Problem(what, "What changed would tell of single children. Ask for another period.")])
