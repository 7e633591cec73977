"""How high and how low a hidden cell can be, asked over the free finest cells only."""

from __future__ import annotations

import highspy
import numpy as np

from ropewalk.core.disclosure.protect.freedom import Freedom
from ropewalk.core.disclosure.protect.solver import INFINITY, as_rows, quiet_solver

# A free cell is not followed further up than this: whoever cannot tell a count by hundreds cannot tell it at all.
FARTHEST = 1000.0
CLOSE = 1e-9
NEARLY = 0.05
# Empty: no cell is free.
ANSWERED = (
    highspy.HighsModelStatus.kOptimal,
    highspy.HighsModelStatus.kObjectiveTarget,
    highspy.HighsModelStatus.kModelEmpty,
)


class Explorer:
    """One linear program; its objective changes with every question, its rows when a cell is tied down.

    Answers are moves of the free cells away from the true table.
    """

    def __init__(self, freedom: Freedom) -> None:
        """No cell is tied down yet."""
        self.freedom = freedom
        self._model = self._built()
        self._rows = self._model.getNumRow()
        self._all = np.arange(freedom.size, dtype=np.int32)
        self.ties = 0

    def _built(self) -> highspy.Highs:
        follows, finest = self.freedom.follows, self.freedom.table.finest
        parts = follows[self.freedom.cell_of_finest]
        bound = -finest.astype(float)
        # The lowest a free cell can go stands in its bounds; a finest cell that follows others needs a row.
        sizes = np.diff(parts.indptr)
        alone = np.flatnonzero(sizes == 1)
        alone = alone[np.abs(parts.data[parts.indptr[alone]] - 1.0) < CLOSE]
        low = np.full(self.freedom.size, -FARTHEST)
        np.maximum.at(low, parts.indices[parts.indptr[alone]], bound[alone])
        others = np.setdiff1d(np.flatnonzero(sizes), alone)
        model = quiet_solver()
        model.setOptionValue("simplex_strategy", 4)
        high = np.full(self.freedom.size, FARTHEST)
        model.passModel(as_rows(parts[others], (low, high), (bound[others], np.full(len(others), INFINITY))))
        return model

    def tie(self, cell: int) -> None:
        """Hold a cell at its true count, as if it were shown."""
        indices, factors = self._row(cell)
        self._model.addRow(0.0, 0.0, len(indices), indices, factors)
        self.ties += 1

    def untie(self) -> None:
        """Let the cell go that was tied down last."""
        self._model.deleteRows(1, np.array([self._rows + self.ties - 1], dtype=np.int32))
        self.ties -= 1

    def _row(self, cell: int) -> tuple[np.ndarray, np.ndarray]:
        follows = self.freedom.follows
        part = slice(follows.indptr[cell], follows.indptr[cell + 1])
        return follows.indices[part].astype(np.int32), follows.data[part]

    def farthest(self, cell: int, *, up: bool) -> np.ndarray:
        """The move that takes a cell as high (or low) as can be, or as far as anybody cares."""
        indices, factors = self._row(cell)
        wanted = np.zeros(self.freedom.size)
        wanted[indices] = factors
        return self._best(wanted if up else -wanted)

    def _best(self, wanted: np.ndarray) -> np.ndarray:
        self._model.changeColsCost(len(self._all), self._all, -wanted)
        self._model.run()
        status = self._model.getModelStatus()
        if status not in ANSWERED:
            raise RuntimeError(f"the solver stopped: {self._model.modelStatusToString(status)}")
        return np.asarray(self._model.getSolution().col_value)


class WholeExplorer(Explorer):
    """As an explorer, in whole moves of the free cells: slower. Not for a cell that is tied down."""

    def __init__(self, freedom: Freedom) -> None:
        """Whole numbers from the start: a program that was solved without them before is not always solved well."""
        super().__init__(freedom)
        kinds = np.full(len(self._all), int(highspy.HighsVarType.kInteger), dtype=np.uint8)
        self._model.changeColsIntegrality(len(kinds), self._all, kinds)
        self._model.setOptionValue("presolve", "on")

    def far_enough(self, cell: int, enough: float, *, up: bool) -> np.ndarray:
        """A move that takes a cell ``enough`` far up (or down), or else as far as can be."""
        self._model.setOptionValue("objective_target", -enough)
        self._model.setOptionValue("mip_rel_gap", 0.0)
        self._model.clearSolver()
        return np.asarray(np.rint(self.farthest(cell, up=up)))

    def nearly_farthest(self, wanted: np.ndarray) -> np.ndarray:
        """A move that takes many cells far at once; ``wanted`` is what a child more in each free cell is worth."""
        self._model.setOptionValue("objective_target", -INFINITY)
        self._model.setOptionValue("mip_rel_gap", NEARLY)
        self._model.clearSolver()
        return np.asarray(np.rint(self._best(wanted)))
