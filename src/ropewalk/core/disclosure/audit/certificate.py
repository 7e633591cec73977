"""Proof that a hidden count is uncertain: two whole-number tables that reproduce every number given out.

Whoever doubts the solver can check them with ``holds``, which only adds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from ropewalk.core.disclosure.audit.parameters import Impossible, Parameters
from ropewalk.core.disclosure.audit.puzzle import Puzzle, Unknowns
from ropewalk.core.disclosure.audit.solver import UNBOUNDED, Solver

CLOSE = 1e-6
MOST_TURNS = 12


@dataclass(frozen=True, slots=True)
class Certificate:
    """Two tables (a whole number for each unknown) that differ in the sum of ``unknowns`` by ``width`` or more."""

    unknowns: Unknowns
    first: tuple[int, ...]
    second: tuple[int, ...]


def holds(puzzle: Puzzle, certificate: Certificate, width: int) -> bool:
    """Whether a certificate proves what it claims: addition and comparison, no solver."""
    for table in (certificate.first, certificate.second):
        if len(table) != len(puzzle.finest) or any(type(count) is not int or count < 0 for count in table):
            return False
        if any(table[unknown] != count for unknown, count in puzzle.known.items()):
            return False
        for unknowns, total in puzzle.equations.items():
            if sum(table[unknown] for unknown in unknowns) != total:
                return False
    first = sum(certificate.first[unknown] for unknown in certificate.unknowns)
    second = sum(certificate.second[unknown] for unknown in certificate.unknowns)
    return abs(first - second) >= width


class Witnesses:
    """Whole-number tables found so far; most cells are proven by tables that were found for another."""

    def __init__(self, puzzle: Puzzle, found: Parameters) -> None:
        """Nothing found yet."""
        self._parameters = found
        self._tables = np.empty((16, len(puzzle.finest)), dtype=np.int64)
        self._count = 0
        self._solver: Solver | None = None
        sets = [*puzzle.equations.items(), *((frozenset([one]), count) for one, count in puzzle.known.items())]
        columns = [unknown for unknowns, _ in sets for unknown in sorted(unknowns)]
        starts = np.cumsum([0, *(len(unknowns) for unknowns, _ in sets)])
        shape = (len(sets), len(puzzle.finest))
        self._equations = sparse.csr_matrix((np.ones(len(columns), dtype=np.int64), columns, starts), shape=shape)
        self._totals = np.array([total for _, total in sets], dtype=np.int64)

    def offer(self, table: np.ndarray | None) -> None:
        """Keep a table the solver found, where it holds whole numbers only and fits everything that was given out."""
        if table is None:
            return
        rounded = np.rint(table).astype(np.int64)
        if np.abs(table - rounded).max(initial=0.0) > CLOSE or rounded.min(initial=0) < 0:
            return
        if (self._equations @ rounded != self._totals).any():
            return
        if self._count == len(self._tables):
            self._tables = np.concatenate([self._tables, np.empty_like(self._tables)])
        self._tables[self._count] = rounded
        self._count += 1

    def prepare(self, sums: Sequence[Unknowns], width: int) -> None:
        """Look for tables that prove many sums at once, those not yet proven low and high in turn."""
        solver = Solver(self._parameters, whole=True)
        for turn in range(MOST_TURNS):
            open_sums = [one for one in sums if not self._at_hand(one, width)]
            if len(open_sums) * 20 <= len(sums):
                return
            try:
                self.offer(solver.many(open_sums, highest=turn % 2 == 0))
            except Impossible:
                return

    def prove(self, unknowns: Unknowns, width: int) -> Certificate | None:
        """A certificate for a sum, from the tables at hand or else from the solver; None where there is none."""
        found = self._at_hand(unknowns, width)
        if found is None:
            self._search(unknowns, width)
            found = self._at_hand(unknowns, width)
        return found

    def _sums(self, unknowns: Unknowns) -> np.ndarray:
        return np.asarray(self._tables[: self._count, sorted(unknowns)].sum(axis=1))

    def _at_hand(self, unknowns: Unknowns, width: int) -> Certificate | None:
        sums = self._sums(unknowns)
        if not len(sums) or sums.max() - sums.min() < width:
            return None
        return Certificate(unknowns, self._as_text(int(sums.argmin())), self._as_text(int(sums.argmax())))

    def _as_text(self, index: int) -> tuple[int, ...]:
        return tuple(self._tables[index].tolist())

    def _search(self, unknowns: Unknowns, width: int) -> None:
        """Ask for whole-number tables with the sum as low and as high as it can be, or far enough from one at hand."""
        if self._solver is None:
            self._solver = Solver(self._parameters, whole=True)
        for highest in (True, False):
            sums = self._sums(unknowns)
            enough = None
            if len(sums):
                enough = float(sums.min() + width if highest else sums.max() - width)
            try:
                value, table = self._solver.end(unknowns, highest=highest, enough=enough)
                if table is None and value == UNBOUNDED:
                    table = self._above(unknowns, width)
            except Impossible:
                return
            self.offer(table)
            if self._at_hand(unknowns, width):
                return

    def _above(self, unknowns: Unknowns, width: int) -> np.ndarray | None:
        """A table in which a sum that nothing bounds is large enough."""
        value, table = Solver(self._parameters, whole=True).end(unknowns, highest=False)
        self.offer(table)
        high = Solver(self._parameters, {unknowns: width + round(value)}, whole=True)
        return high.end(unknowns, highest=False)[1]
