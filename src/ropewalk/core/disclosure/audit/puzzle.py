"""The puzzle a stranger sees: unknown finest counts, and one equation for each number that was given out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from ropewalk.core.disclosure.audit.released import ALL, ReleasedTable

Unknowns = frozenset[int]


@dataclass(frozen=True)
class Puzzle:
    """``equations`` says what sets of unknowns add up to; ``hidden`` names cells given as c and the unknowns they sum.

    ``known`` are unknowns whose value is no secret to this audience. ``finest`` are the coordinates of the unknowns.
    """

    dimensions: tuple[str, ...]
    finest: tuple[tuple[str, ...], ...]
    equations: Mapping[Unknowns, int]
    hidden: Mapping[Unknowns, tuple[str, tuple[str, ...]]]
    known: Mapping[int, int]
    contradictions: int


def lay_out(tables: Sequence[ReleasedTable], knows: Mapping[tuple[str, ...], int] | None = None) -> Puzzle:
    """Put all released tables, and what an insider knows (by finest coordinates), into one puzzle."""
    dimensions = tuple(dict.fromkeys(dimension for table in tables for dimension in table.dimensions))
    values = {dimension: _values(dimension, tables) for dimension in dimensions}
    finest = tuple(product(*(values[dimension] for dimension in dimensions)))
    number = {coordinates: index for index, coordinates in enumerate(finest)}
    equations: dict[Unknowns, int] = {}
    hidden: dict[Unknowns, tuple[str, tuple[str, ...]]] = {}
    contradictions = 0
    for table in tables:
        for coordinates, shown in table.cells.items():
            choice = [
                _inside(table, dimension, dict(zip(table.dimensions, coordinates, strict=True)), values)
                for dimension in dimensions
            ]
            unknowns = frozenset(number[point] for point in product(*choice))
            if shown is None:
                hidden.setdefault(unknowns, (table.name, coordinates))
            else:
                contradictions += equations.setdefault(unknowns, shown) != shown
    known = {number[point]: count for point, count in (knows or {}).items() if point in number}
    return Puzzle(dimensions, finest, equations, hidden, known, contradictions)


def _values(dimension: str, tables: Sequence[ReleasedTable]) -> list[str]:
    """Every value of a dimension that any table names, itself or inside a roll-up."""
    found: dict[str, None] = {}
    for table in tables:
        if dimension not in table.dimensions:
            continue
        place = table.dimensions.index(dimension)
        members = table.members.get(dimension, {})
        for coordinates in table.cells:
            text = coordinates[place]
            if text != ALL and text not in members:
                found[text] = None
        for inside in members.values():
            found |= dict.fromkeys(sorted(inside))
    return list(found)


def _inside(
    table: ReleasedTable, dimension: str, at: Mapping[str, str], values: Mapping[str, Sequence[str]]
) -> Sequence[str]:
    text = at.get(dimension, ALL)
    if text == ALL:
        return values[dimension]
    members = table.members.get(dimension, {})
    return sorted(members[text]) if text in members else [text]
