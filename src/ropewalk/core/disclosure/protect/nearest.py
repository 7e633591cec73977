"""The nearest table in which a hidden cell is so much higher or lower: few children move, and mostly whole ones.

The farthest table often moves half children all over the place. The nearest seldom does, and is found much faster than
by asking for whole numbers.
"""

from __future__ import annotations

import highspy
import numpy as np
from scipy import sparse

from ropewalk.core.disclosure.protect.freedom import Freedom
from ropewalk.core.disclosure.protect.solver import INFINITY, as_rows, quiet_solver


class Nearest:
    """One linear program over what comes to and what leaves each free cell; its last row is the question."""

    def __init__(self, freedom: Freedom) -> None:
        """No question is asked yet."""
        self._freedom = freedom
        self._all = np.arange(2 * freedom.size, dtype=np.int32)
        parts = freedom.follows[freedom.cell_of_finest]
        moving = np.flatnonzero(np.diff(parts.indptr))
        rows = sparse.csr_matrix(sparse.hstack([parts[moving], -parts[moving]]))
        least = -freedom.table.finest[moving].astype(float)
        columns = np.zeros(len(self._all)), np.full(len(self._all), INFINITY)
        self._model = quiet_solver()
        self._model.passModel(as_rows(rows, columns, (least, np.full(len(least), INFINITY))))
        self._model.changeColsCost(len(self._all), self._all, np.ones(len(self._all)))
        self._question = len(least)

    def moves(self, cell: int, by: float) -> np.ndarray | None:
        """The smallest move of the free cells that takes a cell up (or down) by so much; None where there is none."""
        factors = self._freedom.follows[[cell]].toarray().ravel()
        both = np.concatenate([factors, -factors])
        places = np.flatnonzero(both).astype(np.int32)
        low, high = (by, INFINITY) if by > 0 else (-INFINITY, by)
        self._model.addRow(low, high, len(places), places, both[places])
        self._model.run()
        status = self._model.getModelStatus()
        values = np.asarray(self._model.getSolution().col_value)
        self._model.deleteRows(1, np.array([self._question], dtype=np.int32))
        if status != highspy.HighsModelStatus.kOptimal:
            return None
        moves: np.ndarray = values[: self._freedom.size] - values[self._freedom.size :]
        return moves
