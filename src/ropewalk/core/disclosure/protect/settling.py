"""Making sure that what stays possible is possible in whole children: linear programs also know half ones.

For every audience and sensitive cell two tables of whole numbers must be found that fit all that is shown and lie far
enough apart. It is seldom that they are not there; then something more is hidden.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ropewalk.core.disclosure.protect.attacker import TOLERANCE, Attacker
from ropewalk.core.disclosure.protect.explorer import Explorer
from ropewalk.core.disclosure.protect.freedom import Freedom
from ropewalk.core.disclosure.protect.repair import Repair, Told

CLOSE = 1e-6


class Settling:
    """Asks for whole numbers, and hides where there are none."""

    def __init__(self, repair: Repair) -> None:
        """``repair`` holds the cells shown and knows what hiding costs."""
        self._repair = repair

    def against(self, audiences: Sequence[np.ndarray], told: Told) -> None:
        """Hide until every audience is left uncertain in whole numbers."""
        public = Freedom.left_by(self._repair.table, self._repair.shown)
        for index, known in enumerate(audiences):
            for cell in self._doubtful(public.knowing(known)):
                self._settle(cell, known)
            told(index + 1, len(audiences))

    def _doubtful(self, freedom: Freedom) -> list[int]:
        """Cells for which two whole tables far enough apart were not found quickly."""
        moving = np.diff(freedom.follows.indptr) > 0
        cells = np.flatnonzero(self._repair.guarded & ~self._repair.shown & moving)
        follows, finest = freedom.follows[cells], freedom.follows[freedom.cell_of_finest]
        low, high = np.zeros(len(cells)), np.zeros(len(cells))
        enough = self._repair.width - TOLERANCE
        quick, thorough = Explorer(freedom), Explorer(freedom)
        for index, cell in enumerate(cells):
            for whole, up in ((False, True), (False, False), (True, True), (True, False)):
                if high[index] - low[index] >= enough:
                    break
                if whole:
                    missing = enough + (low[index] if up else -high[index])
                    moves = thorough.farthest_in_whole_steps(int(cell), up=up, enough=missing)
                else:
                    moves = quick.farthest(int(cell), up=up)
                if _whole(finest @ moves):
                    np.minimum(low, follows @ moves, out=low)
                    np.maximum(high, follows @ moves, out=high)
        return [int(cell) for cell in cells[high - low < enough]]

    def _settle(self, cell: int, known: np.ndarray) -> None:
        repair = self._repair
        while not self._apart(cell, known):
            attacker, blocking = Attacker(repair.table, repair.shown, known), set()
            for up in (True, False):
                blocking |= attacker.farthest(cell, up=up)[1]
            choice = repair.cheapest(blocking)
            if choice is None:
                repair.failed.add(cell)
                return
            repair.shown[choice] = False

    def _apart(self, cell: int, known: np.ndarray) -> bool:
        repair = self._repair
        attacker = Attacker(repair.table, repair.shown, known, whole=True)
        high, _ = attacker.farthest(cell, up=True)
        if high is None:
            return True
        low, _ = attacker.farthest(cell, up=False)
        row = repair.table.matrix[cell]
        return low is not None and bool((row @ (high - low))[0] >= repair.width - CLOSE)


def _whole(counts: np.ndarray) -> bool:
    return bool(np.abs(counts - np.rint(counts)).max(initial=0.0) <= CLOSE)
