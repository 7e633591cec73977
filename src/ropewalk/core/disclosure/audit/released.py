"""Reading what was given out: a CSV of cells and the JSON that says what they mean."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ropewalk.core.errors import InputRefused, Problem

ALL, HIDDEN = "*", "c"


@dataclass(frozen=True, slots=True)
class ReleasedTable:
    """One released table. ``cells`` has for the text of each coordinate the number shown, or None for ``c``.

    ``members`` says for each dimension which values a roll-up's member stands for.
    """

    name: str
    dimensions: tuple[str, ...]
    cells: Mapping[tuple[str, ...], int | None]
    members: Mapping[str, Mapping[str, frozenset[str]]]
    threshold: int
    width: int


def read_released(name: str, table: str, specification: str) -> ReleasedTable:
    """A released table from the texts of its two files. Raises InputRefused with where and what."""
    try:
        said: dict[str, Any] = json.loads(specification)
        dimensions = tuple(said["dimensions"])
        members: dict[str, dict[str, frozenset[str]]] = {dimension: {} for dimension in dimensions}
        for dimension, groupings in said.get("rollups", {}).items():
            for grouping in groupings:
                for member in set(grouping["of"].values()):
                    inside = frozenset(value for value, of in grouping["of"].items() if of == member)
                    members[dimension][f"{grouping['name']}={member}"] = inside
        threshold = int(said.get("threshold", 5))
        width = int(said.get("width", threshold))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputRefused([Problem("The specification cannot be read.", "See the contracts.", name)]) from error
    return ReleasedTable(name, dimensions, _cells(name, table, dimensions, members), members, threshold, width)


def _cells(
    name: str, table: str, dimensions: tuple[str, ...], members: Mapping[str, Mapping[str, frozenset[str]]]
) -> dict[tuple[str, ...], int | None]:
    lines = csv.DictReader(table.splitlines())
    _need(name, lines.fieldnames, (*dimensions, "value"))
    cells: dict[tuple[str, ...], int | None] = {}
    problems = []
    for number, line in enumerate(lines, start=2):
        coordinates, text = tuple(line[dimension] or "" for dimension in dimensions), (line["value"] or "").strip()
        unknown = [d for d, part in zip(dimensions, coordinates, strict=True) if not part or _strange(part, members[d])]
        if text != HIDDEN and not (text.isascii() and text.isdigit()):
            problems.append(Problem("A value is neither a whole number nor c.", "Mend it.", name, number, "value"))
        elif unknown:
            what = "A cell is blank, or of a roll-up the specification does not have."
            problems.append(Problem(what, "Give the specification that belongs to it.", name, number, unknown[0]))
        elif coordinates in cells:
            problems.append(Problem("This cell stands here a second time.", "Remove one.", name, number))
        else:
            cells[coordinates] = None if text == HIDDEN else int(text)
    if problems:
        raise InputRefused(problems)
    return cells


def _strange(part: str, members: Mapping[str, frozenset[str]]) -> bool:
    return "=" in part and part not in members


def _need(name: str, fields: Sequence[str] | None, needed: Sequence[str]) -> None:
    if not {*needed} <= {*(fields or ())}:
        raise InputRefused([Problem("Columns are missing.", f"There must be {', '.join(needed)}.", name, 1)])


def read_counts(name: str, text: str, dimensions: tuple[str, ...]) -> dict[tuple[str, ...], int]:
    """Counts of finest cells: what an insider knows, or the truth for scoring; other columns are summed over.

    Raises InputRefused when a dimension or ``count`` is missing, or a count is no whole number.
    """
    lines = csv.DictReader(text.splitlines())
    _need(name, lines.fieldnames, (*dimensions, "count"))
    found: dict[tuple[str, ...], int] = {}
    problems = []
    for number, line in enumerate(lines, start=2):
        count = (line["count"] or "").strip()
        if not (count.isascii() and count.isdigit()) or any(not line[dimension] for dimension in dimensions):
            what = "A value is blank, or the count is no whole number."
            problems.append(Problem(what, "Mend the row.", name, number))
            continue
        key = tuple(line[dimension].strip() for dimension in dimensions)
        found[key] = found.get(key, 0) + int(count)
    if problems:
        raise InputRefused(problems)
    return found
