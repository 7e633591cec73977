"""A linear program over all that could be true, asked for the lowest and highest that counts can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import highspy
import numpy as np
from scipy import sparse

from ropewalk.core.disclosure.exploring.known import ALL, Cell, Fact, Meaning, blocks
from ropewalk.core.disclosure.protect.solver import INFINITY, as_rows, quiet_solver

# No school has as many pupils. A program without an end would have no answer.
MOST = 20_000
CLOSE = 1e-6

Row = tuple[dict[int, float], float, float]


class Contradiction(Exception):
    """No counts fit what was given out."""


class Possible:
    """Schools that have to do with each other and what is known of them; ``asked`` are further sets of schools."""

    def __init__(self, meaning: Meaning, facts: Sequence[Fact], asked: Sequence[frozenset[str]]) -> None:
        """Build the program. ``cells`` are the counts that must stay open: of each set of schools and each block."""
        sets = list(dict.fromkeys([*asked, *(frozenset(cell.schools) for fact in facts for cell, _ in fact.cells)]))
        self._blocks = [frozenset(block) for block in blocks(sets)]
        self._meaning = meaning
        self._columns: dict[tuple[int, str | None, str | None, str], int] = {}
        for number in range(len(self._blocks)):
            for measure in (None, *meaning.measures):
                for family, group in meaning.cuts():
                    self._columns[number, measure, family, group] = len(self._columns)
        self._model = self._built([*self._ties(), *(self._row_of(fact) for fact in facts)])
        units = list(dict.fromkeys([*sets, *self._blocks]))
        self.cells = [
            (Cell(tuple(sorted(unit)), measure, family, group), rest)
            for unit in units
            for family, group in meaning.cuts()
            for measure, rest in [(None, False), *((one, rest) for one in meaning.measures for rest in (False, True))]
        ]
        self.sums = self._matrix([self._sum(cell, rest=rest) for cell, rest in self.cells])
        number_of = {cell: number for number, (cell, rest) in enumerate(self.cells) if not rest}
        # For each the number of the cell of the pupils it is out of.
        self.pupils = np.array([number_of[cell.pupils] for cell, _ in self.cells])

    def _matrix(self, rows: Sequence[dict[int, float]]) -> sparse.csr_matrix:
        ends = np.cumsum([0, *(len(row) for row in rows)])
        values = [value for row in rows for value in row.values()]
        columns = [column for row in rows for column in row]
        return sparse.csr_matrix((values, columns, ends), shape=(len(rows), len(self._columns)))

    def _sum(self, cell: Cell, *, rest: bool = False) -> dict[int, float]:
        """A cell as columns; with ``rest`` the pupils of it whom the measure does not count."""
        inside = frozenset(cell.schools)
        numbers = [number for number, block in enumerate(self._blocks) if block <= inside]
        at = (cell.family, cell.group)
        found = {self._columns[number, cell.measure, *at]: -1.0 if rest else 1.0 for number in numbers}
        return found | ({self._columns[number, None, *at]: 1.0 for number in numbers} if rest else {})

    def _row_of(self, fact: Fact) -> Row:
        row: dict[int, float] = {}
        for cell, sign in fact.cells:
            for column in self._sum(cell):
                row[column] = row.get(column, 0.0) + sign
        return row, fact.low, fact.high

    def _ties(self) -> Iterator[Row]:
        """What holds whatever was given out."""
        at, measures = self._columns, self._meaning.measures
        for number in range(len(self._blocks)):
            for measure in (None, *measures):
                for family, groups in self._meaning.families.items():
                    parts = {at[number, measure, family, group]: 1.0 for group in groups}
                    yield {**parts, at[number, measure, None, ALL]: -1.0}, 0.0, 0.0
            for cut in self._meaning.cuts():
                for measure in measures:
                    yield {at[number, None, *cut]: 1.0, at[number, measure, *cut]: -1.0}, 0.0, INFINITY
                for inner, outer in self._meaning.within:
                    yield {at[number, outer, *cut]: 1.0, at[number, inner, *cut]: -1.0}, 0.0, INFINITY

    def _built(self, rows: Sequence[Row]) -> highspy.Highs:
        most = np.array([MOST * len(self._blocks[number]) for number, *_ in self._columns], dtype=float)
        limits = np.array([low for _, low, _ in rows]), np.array([high for _, _, high in rows])
        model = quiet_solver()
        model.passModel(as_rows(self._matrix([row for row, _, _ in rows]), (np.zeros(len(most)), most), limits))
        self._every = np.arange(len(most), dtype=np.int32)
        return model

    def ask(self, cell: Cell) -> int:
        """A new row for a cell of which nothing is said yet; gives its number."""
        row = self._sum(cell)
        columns = np.array(list(row), dtype=np.int32)
        self._model.addRow(-INFINITY, INFINITY, len(row), columns, np.array(list(row.values())))
        return int(self._model.getNumRow()) - 1

    def say(self, row: int, low: float, high: float) -> None:
        """From now on a row lies between these."""
        self._model.changeRowBounds(row, low, high)

    @contextmanager
    def supposing(self, row: int, low: float, high: float) -> Iterator[None]:
        """As if a row lay between these."""
        self.say(row, low, high)
        yield
        self.say(row, -INFINITY, INFINITY)

    def farthest(self, costs: np.ndarray) -> np.ndarray | None:
        """The sums of all cells where costs (by column) are highest; None where nothing is possible."""
        self._model.changeColsCost(len(self._every), self._every, -costs)
        self._model.run()
        status = self._model.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"the solver stopped: {self._model.modelStatusToString(status)}")
        return np.asarray(self.sums @ np.asarray(self._model.getSolution().col_value))

    def costs(self, number: int) -> np.ndarray:
        """What makes the program look for the highest that the cell of this number can be."""
        found = np.zeros(self.sums.shape[1])
        part = slice(self.sums.indptr[number], self.sums.indptr[number + 1])
        found[self.sums.indices[part]] = self.sums.data[part]
        return found

    def extent(self, number: int) -> tuple[float, float]:
        """The lowest and highest the cell of this number can be. Raises Contradiction where nothing is possible."""
        costs = self.costs(number)
        low, high = self.farthest(-costs), self.farthest(costs)
        if low is None or high is None:
            raise Contradiction
        return float(low[number]), float(high[number])
