"""The puzzle a stranger sees: unknown finest counts, and one equation for each number that was given out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from ropewalk.core.disclosure.audit.released import ALL, ReleasedTable

Unknowns = frozenset[int]


@dataclass(frozen=True)
class Puzzle:
    """Unknown finest counts and what is known of their sums.

    ``equations`` says what sets of unknowns add up to, and ``shown_at`` in which cell that first stood; ``hidden``
    names cells given as c and the unknowns they sum. ``known`` are unknowns whose value is no secret to this audience.
    ``finest`` are the coordinates of the unknowns.
    """

    dimensions: tuple[str, ...]
    finest: tuple[tuple[str, ...], ...]
    equations: Mapping[Unknowns, int]
    hidden: Mapping[Unknowns, tuple[str, tuple[str, ...]]]
    known: Mapping[int, int]
    contradictions: int
    shown_at: Mapping[Unknowns, tuple[str, tuple[str, ...]]]


def lay_out(tables: Sequence[ReleasedTable], knows: Mapping[tuple[str, ...], int] | None = None) -> Puzzle:
    """Put all released tables, and what an insider knows (by finest coordinates), into one puzzle."""
    dimensions = tuple(dict.fromkeys(dimension for table in tables for dimension in table.dimensions))
    values = {dimension: _values(dimension, tables) for dimension in dimensions}
    finest = tuple(product(*(values[dimension] for dimension in dimensions)))
    number = {coordinates: index for index, coordinates in enumerate(finest)}
    equations: dict[Unknowns, int] = {}
    hidden: dict[Unknowns, tuple[str, tuple[str, ...]]] = {}
    shown_at: dict[Unknowns, tuple[str, tuple[str, ...]]] = {}
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
                shown_at.setdefault(unknowns, (table.name, coordinates))
                contradictions += equations.setdefault(unknowns, shown) != shown
    known = {number[point]: count for point, count in (knows or {}).items() if point in number}
    return Puzzle(dimensions, finest, equations, hidden, known, contradictions, shown_at)


def _values(dimension: str, tables: Sequence[ReleasedTable]) -> list[str]:
    """Every value of a dimension that any table names; those of a roll-up's member only where none of them is named.

    A school in a roll-up that no table has a row for has no children: to reckon with it would be to know less.
    """
    texts: dict[str, None] = {}
    inside: dict[str, frozenset[str]] = {}
    for table in tables:
        if dimension in table.dimensions:
            place = table.dimensions.index(dimension)
            texts |= dict.fromkeys(coordinates[place] for coordinates in table.cells)
            inside |= table.members.get(dimension, {})
    found = dict.fromkeys(text for text in texts if text != ALL and text not in inside)
    named = frozenset(found)
    for member, values in inside.items():
        if member in texts and not values & named:
            found |= dict.fromkeys(sorted(values))
    return list(found)


def _inside(
    table: ReleasedTable, dimension: str, at: Mapping[str, str], values: Mapping[str, Sequence[str]]
) -> Sequence[str]:
    text = at.get(dimension, ALL)
    if text == ALL:
        return values[dimension]
    members = table.members.get(dimension, {})
    return [value for value in values[dimension] if value in members[text]] if text in members else [text]
