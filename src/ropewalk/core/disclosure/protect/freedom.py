"""What the cells shown leave open: a few finest cells may still move freely, and every other cell follows them.

Shown cells are equations, and most of them repeat each other: of a thousand unknown finest cells a hundred or two are
free. Linear programs over those alone are several times faster than over all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from scipy import sparse

from ropewalk.core.disclosure.protect.cells import Table
from ropewalk.core.disclosure.protect.elimination import PRIME, reduce_by

NOTHING = 1e-9
LARGEST_NUMERATOR = 30_000


class Freedom:
    """``follows`` says how each cell (row) moves when the free finest cells (columns) move away from the true table."""

    def __init__(self, table: Table, follows: sparse.csr_matrix) -> None:
        """Use ``left_by`` and ``knowing``."""
        self.table, self.follows = table, follows

    @classmethod
    def left_by(cls, table: Table, shown: np.ndarray) -> Freedom:
        """What is free when some cells are shown."""
        rows = table.matrix.toarray().astype(np.int64)
        cells = np.flatnonzero(shown)
        for cell in cells[np.argsort(np.diff(table.matrix.indptr)[cells], kind="stable")]:
            reduce_by(rows, int(cell))
        return cls(table, sparse.csr_matrix(_fractions(rows[:, rows.any(axis=0)])))

    def _tied(self, cells: np.ndarray) -> tuple[Freedom, np.ndarray]:
        follows, kept = self.follows, np.arange(self.size)
        for cell in cells:
            follows, place = _pivoted(follows, int(cell))
            kept = np.delete(kept, place)
        return Freedom(self.table, follows), kept

    def knowing(self, known: np.ndarray) -> Freedom:
        """What is free for somebody who knows some finest cells besides."""
        return self._tied(self.cell_of_finest[known])[0]

    def showing(self, cells: Sequence[int]) -> tuple[Freedom, np.ndarray]:
        """What is free when more cells are shown, and which of the free cells these are."""
        return self._tied(np.array(cells, dtype=np.int64))

    @cached_property
    def cell_of_finest(self) -> np.ndarray:
        """The cell that is each finest cell alone."""
        matrix = self.table.matrix
        alone = np.flatnonzero(np.diff(matrix.indptr) == 1)
        cells = np.empty(matrix.shape[1], dtype=np.int64)
        cells[matrix.indices[matrix.indptr[alone]]] = alone
        return cells

    @property
    def size(self) -> int:
        """How many finest cells are free."""
        return int(self.follows.shape[1])


def _fractions(rows: np.ndarray) -> np.ndarray:
    """Rows modulo the prime as the numbers they stand for: small whole numbers, now and then a simple fraction."""
    signed = np.where(rows > PRIME // 2, rows - PRIME, rows)
    numbers = signed.astype(float)
    for value in np.unique(signed[np.abs(signed) > LARGEST_NUMERATOR]):
        numbers[signed == value] = _fraction(int(value))
    return numbers


def _fraction(residue: int) -> float:
    """The fraction of smallest terms that is ``residue`` modulo the prime (P. S. Wang, 1981)."""
    above, below = (PRIME, 0), (residue % PRIME, 1)
    while below[0] > LARGEST_NUMERATOR:
        times = above[0] // below[0]
        above, below = below, (above[0] - times * below[0], above[1] - times * below[1])
    return below[0] / below[1]


def _pivoted(follows: sparse.csr_matrix, cell: int) -> tuple[sparse.csr_matrix, Sequence[int]]:
    """All rows when one cell is tied down, and the place of the free cell that is so no longer (none: it was tied)."""
    start, end = follows.indptr[cell], follows.indptr[cell + 1]
    if start == end:
        return follows, ()
    columns, factors = follows.indices[start:end], follows.data[start:end]
    # A factor of 1 keeps whole numbers whole.
    place = int(np.argmin(np.abs(np.abs(factors) - 1.0)))
    column = follows[:, [columns[place]]]
    left = sparse.csr_matrix(follows - column @ (follows[[cell]] / factors[place]))
    left.data[np.abs(left.data) < NOTHING] = 0.0
    left.eliminate_zeros()
    kept = np.delete(np.arange(follows.shape[1]), columns[place])
    return sparse.csr_matrix(left[:, kept]), (int(columns[place]),)
