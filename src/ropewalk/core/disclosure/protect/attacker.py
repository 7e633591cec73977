"""What can be worked out from the cells shown, by linear programming: the lowest and highest a hidden count can be.

The attacker knows that counts are at least 0, every cell that is shown and, as an insider, its own finest cells. One
model is kept and only its objective changes, so that each question starts from the answer to the one before.
"""

from __future__ import annotations

import highspy
import numpy as np

from ropewalk.core.disclosure.protect.cells import Table
from ropewalk.core.disclosure.protect.solver import INFINITY, as_rows, quiet_solver

TOLERANCE = 1e-6


class Attacker:
    """One audience. ``known`` are finest cells it knows besides what is shown (an insider's own rows)."""

    def __init__(self, table: Table, shown: np.ndarray, known: np.ndarray, *, whole: bool = False) -> None:
        """Build the model: a column for each finest cell, a row for each shown cell of several.

        ``whole`` asks for whole children: slower, and nothing is said then of what is in the way.
        """
        self._matrix = table.matrix
        size = table.matrix.shape[1]
        low, high = np.zeros(size), np.full(size, INFINITY)
        self._single: dict[int, int] = {}
        self._row: dict[int, int] = {}
        self._cell_of_row: list[int] = []
        self._counts = counts = table.counts.astype(float)
        for cell in np.flatnonzero(shown):
            columns = self._columns(int(cell))
            if len(columns) == 1:
                low[columns[0]] = high[columns[0]] = counts[cell]
                self._single[int(cell)] = int(columns[0])
            else:
                self._row[int(cell)] = len(self._cell_of_row)
                self._cell_of_row.append(int(cell))
        low[known] = high[known] = table.finest[known]
        self._own = set(known.tolist())
        self._model = self._built(low, high, counts[self._cell_of_row])
        self._objective = np.empty(0, dtype=np.int32)
        self._whole = whole
        if whole:
            kinds = np.full(size, int(highspy.HighsVarType.kInteger), dtype=np.uint8)
            self._model.changeColsIntegrality(size, np.arange(size, dtype=np.int32), kinds)
            self._model.setOptionValue("presolve", "on")

    def _columns(self, cell: int) -> np.ndarray:
        return np.asarray(self._matrix.indices[self._matrix.indptr[cell] : self._matrix.indptr[cell + 1]])

    def _built(self, low: np.ndarray, high: np.ndarray, values: np.ndarray) -> highspy.Highs:
        model = quiet_solver()
        model.setOptionValue("simplex_strategy", 4)
        model.passModel(as_rows(self._matrix[self._cell_of_row], (low, high), (values, values)))
        return model

    def hide(self, cell: int) -> None:
        """Forget a cell that is shown no longer."""
        if cell in self._row:
            self._model.changeRowBounds(self._row.pop(cell), -INFINITY, INFINITY)
        elif cell in self._single:
            column = self._single.pop(cell)
            if column not in self._own:
                self._model.changeColBounds(column, 0.0, INFINITY)

    def farthest(self, cell: int, *, up: bool) -> tuple[np.ndarray | None, set[int]]:
        """A table that fits all that is known with a cell as high (or low) as can be, and the shown cells in its way.

        The table is None where the cell can be as high as one likes.
        """
        columns = self._columns(cell).astype(np.int32)
        # 1, or -1 for what a change takes away.
        factors = self._matrix.data[self._matrix.indptr[cell] : self._matrix.indptr[cell + 1]].astype(float)
        self._model.changeColsCost(len(self._objective), self._objective, np.zeros(len(self._objective)))
        self._model.changeColsCost(len(columns), columns, -factors if up else factors)
        self._objective = columns
        self._model.run()
        status = self._model.getModelStatus()
        if status in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            return None, set()
        if status != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"the solver stopped: {self._model.modelStatusToString(status)}")
        solution = self._model.getSolution()
        if self._whole:
            return np.rint(solution.col_value), set()
        rows = np.flatnonzero(np.abs(np.asarray(solution.row_dual)) > TOLERANCE)
        blocking = {self._cell_of_row[row] for row in rows if self._cell_of_row[row] in self._row}
        duals = np.asarray(solution.col_dual)
        blocking |= {
            shown
            for shown, column in self._single.items()
            if column not in self._own and abs(duals[column]) > TOLERANCE
        }
        return np.asarray(solution.col_value), blocking
