"""The stranger's solver: how low and how high can a sum of unknowns be, given the equations?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import highspy
import numpy as np
from scipy import sparse

from ropewalk.core.disclosure.audit.parameters import Impossible, Parameters, sum_of
from ropewalk.core.disclosure.audit.puzzle import Unknowns

UNBOUNDED = float("inf")
CLOSE = 1e-9
NEARLY = 0.05
# Empty: the equations leave nothing free.
ANSWERED = (
    highspy.HighsModelStatus.kOptimal,
    highspy.HighsModelStatus.kObjectiveTarget,
    highspy.HighsModelStatus.kModelEmpty,
)


class _Silent(highspy.Highs):
    """Without the callbacks whose setting up prints a banner."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()


class Solver:
    """One program over the free unknowns; every question changes the objective only.

    ``floors`` are sums the attacker believes to be at least so much (where noughts are always shown, a c is 1 or more).
    """

    def __init__(self, found: Parameters, floors: Mapping[Unknowns, int] | None = None, *, whole: bool = False) -> None:
        """Build the program: no unknown is below 0. ``whole`` asks for whole-number tables (slower)."""
        self._found, self._size = found, len(found.free)
        dependent = np.setdiff1d(np.arange(len(found.constant)), found.free)
        sizes = np.diff(found.factors.indptr)[dependent]
        if (found.constant[dependent[sizes == 0]] < -CLOSE).any():
            raise Impossible
        dependent = dependent[sizes > 0]
        blocks, least = [found.factors[dependent]], [-found.constant[dependent]]
        for unknowns, floor in (floors or {}).items():
            constant, factors = sum_of(found, unknowns)
            if not factors.any() and constant < floor - CLOSE:
                raise Impossible
            blocks.append(sparse.csr_matrix(factors))
            least.append(np.array([floor - constant]))
        self._model = self._built(sparse.csr_matrix(sparse.vstack(blocks)), np.concatenate(least))
        self._columns = np.arange(self._size, dtype=np.int32)
        if whole:
            self._ask_for_whole_numbers(dependent)

    def _built(self, rows: sparse.csr_matrix, least: np.ndarray) -> highspy.Highs:
        lp = highspy.HighsLp()
        lp.num_row_, lp.num_col_ = rows.shape
        lp.col_cost_, lp.col_lower_ = np.zeros(self._size), np.zeros(self._size)
        lp.col_upper_ = np.full(self._size, highspy.kHighsInf)
        lp.row_lower_, lp.row_upper_ = least, np.full(len(least), highspy.kHighsInf)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = rows.indptr.astype(np.int32)
        lp.a_matrix_.index_ = rows.indices.astype(np.int32)
        lp.a_matrix_.value_ = rows.data
        model = _Silent()
        for option, value in (("output_flag", False), ("threads", 1), ("simplex_strategy", 4), ("presolve", "off")):
            model.setOptionValue(option, value)
        model.passModel(lp)
        return model

    def _ask_for_whole_numbers(self, dependent: np.ndarray) -> None:
        """Free unknowns are whole, and where that is not enough, the others as columns of their own."""
        if not self._found.whole:
            for row in range(len(dependent)):
                # The other unknown takes its row's place: row minus unknown is the constant.
                column = self._model.getNumCol()
                constant = float(-self._found.constant[dependent[row]])
                self._model.addCol(0.0, 0.0, highspy.kHighsInf, 1, np.array([row], dtype=np.int32), np.array([-1.0]))
                self._model.changeRowBounds(row, constant, constant)
                self._model.changeColIntegrality(column, highspy.HighsVarType.kInteger)
        kinds = np.full(self._size, int(highspy.HighsVarType.kInteger), dtype=np.uint8)
        self._model.changeColsIntegrality(self._size, self._columns, kinds)
        self._model.setOptionValue("presolve", "on")

    def end(self, unknowns: Unknowns, *, highest: bool, enough: float | None = None) -> tuple[float, np.ndarray | None]:
        """Lowest or highest value of a sum, with a table that reaches it; infinite where nothing bounds it.

        With ``enough`` any table that reaches so much will do.
        """
        constant, factors = sum_of(self._found, unknowns)
        target = -highspy.kHighsInf
        if enough is not None:
            target = constant - enough if highest else enough - constant
        self._model.setOptionValue("objective_target", target)
        table = self._best(factors, highest=highest)
        return (UNBOUNDED, None) if table is None else (float(table[sorted(unknowns)].sum()), table)

    def many(self, sums: Sequence[Unknowns], *, highest: bool) -> np.ndarray | None:
        """A table in which many sums together are nearly as low (or high) as can be; None where nothing bounds them."""
        self._model.setOptionValue("objective_target", -highspy.kHighsInf)
        self._model.setOptionValue("mip_rel_gap", NEARLY)
        table = self._best(np.sum([sum_of(self._found, one)[1] for one in sums], axis=0), highest=highest)
        self._model.setOptionValue("mip_rel_gap", 0.0)
        return table

    def _best(self, factors: np.ndarray, *, highest: bool) -> np.ndarray | None:
        self._model.changeColsCost(self._size, self._columns, -factors if highest else factors)
        self._model.run()
        status = self._model.getModelStatus()
        if status in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            return None
        if status == highspy.HighsModelStatus.kInfeasible:
            raise Impossible
        if status not in ANSWERED:
            raise RuntimeError(f"the solver stopped: {self._model.modelStatusToString(status)}")
        free = np.asarray(self._model.getSolution().col_value)[: self._size]
        table: np.ndarray = self._found.constant + self._found.factors @ free
        return table
