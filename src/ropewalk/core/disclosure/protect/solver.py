"""The solver as protection uses it: silent, on one thread, from the basis it is given."""

from __future__ import annotations

import highspy
import numpy as np
from scipy import sparse

INFINITY = highspy.kHighsInf


class _Quiet(highspy.Highs):
    """A solver without the callbacks whose setting up prints a banner; we need none of them."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()


def quiet_solver() -> highspy.Highs:
    """A solver with no model yet."""
    model = _Quiet()
    # Threads must be the same for all models of a process. Presolve would throw the last basis away.
    for name, value in (("output_flag", False), ("threads", 1), ("presolve", "off")):
        model.setOptionValue(name, value)
    return model


def as_rows(
    matrix: sparse.csr_matrix, columns: tuple[np.ndarray, np.ndarray], rows: tuple[np.ndarray, np.ndarray]
) -> highspy.HighsLp:
    """A linear program without costs: a matrix, lowest and highest values of its columns and of its rows."""
    program = highspy.HighsLp()
    program.num_row_, program.num_col_ = matrix.shape
    program.col_cost_ = np.zeros(matrix.shape[1])
    program.col_lower_, program.col_upper_ = columns
    program.row_lower_, program.row_upper_ = rows
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = matrix.indptr.astype(np.int32)
    program.a_matrix_.index_ = matrix.indices.astype(np.int32)
    program.a_matrix_.value_ = matrix.data.astype(float)
    return program
