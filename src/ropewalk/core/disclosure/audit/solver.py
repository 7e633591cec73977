"""The stranger's solver: how low and how high can a sum of unknowns be, given the equations?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import highspy
import numpy as np

from ropewalk.core.disclosure.audit.puzzle import Puzzle, Unknowns

UNBOUNDED = float("inf")


class _Silent(highspy.Highs):
    """Without the callbacks whose setting up prints a banner."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()


class Solver:
    """One linear program over the unknowns; every question changes the objective only.

    ``floors`` are sums the attacker believes to be at least so much (where noughts are always shown, a c is 1 or more).
    """

    def __init__(self, puzzle: Puzzle, floors: Mapping[Unknowns, int] | None = None, *, whole: bool = False) -> None:
        """Build the program; ``whole`` asks for whole-number tables (slower)."""
        self._size = len(puzzle.finest)
        low, high = np.zeros(self._size), np.full(self._size, highspy.kHighsInf)
        rows: list[tuple[Sequence[int], float, float]] = []
        for unknowns, total in puzzle.equations.items():
            rows.append((sorted(unknowns), float(total), float(total)))
        for unknowns, least in (floors or {}).items():
            rows.append((sorted(unknowns), float(least), highspy.kHighsInf))
        for unknown, count in puzzle.known.items():
            low[unknown] = high[unknown] = float(count)
        self._model = self._built(rows, low, high)
        if whole:
            kinds = np.full(self._size, int(highspy.HighsVarType.kInteger), dtype=np.uint8)
            self._model.changeColsIntegrality(self._size, np.arange(self._size, dtype=np.int32), kinds)
        self._asked: list[int] = []
        self._extra_row = len(rows)

    def _built(
        self, rows: Sequence[tuple[Sequence[int], float, float]], low: np.ndarray, high: np.ndarray
    ) -> highspy.Highs:
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self._size, len(rows)
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = np.zeros(self._size), low, high
        lp.row_lower_ = np.array([row[1] for row in rows])
        lp.row_upper_ = np.array([row[2] for row in rows])
        index = [unknown for unknowns, _, _ in rows for unknown in unknowns]
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *(len(row[0]) for row in rows)]).astype(np.int32)
        lp.a_matrix_.index_ = np.array(index, dtype=np.int32)
        lp.a_matrix_.value_ = np.ones(len(index))
        model = _Silent()
        for option, value in (("output_flag", False), ("threads", 1), ("simplex_strategy", 4)):
            model.setOptionValue(option, value)
        model.passModel(lp)
        return model

    def end(self, unknowns: Unknowns, *, highest: bool) -> tuple[float, np.ndarray | None]:
        """Lowest or highest value of a sum, with a table that reaches it; infinite where nothing bounds it."""
        model = self._model
        cleared = np.array(self._asked, dtype=np.int32)
        model.changeColsCost(len(cleared), cleared, np.zeros(len(cleared)))
        self._asked = sorted(unknowns)
        columns = np.array(self._asked, dtype=np.int32)
        model.changeColsCost(len(columns), columns, np.full(len(columns), -1.0 if highest else 1.0))
        model.run()
        status = model.getModelStatus()
        if status in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            return UNBOUNDED, None
        if status == highspy.HighsModelStatus.kInfeasible:
            raise Impossible
        if status != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"the solver stopped: {model.modelStatusToString(status)}")
        table = np.asarray(model.getSolution().col_value)
        return float(table[self._asked].sum()), table

    def bound(self, unknowns: Unknowns, low: float, high: float) -> None:
        """From now on keep a sum between two numbers; replaces the bound set before."""
        columns = np.array(sorted(unknowns), dtype=np.int32)
        if self._model.getNumRow() > self._extra_row:
            self._model.deleteRows(1, np.array([self._extra_row], dtype=np.int32))
        self._model.addRow(low, min(high, highspy.kHighsInf), len(columns), columns, np.ones(len(columns)))


class Impossible(Exception):
    """No table fits what was given out: the releases contradict each other, or what the insider knows."""
