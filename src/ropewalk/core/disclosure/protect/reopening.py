"""Showing again what need not be hidden: repair hides one cell at a time and sometimes more than was needed in the end.

For every audience and sensitive cell two tables are kept that fit all that is shown and lie far enough apart. A hidden
cell may be shown where such tables can still be found for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from ropewalk.core.disclosure.protect.attacker import TOLERANCE, Attacker
from ropewalk.core.disclosure.protect.cells import Table

# Linear programs asked at most, so that large tables end in time. Counted, not timed: the answer never varies.
MOST_QUESTIONS = 60_000

Told = Callable[[int, int], None]


@dataclass
class _Audience:
    attacker: Attacker
    unsure: list[int]
    witnesses: dict[int, tuple[np.ndarray, np.ndarray]] = field(default_factory=dict)


class Reopening:
    """Tries hidden cells one after the other, the costliest first."""

    def __init__(self, table: Table, shown: np.ndarray, guarded: np.ndarray, audiences: Sequence[np.ndarray]) -> None:
        """``guarded`` flags the cells that must stay uncertain."""
        self.table, self.shown = table, shown
        self.width = table.specification.width
        self._audiences = [self._audience(known, guarded) for known in audiences]

    def _audience(self, known: np.ndarray, guarded: np.ndarray) -> _Audience:
        others = np.ones(self.table.matrix.shape[1], dtype=np.int64)
        others[known] = 0
        unsure = np.flatnonzero(guarded & ~self.shown & (np.asarray(self.table.matrix @ others) > 0))
        return _Audience(Attacker(self.table, self.shown, known), [int(cell) for cell in unsure])

    def run(self, candidates: Sequence[int], told: Told = lambda _done, _all: None) -> None:
        """Show each candidate again where that leaves every audience uncertain enough."""
        for index, cell in enumerate(candidates):
            if sum(audience.attacker.questions for audience in self._audiences) > MOST_QUESTIONS:
                return
            for audience in self._audiences:
                audience.attacker.show(cell)
            if all(self._still_unsure(audience, cell) for audience in self._audiences):
                self.shown[cell] = True
            else:
                for audience in self._audiences:
                    audience.attacker.hide(cell)
            told(index + 1, len(candidates))

    def _still_unsure(self, audience: _Audience, cell: int) -> bool:
        row, count = self.table.matrix[cell], self.table.counts[cell]

        def stands(witness: np.ndarray) -> bool:
            return bool(abs((row @ witness)[0] - count) <= TOLERANCE)

        broken = [
            one
            for one in audience.unsure
            if one not in audience.witnesses or not all(stands(table) for table in audience.witnesses[one])
        ]
        # Cells that hold the same children are the likeliest to be given away: asked first, they end a vain try soon.
        near = np.asarray((self.table.matrix[broken] @ row.T).todense()).ravel() if broken else np.empty(0)
        fresh = {}
        for place in np.argsort(-near, kind="stable"):
            one = broken[place]
            tables = self._apart(audience.attacker, one)
            if tables is None:
                return False
            if tables:
                fresh[one] = tables
        audience.witnesses |= fresh
        return True

    def _apart(self, attacker: Attacker, cell: int) -> tuple[np.ndarray, np.ndarray] | tuple[()] | None:
        """Two tables that fit what is shown and differ enough in a cell; None where there are none.

        Empty where the cell can be as high as one likes: no table to keep, so it is asked again the next time.
        """
        row = self.table.matrix[cell]
        truth = self.table.finest.astype(float)
        high, _ = attacker.farthest(cell, up=True)
        if high is None:
            return ()
        if (row @ high)[0] - self.table.counts[cell] >= self.width - TOLERANCE:
            return truth, high
        low, _ = attacker.farthest(cell, up=False)
        if low is not None and (row @ (high - low))[0] >= self.width - TOLERANCE:
            return low, high
        return None
