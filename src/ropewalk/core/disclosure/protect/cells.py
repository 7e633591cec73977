"""The cells of a table: every combination of values, roll-up members and totals, over the finest cells.

Two names for the same children (a trust with one school is that school) are one cell: it is shown under both or under
neither.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product

import numpy as np
from scipy import sparse

from ropewalk.core.disclosure.protect.specification import Specification

TOTAL = "*"
Coordinates = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """One place along a dimension: its names, the values it sums over, its level (2 total, 1 roll-up, 0 value)."""

    names: tuple[str, ...]
    members: tuple[int, ...]
    level: int


@dataclass(frozen=True)
class Table:
    """All cells of a table over a grid of finest cells.

    ``matrix`` has a row for each cell and a column for each finest cell (1 where the cell holds it). ``names`` are the
    coordinates under which a cell is shown. ``rank`` orders cells, most important first. ``finest`` are the counts.
    ``whole`` flags cells of the place as a whole.
    """

    specification: Specification
    values: tuple[tuple[str, ...], ...]
    matrix: sparse.csr_matrix
    names: tuple[tuple[Coordinates, ...], ...]
    finest: np.ndarray
    counts: np.ndarray
    rank: np.ndarray
    whole: np.ndarray

    def only(self, cells: np.ndarray) -> Table:
        """The table with some of its cells (by their places); the finest cells stay as they are."""
        names = tuple(self.names[cell] for cell in cells)
        matrix = sparse.csr_matrix(self.matrix[cells])
        parts = self.counts[cells], self.rank[cells], self.whole[cells]
        return Table(self.specification, self.values, matrix, names, self.finest, *parts)

    def columns_of(self, dimension: str, members: Sequence[int]) -> np.ndarray:
        """The finest cells of some values of a dimension."""
        axis = self.specification.dimensions.index(dimension)
        grid = np.arange(len(self.finest)).reshape([len(values) for values in self.values])
        return np.take(grid, list(members), axis=axis).ravel()

    def insiders(self) -> list[np.ndarray]:
        """For each insider the finest cells it knows."""
        found = []
        for name in self.specification.insiders:
            if name in self.specification.dimensions:
                axis = self.specification.dimensions.index(name)
                found += [self.columns_of(name, [index]) for index in range(len(self.values[axis]))]
            else:
                rollup = next(r for r in self.specification.rollups if r.name == name)
                axis = self.specification.dimensions.index(rollup.dimension)
                for member in sorted(set(rollup.of.values())):
                    inside = [i for i, value in enumerate(self.values[axis]) if rollup.of.get(value) == member]
                    if inside:
                        found.append(self.columns_of(rollup.dimension, inside))
        return found


def make_table(
    specification: Specification, counts: Mapping[Coordinates, int], values: Sequence[Sequence[str]]
) -> Table:
    """All cells over the grid of ``values`` (for each dimension its values); finest cells without a count hold 0."""
    positions = tuple(_positions(specification, axis, list(of)) for axis, of in enumerate(values))
    parts = [_membership(of, len(values[axis])) for axis, of in enumerate(positions)]
    matrix = sparse.csr_matrix(reduce(lambda left, right: sparse.kron(left, right, format="csr"), parts))
    finest = np.array([counts.get(coordinates, 0) for coordinates in product(*values)], dtype=np.int64)
    cells = list(product(*positions))
    names = tuple(tuple(product(*(position.names for position in cell))) for cell in cells)
    sums = np.asarray(matrix @ finest, dtype=np.int64)
    units = max(range(len(values)), key=lambda axis: len(values[axis]))
    return Table(
        specification,
        tuple(tuple(of) for of in values),
        matrix,
        names,
        finest,
        sums,
        _ranked(cells, sums, units),
        np.array([cell[units].level == 2 for cell in cells]),
    )


def _positions(specification: Specification, axis: int, values: list[str]) -> tuple[Position, ...]:
    """Total, roll-up members and values along a dimension; those over the same values are one position."""
    dimension = specification.dimensions[axis]
    found: dict[tuple[int, ...], tuple[list[str], int]] = {}

    def add(name: str, members: list[int], level: int) -> None:
        if members:
            names, coarsest = found.setdefault(tuple(members), ([], level))
            names.append(name)
            found[tuple(members)] = (names, max(coarsest, level))

    add(TOTAL, list(range(len(values))), 2)
    for rollup in (r for r in specification.rollups if r.dimension == dimension):
        for member in sorted(set(rollup.of.values())):
            add(f"{rollup.name}={member}", [i for i, value in enumerate(values) if rollup.of.get(value) == member], 1)
    for index, value in enumerate(values):
        add(value, [index], 0)
    return tuple(Position(tuple(names), members, level) for members, (names, level) in found.items())


def _membership(positions: Sequence[Position], size: int) -> sparse.csr_matrix:
    rows = [row for row, position in enumerate(positions) for _ in position.members]
    columns = [member for position in positions for member in position.members]
    return sparse.csr_matrix((np.ones(len(rows), dtype=np.int64), (rows, columns)), shape=(len(positions), size))


def _ranked(cells: Sequence[tuple[Position, ...]], sums: np.ndarray, units: int) -> np.ndarray:
    """Order of importance: the whole place, coarse roll-ups of its ``units``, totals over groups, larger counts."""
    keys = [
        (
            -cell[units].level,
            -len(cell[units].members),
            -sum(position.level for position in cell),
            -int(sums[index]),
            index,
        )
        for index, cell in enumerate(cells)
    ]
    order = sorted(range(len(cells)), key=lambda index: keys[index])
    rank = np.empty(len(cells), dtype=np.int64)
    rank[order] = np.arange(len(cells))
    return rank
