"""Showing again what need not be hidden: repair hides one cell at a time and sometimes more than was needed in the end.

A hidden cell may be shown where every audience can still find, for every sensitive cell, two tables that fit all that
is shown and lie far enough apart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from ropewalk.core.disclosure.protect.audience import Audience
from ropewalk.core.disclosure.protect.cells import Table
from ropewalk.core.disclosure.protect.explorer import Explorer
from ropewalk.core.disclosure.protect.freedom import Freedom
from ropewalk.core.disclosure.protect.pool import Pool

TOLERANCE = 1e-6
# Linear programs asked at most, so that large tables end in time. Counted, not timed: the answer never varies.
MOST_QUESTIONS = 60_000
MOST_TABLES = 800
MOST_TIES = 20

Told = Callable[[int, int], None]


class _Asked:
    """An audience with what is open to it: tables it cannot rule out, and a program to find more."""

    def __init__(self, freedom: Freedom, guarded: np.ndarray, width: int) -> None:
        self.width = width
        moving = np.diff(freedom.follows.indptr) > 0
        self.pool = Pool(freedom, np.flatnonzero(guarded & moving), MOST_TABLES)
        self.explorer = Explorer(freedom)
        self.questions = 0
        self._shown: list[int] = []

    def unsure_with(self, cell: int) -> bool:
        """Whether the audience stays unsure of everything when one more cell is shown. Ties that cell down."""
        self.explorer.tie(cell)
        low, high = self.pool.reach_with(cell)
        while True:
            open_questions = np.flatnonzero(high - low < self.width - TOLERANCE)
            if not len(open_questions):
                return True
            one = open_questions[np.argmin((high - low)[open_questions])]
            for up in (True, False):
                self.questions += 1
                reach = self.pool.add(self.explorer.farthest(int(self.pool.unsure[one]), up=up))
                np.minimum(low, reach, out=low)
                np.maximum(high, reach, out=high)
                if high[one] - low[one] >= self.width - TOLERANCE:
                    break
            else:
                return False

    def accept(self, cell: int) -> None:
        """The cell is shown. Now and then the free cells are found anew: there are fewer of them now."""
        self.pool.keep_with(cell)
        self._shown.append(cell)
        if len(self._shown) == MOST_TIES:
            freedom, kept = self.pool.freedom.showing(self._shown)
            self.pool.rebase(freedom, kept)
            self.explorer = Explorer(freedom)
            self._shown = []

    def refuse(self) -> None:
        """The cell stays hidden."""
        self.explorer.untie()


class Reopening:
    """Tries hidden cells one after the other, the costliest first."""

    def __init__(self, table: Table, shown: np.ndarray, guarded: np.ndarray, audiences: Sequence[Audience]) -> None:
        """``guarded`` flags the cells that must stay uncertain."""
        self.shown = shown
        width = table.specification.width
        public = Freedom.left_by(table, shown)
        self._audiences = [_Asked(public.knowing(one.known), guarded & ~one.certain, width) for one in audiences]

    def run(self, candidates: Sequence[int], told: Told = lambda _done, _all: None) -> None:
        """Show each candidate again where that leaves every audience uncertain enough."""
        for index, cell in enumerate(candidates):
            if sum(audience.questions for audience in self._audiences) > MOST_QUESTIONS:
                return
            self.shown[cell] = self._may_be_shown(cell)
            told(index + 1, len(candidates))

    def _may_be_shown(self, cell: int) -> bool:
        asked = []
        for place, audience in enumerate(self._audiences):
            asked.append(audience)
            if not audience.unsure_with(cell):
                for one in asked:
                    one.refuse()
                # Who objected last is the likeliest to object again.
                self._audiences.insert(0, self._audiences.pop(place))
                return False
        for audience in asked:
            audience.accept(cell)
        return True
