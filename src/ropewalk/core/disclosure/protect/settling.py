"""Making sure that what stays possible is possible in whole children: linear programs also know half ones.

For every audience and sensitive cell two tables of whole numbers must be found that fit all that is shown and lie far
enough apart. It is seldom that they are not there; then something more is hidden.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np

from ropewalk.core.disclosure.protect.attacker import TOLERANCE, Attacker
from ropewalk.core.disclosure.protect.audience import Audience
from ropewalk.core.disclosure.protect.explorer import Explorer
from ropewalk.core.disclosure.protect.freedom import Freedom
from ropewalk.core.disclosure.protect.giving_way import cells_to_give_way
from ropewalk.core.disclosure.protect.repair import Repair, Told
from ropewalk.core.disclosure.protect.solver import INFINITY

CLOSE = 1e-6


class Settling:
    """Asks for whole numbers, and hides where there are none."""

    def __init__(self, repair: Repair) -> None:
        """``repair`` holds the cells shown and knows what hiding costs."""
        self._repair = repair

    def against(self, audiences: Sequence[Audience], told: Told) -> None:
        """Hide until every audience is left uncertain in whole numbers."""
        public = Freedom.left_by(self._repair.table, self._repair.shown)
        for index, audience in enumerate(audiences):
            for cell in self.doubtful(public, audience):
                self._settle(cell, audience.known)
            told(index + 1, len(audiences))

    def doubtful(self, public: Freedom, audience: Audience) -> list[int]:
        """Guarded cells for which two whole tables far enough apart were not found quickly."""
        freedom = public.knowing(audience.known)
        cells = np.flatnonzero(self._repair.guarded & ~self._repair.shown & ~audience.certain)
        follows, finest = freedom.follows[cells], freedom.follows[freedom.cell_of_finest]
        low, high = np.zeros(len(cells)), np.zeros(len(cells))
        enough = self._repair.width - TOLERANCE
        quick, thorough = Explorer(freedom), Explorer(freedom)
        # Whole numbers last: most cells are settled by tables that were found for others.
        for whole, index, up in product((False, True), range(len(cells)), (True, False)):
            if high[index] - low[index] >= enough:
                continue
            if whole:
                missing = enough + (low[index] if up else -high[index])
                moves = thorough.farthest_in_whole_steps(int(cells[index]), up=up, enough=missing)
            else:
                moves = quick.farthest(int(cells[index]), up=up)
            if _whole(finest @ moves):
                np.minimum(low, follows @ moves, out=low)
                np.maximum(high, follows @ moves, out=high)
        return [int(cell) for cell in cells[high - low < enough]]

    def _settle(self, cell: int, known: np.ndarray) -> None:
        below, above = self._reach(cell, known)
        missing = round(self._repair.width - below - above) if above < INFINITY else 0
        if missing <= 0:
            return
        for more in range(missing, -1, -1):
            up = self._giving_way(cell, above + more, known) if more else []
            down = self._giving_way(cell, -(below + missing - more), known) if more < missing else []
            if up is not None and down is not None:
                self._repair.shown[[*up, *down]] = False
                return
        self._repair.failed.add(cell)

    def _giving_way(self, cell: int, by: float, known: np.ndarray) -> list[int] | None:
        repair = self._repair
        return cells_to_give_way(repair.table, repair.shown, repair.kept, repair.cost, known, (cell, by)) or None

    def _reach(self, cell: int, known: np.ndarray) -> tuple[float, float]:
        """How far a cell can be moved in whole children, down and up."""
        repair = self._repair
        attacker = Attacker(repair.table, repair.shown, known, whole=True)
        row, count = repair.table.matrix[cell], float(repair.table.counts[cell])
        high, _ = attacker.farthest(cell, up=True)
        if high is None:
            return 0.0, INFINITY
        low, _ = attacker.farthest(cell, up=False)
        return count - float((row @ low)[0]) if low is not None else 0.0, float((row @ high)[0]) - count


def _whole(counts: np.ndarray) -> bool:
    return bool(np.abs(counts - np.rint(counts)).max(initial=0.0) <= CLOSE)
