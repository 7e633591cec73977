"""Two tables laid side by side: whether what changed between them tells of single pupils."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ropewalk.core.disclosure.protect import Released, Rollup, Specification
from ropewalk.core.disclosure.protect.cells import TOTAL, Coordinates
from ropewalk.core.disclosure.shares import ALL, NO, YES, Shares

Rows = Mapping[Coordinates, int | None]


def areas_of(schools: Sequence[str], rollups: Sequence[Rollup]) -> dict[str, frozenset[str]]:
    """The place, the members of roll-ups and the schools, each with its schools."""
    found = {TOTAL: frozenset(schools), **{school: frozenset({school}) for school in schools}}
    for rollup in rollups:
        for member in set(rollup.of.values()):
            found[f"{rollup.name}={member}"] = frozenset(one for one, of in rollup.of.items() if of == member)
    return found


class SideBySide:
    """What the table that is renewed and the new one, laid side by side, say of single pupils."""

    def __init__(self, specification: Specification, now: Shares, before: Released | None) -> None:
        """``before`` is the table that is renewed; without one nothing is told."""
        self._specification, self._before, self._now = specification, before, now
        earlier = before.specification.threshold if before else 0
        self._threshold = max(specification.threshold, earlier)

    def by_a_cell(self) -> bool:
        """Whether a cell that was shown, and has the same schools, has changed by a few pupils."""
        if self._before is None:
            return False
        now = self._areas(self._specification)
        earlier = {name[0] for name in self._before.rows if name[0] != TOTAL and "=" not in name[0]}
        then = areas_of(sorted(earlier), self._before.specification.rollups)
        return any(
            value is not None and now.get(name[0]) == then.get(name[0]) and self._few(self._count(name) - value)
            for name, value in self._before.rows.items()
        )

    def by_a_sum(self, rows: Rows) -> bool:
        """Whether a total less those of its parts that both tables show has changed by a few pupils."""
        if self._before is None:
            return False
        changes = {
            name: value - old
            for name, value in rows.items()
            if value is not None and (old := self._before.rows.get(name)) is not None
        }
        return any(
            self._few(change - sum(changes.get((*name[:axis], part, *name[axis + 1 :]), 0) for part in parts))
            for name, change in changes.items()
            for axis, parts in self._lines(name)
        )

    def _few(self, change: int) -> bool:
        return 0 < abs(change) < self._threshold

    def _areas(self, of: Specification) -> dict[str, frozenset[str]]:
        return areas_of(self._now.schools, of.rollups)

    def _lines(self, name: Coordinates) -> Iterator[tuple[int, list[str]]]:
        """The ways in which a cell is a total of others: the axis, and its parts along it."""
        areas = self._areas(self._specification)
        inside = areas.get(name[0], frozenset())
        for rollup in self._specification.rollups:
            if name[0] == TOTAL:
                members = sorted(set(rollup.of.values()))
                yield 0, [*(f"{rollup.name}={one}" for one in members), *sorted(inside - set(rollup.of))]
        if len(inside) > 1:
            yield 0, sorted(inside)
        for axis in range(1, len(name)):
            if name[axis] == TOTAL:
                rows = self._before.rows if self._before else {}
                yield axis, [part for part in dict.fromkeys(one[axis] for one in rows) if part != TOTAL]

    def _count(self, name: Coordinates) -> int:
        """The true count now of a cell of the table."""
        wanted = self._now
        schools = self._areas(self._specification)[name[0]]
        pairs = [
            wanted.cells.get((school, ALL), (0, 0))
            if len(name) < 3 or name[1] == TOTAL
            else wanted.part(school, name[1])
            for school in schools
        ]
        of, counted = sum(pair[1] for pair in pairs), sum(pair[0] for pair in pairs)
        return {YES: counted, NO: of - counted, TOTAL: of}[name[-1]]
