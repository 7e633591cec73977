"""Free exploration by signed-in analysts: every figure rounded to a midpoint of six, and audited with intervals.

0 stays 0, 1 to 6 becomes 3, 7 to 12 becomes 9, and so on (OpenSAFELY's midpoint-6). Each figure is rounded once, from
the true count, so totals do not add up and nothing can be re-summed from rounded parts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from ropewalk.core.disclosure.audit.puzzle import lay_out
from ropewalk.core.disclosure.audit.released import ReleasedTable
from ropewalk.core.errors import InputRefused, Problem

STEP = 6
SMALLEST_WIDTH = 2
CLOSE = 1e-6

Coordinates = tuple[str, ...]


def midpoint(count: int) -> int:
    """A count as it is shown: 0, or the middle (rounded down) of the six it is among. Raises ValueError below 0."""
    if count < 0:
        raise ValueError("a count is at least 0")
    return 0 if count == 0 else (count + STEP - 1) // STEP * STEP - STEP // 2


def spanned(shown: int) -> tuple[int, int]:
    """The counts that are shown as this figure. Raises ValueError for one that no count is shown as."""
    if shown and (shown < 0 or shown % STEP != STEP // 2):
        raise ValueError(f"no count is shown as {shown}")
    return (shown - STEP // 2 + 1, shown + STEP // 2) if shown else (0, 0)


def rounded(cells: Mapping[Coordinates, int]) -> dict[Coordinates, int]:
    """Every cell of a table as it is shown."""
    return {coordinates: midpoint(count) for coordinates, count in cells.items()}


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a stranger can prove of a rounded figure that is not 0: the count lies from ``low`` to ``high``."""

    table: str
    coordinates: Coordinates
    low: int
    high: int

    @property
    def safe(self) -> bool:
        """Whether at least ``SMALLEST_WIDTH`` steps stay open."""
        return self.high - self.low >= SMALLEST_WIDTH


def audit_rounded(tables: Sequence[ReleasedTable]) -> list[Narrowed]:
    """How far each figure that is not 0 can be narrowed down from all of them together.

    Figures that stand for the same children are one. Raises InputRefused when no counts fit the figures.
    """
    puzzle = lay_out(tables)
    if puzzle.contradictions:
        raise _contradiction()
    cells = list(puzzle.equations.items())
    try:
        ends = [spanned(shown) for _, shown in cells]
    except ValueError as error:
        raise InputRefused([Problem(f"A figure was not rounded here: {error}.", "Round it first.")]) from error
    rows = np.repeat(np.arange(len(cells)), [len(unknowns) for unknowns, _ in cells])
    columns = [unknown for unknowns, _ in cells for unknown in sorted(unknowns)]
    shape = (len(cells), len(puzzle.finest))
    matrix = sparse.csr_matrix((np.ones(len(columns)), (rows, columns)), shape=shape)
    low, high = (np.array([end[side] for end in ends], dtype=float) for side in (0, 1))
    limits = sparse.csr_matrix(sparse.vstack([matrix, -matrix])), np.concatenate([high, -low])
    return [
        Narrowed(*puzzle.shown_at[unknowns], *_proven(*limits, row))
        for row, (unknowns, shown) in enumerate(cells)
        if shown
    ]


def _contradiction() -> InputRefused:
    problem = Problem("The figures contradict each other: no counts fit them.", "Check that they go together.")
    return InputRefused([problem])


def _proven(matrix: sparse.csr_matrix, limits: np.ndarray, row: int) -> tuple[int, int]:
    """The whole numbers between which a sum must lie."""
    sum_of_row = matrix[[row]].toarray().ravel()
    found = []
    for way in (1.0, -1.0):
        answer = linprog(way * sum_of_row, A_ub=matrix, b_ub=limits, method="highs")
        if answer.status != 0:
            raise _contradiction()
        found.append(way * answer.fun)
    return int(np.ceil(found[0] - CLOSE)), int(np.floor(found[1] + CLOSE))
