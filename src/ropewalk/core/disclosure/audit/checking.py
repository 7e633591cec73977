"""Checking certificates by addition: no solver, and nothing of the auditor's own code.

A certificate says of a hidden cell: here are two whole-number tables of finest counts; both give every number that was
released, and they differ enough in this cell. Whoever doubts that reads ``faults``, which stands on its own.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from typing import Any


def faults(certificates: str, released: Mapping[str, tuple[str, str]], knows: str = "") -> list[str]:
    """What is wrong with a file of certificates; nothing when it proves all it claims.

    ``released`` holds by name the texts of each released table and of its specification; ``knows`` the counts that the
    audience knows, as CSV.
    """
    said, found = json.loads(certificates), []
    points, tables = [dict(zip(said["dimensions"], point, strict=True)) for point in said["finest"]], said["tables"]
    specs = {name: json.loads(specification) for name, (_, specification) in released.items()}
    named = {
        (dimension, text) for table, _ in released.values() for row in _rows(table) for dimension, text in row.items()
    }
    found += [f"{point}: not in the releases" for point in points if not named.issuperset(point.items())]
    found += [f"table {n}: not whole" for n, one in enumerate(tables) if any(type(c) is not int or c < 0 for c in one)]
    given = [(row, row.pop("value"), specs[name]) for name, (table, _) in released.items() for row in _rows(table)]
    given += [(row, row.pop("count"), {}) for row in _rows(knows)]
    for cell, value, spec in given:
        inside = [n for n, point in enumerate(points) if _holds(cell, point, spec)]
        for n, one in enumerate(tables):
            if value != "c" and sum(one[i] for i in inside) != int(value):
                found.append(f"table {n}: {cell} is not {value}")
    width = max(spec.get("width", spec.get("threshold", 5)) for spec in specs.values())
    for claim in said["cells"]:
        inside = [n for n, point in enumerate(points) if _holds(claim["cell"], point, specs.get(claim["table"], {}))]
        first, second = (sum(tables[claim[which]][i] for i in inside) for which in ("first", "second"))
        if abs(first - second) < width:
            found.append(f"{claim['cell']}: {first} and {second} are too close")
    return found


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines()))


def _holds(cell: Mapping[str, str], point: Mapping[str, str], spec: Mapping[str, Any]) -> bool:
    """Whether a finest cell is part of a cell: the same value, a member of the roll-up, or any value for ``*``."""
    for dimension, text in cell.items():
        groupings = spec.get("rollups", {}).get(dimension, [])
        members = {f"{one['name']}={one['of'].get(point[dimension])}" for one in groupings}
        if text not in {"*", point[dimension], *members}:
            return False
    return True
