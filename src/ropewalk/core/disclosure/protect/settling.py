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
from ropewalk.core.disclosure.protect.explorer import Explorer, WholeExplorer
from ropewalk.core.disclosure.protect.freedom import Freedom
from ropewalk.core.disclosure.protect.giving_way import cells_to_give_way
from ropewalk.core.disclosure.protect.nearest import Nearest
from ropewalk.core.disclosure.protect.repair import Repair, Told
from ropewalk.core.disclosure.protect.solver import INFINITY

CLOSE = 1e-6
MOST_TURNS = 20


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
        search = _Search(freedom, cells, self._repair.width)
        search.together()
        for way in (search.farthest, search.nearest, search.in_whole_steps):
            for index, up in product(range(len(cells)), (True, False)):
                if not search.settled[index]:
                    way(index, up=up)
        return [int(cell) for cell in cells[~search.settled]]

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


class _Search:
    """How low and how high cells can be in the whole tables found so far, and ways to find more."""

    def __init__(self, freedom: Freedom, cells: np.ndarray, width: int) -> None:
        self._cells, self._enough = cells, width - TOLERANCE
        self._follows, self._finest = freedom.follows[cells], freedom.follows[freedom.cell_of_finest]
        self._low, self._high = np.zeros(len(cells)), np.zeros(len(cells))
        # How far halves could go, down and up: whole tables go no further.
        self._reach = np.zeros((2, len(cells)))
        self._quick, self._thorough, self._near = Explorer(freedom), WholeExplorer(freedom), Nearest(freedom)

    @property
    def settled(self) -> np.ndarray:
        """Flags of cells for which two whole tables lie far enough apart."""
        return np.asarray(self._high - self._low >= self._enough)

    def _missing(self, index: int, *, up: bool) -> float:
        return float(self._enough + (self._low[index] if up else -self._high[index]))

    def together(self) -> None:
        """Move all cells that are not settled, up and down in turn, while that settles many at once."""
        for turn in range(MOST_TURNS):
            before = int(self.settled.sum())
            wanted = np.asarray(self._follows[~self.settled].sum(axis=0)).ravel()
            if not wanted.any():
                return
            self._keep(self._thorough.nearly_farthest(-wanted if turn % 2 else wanted))
            if turn % 2 and (self.settled.sum() - before) * 100 < len(self._cells):
                return

    def farthest(self, index: int, *, up: bool) -> None:
        moves = self._quick.farthest(int(self._cells[index]), up=up)
        self._reach[int(up), index] = np.abs(self._follows[[index]] @ moves)[0]
        self._keep(moves)

    def nearest(self, index: int, *, up: bool) -> None:
        by = float(min(np.ceil(self._missing(index, up=up)), np.floor(self._reach[int(up), index] + CLOSE)))
        moves = self._near.moves(int(self._cells[index]), by if up else -by) if by else None
        if moves is not None:
            self._keep(moves)

    def in_whole_steps(self, index: int, *, up: bool) -> None:
        enough = self._missing(index, up=up)
        self._keep(self._thorough.far_enough(int(self._cells[index]), enough, up=up))

    def _keep(self, moves: np.ndarray) -> None:
        counts = self._finest @ moves
        if np.abs(counts - np.rint(counts)).max(initial=0.0) <= CLOSE:
            np.minimum(self._low, self._follows @ moves, out=self._low)
            np.maximum(self._high, self._follows @ moves, out=self._high)
