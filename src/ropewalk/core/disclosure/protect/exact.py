"""The cheapest pattern there is, as a check on the fast one: for tables of two dimensions up to some 1,500 cells.

Which cells to hide is a whole-number program. Whether a pattern protects a count is a linear program, and its dual
values say, where it does not, which cells would help and by how much: one more condition for the first (Benders' cuts;
M. Fischetti and J. J. Salazar, Models and algorithms for the 2-dimensional cell suppression problem, 1999).
"""

from __future__ import annotations

import highspy
import numpy as np
from scipy import sparse

from ropewalk.core.disclosure.protect.cells import Table
from ropewalk.core.disclosure.protect.solver import INFINITY, as_rows, quiet_solver

MOST_CELLS = 1_500
# How far above the truth a hidden cell is taken to go, in widths; more never helped.
RISE = 20.0
CLOSE = 1e-6
MOST_ROUNDS, MOST_NODES = 60, 5_000
SHOWN, FREE, HIDDEN = 0, 1, 2


def cheapest_pattern(
    table: Table, sensitive: np.ndarray, cost: np.ndarray, free: np.ndarray | None = None
) -> np.ndarray | None:
    """Flags of the cells to hide, sensitive ones among them, at the least total ``cost``; for the public alone.

    ``free`` says of each cell 1 where the choice is ours, 0 where it is shown anyway, 2 where it is hidden anyway. None
    where the search took too long. Raises ValueError for larger tables: they may take for ever.
    """
    if len(table.counts) > MOST_CELLS:
        raise ValueError(f"{len(table.counts)} cells are more than {MOST_CELLS}")
    given = np.ones(len(cost), dtype=np.int64) if free is None else free
    choice = _Choice(sensitive | (given == HIDDEN), given != SHOWN, cost)
    attack, rounds, hidden = _Attack(table), 0, np.zeros(len(cost))
    for whole in (False, True):
        cuts = [np.zeros(0)]
        while cuts:
            rounds += 1
            best = choice.best(whole=whole)
            if best is None or rounds > MOST_ROUNDS:
                return None
            hidden = best
            cuts = attack.cuts(hidden, np.flatnonzero(sensitive))
            for cut in cuts:
                choice.add(cut, attack.width)
    return np.asarray(hidden > 0.5)


class _Choice:
    """Which cells to hide, by what is known so far."""

    def __init__(self, must: np.ndarray, may: np.ndarray, cost: np.ndarray) -> None:
        self._low, self._high, self._cost = must.astype(float), may.astype(float), cost.astype(float)
        self._cuts: list[np.ndarray] = []
        self._width = 0.0

    def best(self, *, whole: bool) -> np.ndarray | None:
        """The cheapest choice; None where it took too long or there is none.

        Built anew each time: a model that was solved without whole numbers before did not always find the best.
        """
        size = len(self._cost)
        cuts = sparse.csr_matrix(np.array(self._cuts)) if self._cuts else sparse.csr_matrix((0, size))
        least = np.full(cuts.shape[0], self._width)
        model = quiet_solver()
        model.setOptionValue("presolve", "on")
        model.passModel(as_rows(cuts, (self._low, self._high), (least, np.full(len(least), INFINITY))))
        columns = np.arange(size, dtype=np.int32)
        model.changeColsCost(size, columns, self._cost)
        if whole:
            model.changeColsIntegrality(
                size, columns, np.full(size, int(highspy.HighsVarType.kInteger), dtype=np.uint8)
            )
        model.setOptionValue("mip_max_nodes", MOST_NODES)
        model.run()
        if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return np.asarray(model.getSolution().col_value).clip(0.0, 1.0)

    def add(self, helps: np.ndarray, width: float) -> None:
        self._cuts.append(np.where(helps > CLOSE, np.minimum(helps, width), 0.0))
        self._width = width


class _Attack:
    """How far a count can be from the truth when cells are hidden, wholly or in part."""

    def __init__(self, table: Table) -> None:
        self.width = float(table.specification.width)
        self._matrix = table.matrix
        self._low = table.counts.astype(float)
        self._high = np.full(len(table.counts), RISE * self.width)
        free = np.full(table.matrix.shape[1], INFINITY)
        self._model = quiet_solver()
        still = np.zeros(len(table.counts))
        self._model.passModel(as_rows(table.matrix, (-free, free), (still, still)))
        self._columns = np.arange(table.matrix.shape[1], dtype=np.int32)

    def cuts(self, hidden: np.ndarray, cells: np.ndarray) -> list[np.ndarray]:
        """For each cell that is not protected how much each hidden cell would help."""
        for cell, part in enumerate(hidden):
            self._model.changeRowBounds(cell, float(-self._low[cell] * part), float(self._high[cell] * part))
        found = []
        for cell in cells:
            helps = self._helps(int(cell), 1.0) + self._helps(int(cell), -1.0)
            if helps @ hidden < self.width - CLOSE:
                found.append(helps)
        return found

    def _helps(self, cell: int, way: float) -> np.ndarray:
        cost = np.zeros(len(self._columns))
        cost[self._matrix.indices[self._matrix.indptr[cell] : self._matrix.indptr[cell + 1]]] = -way
        self._model.changeColsCost(len(cost), self._columns, cost)
        self._model.run()
        duals = np.asarray(self._model.getSolution().row_dual)
        return np.asarray(np.maximum(duals, 0.0) * self._low + np.maximum(-duals, 0.0) * self._high)
