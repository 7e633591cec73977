"""Hiding more until every sensitive count stays uncertain enough, for every audience.

Where an audience can narrow a count down too far, the shown cells that stand in the way are those with a dual value in
its linear program; the cheapest of them is hidden. Hiding only ever widens: what passed once need not be asked again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from ropewalk.core.disclosure.protect.attacker import TOLERANCE, Attacker
from ropewalk.core.disclosure.protect.audience import Audience
from ropewalk.core.disclosure.protect.cells import Table

Told = Callable[[int, int], None]


class Repair:
    """The cells still shown, and the work of hiding more."""

    def __init__(
        self, table: Table, shown: np.ndarray, kept: np.ndarray, cost: np.ndarray, guarded: np.ndarray
    ) -> None:
        """``kept`` flags cells that may not be hidden (released before), ``guarded`` those to protect.

        ``cost`` is what hiding a cell costs. ``shown`` is changed in place.
        """
        self.table, self.shown, self.kept, self.cost, self.guarded = table, shown, kept, cost, guarded
        self.width = table.specification.width
        self.failed: set[int] = set()

    def against(self, audiences: Sequence[Audience], told: Told = lambda _done, _all: None) -> None:
        """Hide until every audience is left uncertain of every hidden cell."""
        passed = [np.zeros(len(self.shown), dtype=bool) for _ in audiences]
        while True:
            before = int(self.shown.sum())
            for index, audience in enumerate(audiences):
                self._one(audience, passed[index])
                told(index + 1, len(audiences))
            if int(self.shown.sum()) == before:
                return

    def _one(self, audience: Audience, passed: np.ndarray) -> None:
        passed |= audience.certain
        waiting = [cell for cell in self._hidden() if not passed[cell]]
        if not waiting:
            return
        attacker = Attacker(self.table, self.shown, audience.known)
        lowest, highest = self.table.counts.astype(float), self.table.counts.astype(float)
        while waiting:
            cell = waiting.pop(0)
            if passed[cell]:
                continue
            hidden = self._widen(attacker, cell, lowest, highest)
            passed |= (highest - lowest >= self.width - TOLERANCE) & ~self.shown
            passed[cell] = True
            waiting += [other for other in hidden if self.guarded[other] and not passed[other]]

    def _hidden(self) -> list[int]:
        hidden = np.flatnonzero(~self.shown & self.guarded)
        return [int(cell) for cell in hidden[np.argsort(self.table.rank[hidden])]]

    def _widen(self, attacker: Attacker, cell: int, lowest: np.ndarray, highest: np.ndarray) -> list[int]:
        """Hide until one audience is uncertain enough of one cell; gives the cells hidden for it."""
        hidden: list[int] = []
        while highest[cell] - lowest[cell] < self.width - TOLERANCE:
            blocking: set[int] = set()
            for up in (True, False):
                table, in_the_way = attacker.farthest(cell, up=up)
                blocking |= in_the_way
                if table is None:
                    highest[cell] = np.inf
                    break
                sums = self.table.matrix @ table
                np.minimum(lowest, sums, out=lowest)
                np.maximum(highest, sums, out=highest)
                if highest[cell] - lowest[cell] >= self.width - TOLERANCE:
                    break
            else:
                choice = self.cheapest(blocking)
                if choice is None:
                    self.failed.add(cell)
                    return hidden
                self.shown[choice] = False
                attacker.hide(choice)
                hidden.append(choice)
        return hidden

    def cheapest(self, blocking: set[int]) -> int | None:
        """The cell that costs least to hide, of those that may be hidden."""
        free = [cell for cell in blocking if not self.kept[cell]]
        return min(free, key=lambda cell: (self.cost[cell], cell)) if free else None
