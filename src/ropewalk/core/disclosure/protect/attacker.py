"""What can be worked out from the cells shown, by linear programming: the lowest and highest a hidden count can be.

The attacker knows that counts are at least 0, every cell that is shown and, as an insider, its own finest cells. One
model is kept and only its objective changes, so that each question starts from the answer to the one before.
"""

from __future__ import annotations

import highspy
import numpy as np

from ropewalk.core.disclosure.protect.cells import Table

TOLERANCE = 1e-6
INFINITY = highspy.kHighsInf


class _Quiet(highspy.Highs):
    """A solver without the callbacks whose setting up prints a banner; we need none of them."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()


class Attacker:
    """One audience. ``known`` are finest cells it knows besides what is shown (an insider's own rows)."""

    def __init__(self, table: Table, shown: np.ndarray, known: np.ndarray) -> None:
        """Build the model: a column for each finest cell, a row for each shown cell of several."""
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
        self.questions = 0

    def _columns(self, cell: int) -> np.ndarray:
        return np.asarray(self._matrix.indices[self._matrix.indptr[cell] : self._matrix.indptr[cell + 1]])

    def _built(self, low: np.ndarray, high: np.ndarray, values: np.ndarray) -> highspy.Highs:
        part = self._matrix[self._cell_of_row]
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(low), part.shape[0]
        lp.col_cost_ = np.zeros(len(low))
        lp.col_lower_, lp.col_upper_ = low, high
        lp.row_lower_, lp.row_upper_ = values, values
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = part.indptr.astype(np.int32)
        lp.a_matrix_.index_ = part.indices.astype(np.int32)
        lp.a_matrix_.value_ = part.data.astype(float)
        model = _Quiet()
        # Threads must be the same for all models of a process.
        for name, value in (("output_flag", False), ("threads", 1), ("simplex_strategy", 4), ("presolve", "off")):
            model.setOptionValue(name, value)
        model.passModel(lp)
        return model

    def hide(self, cell: int) -> None:
        """Forget a cell that is shown no longer."""
        if cell in self._row:
            self._model.changeRowBounds(self._row.pop(cell), -INFINITY, INFINITY)
        elif cell in self._single:
            column = self._single.pop(cell)
            if column not in self._own:
                self._model.changeColBounds(column, 0.0, INFINITY)

    def show(self, cell: int) -> None:
        """Take a cell as shown."""
        value = float(self._counts[cell])
        columns = self._columns(cell).astype(np.int32)
        if len(columns) == 1:
            self._single[cell] = int(columns[0])
            self._model.changeColBounds(int(columns[0]), value, value)
        else:
            self._row[cell] = len(self._cell_of_row)
            self._cell_of_row.append(cell)
            self._model.addRow(value, value, len(columns), columns, np.ones(len(columns)))

    def farthest(self, cell: int, *, up: bool) -> tuple[np.ndarray | None, set[int]]:
        """A table that fits all that is known with a cell as high (or low) as can be, and the shown cells in its way.

        The table is None where the cell can be as high as one likes.
        """
        self.questions += 1
        columns = self._columns(cell).astype(np.int32)
        self._model.changeColsCost(len(self._objective), self._objective, np.zeros(len(self._objective)))
        self._model.changeColsCost(len(columns), columns, np.full(len(columns), -1.0 if up else 1.0))
        self._objective = columns
        self._model.run()
        status = self._model.getModelStatus()
        if status in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            return None, set()
        if status != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"the solver stopped: {self._model.modelStatusToString(status)}")
        solution = self._model.getSolution()
        rows = np.flatnonzero(np.abs(np.asarray(solution.row_dual)) > TOLERANCE)
        blocking = {self._cell_of_row[row] for row in rows if self._cell_of_row[row] in self._row}
        duals = np.asarray(solution.col_dual)
        blocking |= {
            shown
            for shown, column in self._single.items()
            if column not in self._own and abs(duals[column]) > TOLERANCE
        }
        return np.asarray(solution.col_value), blocking
