"""A new table together with all that was released before: one grid, one set of cells.

What was shown stays known, and what was hidden may not be shown later; so a new release is protected as the latest part
of one large table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ropewalk.core.disclosure.protect.cells import TOTAL, Coordinates, Table, make_table
from ropewalk.core.disclosure.protect.specification import Rollup, Specification
from ropewalk.core.errors import InputRefused, Problem

# Says of each cell of a table whether its count must not be known, be it small or not.
Guard = Callable[[Table], np.ndarray]
# Entries of the matrix that elimination works on; 8 bytes each.
MOST_ENTRIES = 150_000_000


@dataclass(frozen=True, slots=True)
class Released:
    """A release of the past: its specification and for each cell the count, or None where it was hidden."""

    name: str
    specification: Specification
    rows: Mapping[Coordinates, int | None]


@dataclass(frozen=True)
class Joined:
    """The large table, with flags for each of its cells.

    ``guarded`` flags cells whose counts must not be known although they are not small.
    """

    table: Table
    shown_before: np.ndarray
    hidden_before: np.ndarray
    ours: np.ndarray
    guarded: np.ndarray
    crossed: bool

    @property
    def candidates(self) -> np.ndarray:
        """Cells of the new release that may be shown for the first time."""
        return np.asarray(self.ours & ~self.shown_before & ~self.hidden_before)

    @property
    def sensitive(self) -> np.ndarray:
        """Cells with a count that must not be known: of any release, and where two releases meet in a finest cell.

        Where the releases were never crossed a finest cell is nobody's count, and only cells of releases are guarded.
        """
        counts, threshold = self.table.counts, self.table.specification.threshold
        small = (counts > 0) & (counts < threshold)
        return np.asarray(((small & self._told_of) | self.guarded) & ~self.shown_before)

    @property
    def is_later(self) -> bool:
        """Whether anything was released before."""
        return bool((self.shown_before | self.hidden_before).any())

    @property
    def _told_of(self) -> np.ndarray:
        return np.asarray(self.ours | self.hidden_before | self.crossed)

    def guarding(self, guard: Guard) -> Joined:
        """With the cells guarded that ``guard`` flags, of those that any release holds."""
        told = self.ours | self.hidden_before
        return replace(self, guarded=np.asarray(guard(self.table) & told))


def join(
    specification: Specification,
    counts: Mapping[Coordinates, int],
    columns: Sequence[str],
    earlier: Sequence[Released],
    *,
    crossed: bool = True,
) -> Joined:
    """Bring the counts (over ``columns``, which hold all dimensions) and all earlier releases together.

    Without ``crossed`` only what the releases say of the counts is true: their finest cells are made up to fit.

    Raises InputRefused when an earlier release has a dimension the counts lack, or shows another count than these.
    """
    together = _union(specification, columns, earlier)
    places = [columns.index(name) for name in together.dimensions]
    summed: dict[Coordinates, int] = {}
    for coordinates, count in counts.items():
        kept = tuple(coordinates[place] for place in places)
        summed[kept] = summed.get(kept, 0) + count
    values = [sorted({coordinates[axis] for coordinates in summed}) for axis in range(len(places))]
    table = make_table(together, summed, values)
    cell_of = {name: index for index, names in enumerate(table.names) for name in names}
    shown, hidden = (np.zeros(len(table.counts), dtype=bool) for _ in range(2))
    problems = []
    for release in earlier:
        for coordinates, value in release.rows.items():
            cell = cell_of.get(_widened(coordinates, release.specification, together))
            if cell is None or (value is not None and value != table.counts[cell]):
                problems.append(_changed(release.name))
                break
            (hidden if value is None else shown)[cell] = True
    if problems:
        raise InputRefused(problems)
    ours = _ours(table, specification)
    needed = np.flatnonzero(ours | shown | hidden | (np.diff(table.matrix.indptr) == 1))
    if len(needed) * len(table.finest) > MOST_ENTRIES:
        what = f"The table has {len(needed):,} cells over {len(table.finest):,} finest cells, too many at once."
        raise InputRefused([Problem(what, "Release fewer cuts together, or begin a ledger for each year.")])
    shown, hidden = shown[needed], hidden[needed]
    nothing = np.zeros(len(needed), dtype=bool)
    return Joined(table.only(needed), shown, hidden & ~shown, ours[needed], nothing, crossed)


def _changed(name: str) -> Problem:
    return Problem(
        f"The release '{name}' in the ledger shows other counts than these, or cells these do not have.",
        "A revision would tell by how much single counts changed. Use the same counts, or begin a new ledger.",
    )


def _union(specification: Specification, columns: Sequence[str], earlier: Sequence[Released]) -> Specification:
    dimensions, rollups = list(specification.dimensions), {rollup.name: rollup for rollup in specification.rollups}
    insiders = list(specification.insiders)
    for release in earlier:
        for name in release.specification.dimensions:
            if name not in columns:
                raise InputRefused(
                    [
                        Problem(
                            f"The ledger holds a release by '{name}' and the counts have no such column.",
                            f"Give counts that are also cut by '{name}'; the new table need not show it.",
                        )
                    ]
                )
        dimensions += [name for name in release.specification.dimensions if name not in dimensions]
        for rollup in release.specification.rollups:
            _add(rollups, rollup)
        insiders += [name for name in release.specification.insiders if name not in insiders]
    return Specification(
        tuple(dimensions),
        tuple(rollups.values()),
        max(specification.threshold, *(r.specification.threshold for r in earlier), 2),
        max(specification.width, *(r.specification.width for r in earlier), 1),
        tuple(insiders),
    )


def _add(rollups: dict[str, Rollup], rollup: Rollup) -> None:
    known = rollups.setdefault(rollup.name, rollup)
    if known.dimension != rollup.dimension or dict(known.of) != dict(rollup.of):
        raise InputRefused(
            [
                Problem(
                    f"The roll-up '{rollup.name}' meant something else in an earlier release.", "Give it another name."
                )
            ]
        )


def _widened(coordinates: Coordinates, of: Specification, together: Specification) -> Coordinates:
    """Coordinates of a release in the large table: totals along dimensions it does not have."""
    known = dict(zip(of.dimensions, coordinates, strict=True))
    return tuple(known.get(name, TOTAL) for name in together.dimensions)


def _ours(table: Table, specification: Specification) -> np.ndarray:
    """Flags of the cells the new release has a name for."""
    own = {rollup.name for rollup in specification.rollups}
    extra = table.specification.dimensions[len(specification.dimensions) :]
    others = tuple(f"{r.name}=" for r in table.specification.rollups if r.name not in own)

    def named(coordinates: Coordinates) -> bool:
        if any(part != TOTAL for part in coordinates[len(coordinates) - len(extra) :] if extra):
            return False
        return not any(part.startswith(others) for part in coordinates) if others else True

    return np.array([any(named(name) for name in names) for names in table.names])
