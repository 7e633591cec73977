"""What a table to protect looks like: dimensions, how values are rolled up, how much must stay unknown."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ropewalk.core.errors import InputRefused, Problem

DEFAULT_THRESHOLD = 5


@dataclass(frozen=True, slots=True)
class Rollup:
    """A coarser grouping of a dimension's values, such as schools into trusts; not every value needs a member."""

    dimension: str
    name: str
    of: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Specification:
    """Counts of 1 to ``threshold`` - 1 are sensitive; nobody may narrow a hidden count to fewer than ``width`` steps.

    ``insiders`` names dimensions or roll-ups whose members each know their own rows of the table.
    """

    dimensions: tuple[str, ...]
    rollups: tuple[Rollup, ...] = ()
    threshold: int = DEFAULT_THRESHOLD
    width: int = DEFAULT_THRESHOLD
    insiders: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a description that contradicts itself; all problems at once."""
        problems = [Problem(what, do) for what, do in self._faults()]
        if problems:
            raise InputRefused(problems)

    def _faults(self) -> list[tuple[str, str]]:
        faults = []
        if not self.dimensions or len(set(self.dimensions)) != len(self.dimensions):
            faults.append(("dimensions must name at least one column, each once.", "Mend the specification."))
        faults += [
            (f"The roll-up '{rollup.name}' is of '{rollup.dimension}', which is no dimension.", "Mend it.")
            for rollup in self.rollups
            if rollup.dimension not in self.dimensions
        ]
        names = [*self.dimensions, *(rollup.name for rollup in self.rollups)]
        if len(set(names)) != len(names):
            faults.append(("Two roll-ups share a name, or one has that of a dimension.", "Give each its own."))
        faults += [
            (f"'{name}' cannot be the name of a dimension or roll-up.", "Use a name without =, not count or value.")
            for name in names
            if name.strip() in ("", "count", "value", "*") or "=" in name
        ]
        known = {*names}
        faults += [
            (f"insiders names '{name}', which is neither a dimension nor a roll-up.", "Mend it.")
            for name in self.insiders
            if name not in known
        ]
        if self.threshold < 2 or self.width < 1:
            faults.append(("threshold must be at least 2 and width at least 1.", "5 and 5 are usual."))
        return faults

    @classmethod
    def from_json(cls, text: str) -> Specification:
        """Read the shape of the contracts. Raises InputRefused."""
        try:
            content = json.loads(text)
            return cls(
                tuple(str(name) for name in content["dimensions"]),
                tuple(_rollups(content.get("rollups", {}))),
                _whole(content.get("threshold", DEFAULT_THRESHOLD)),
                _whole(content.get("width", content.get("threshold", DEFAULT_THRESHOLD))),
                tuple(str(name) for name in content.get("insiders", ())),
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputRefused(
                [
                    Problem(
                        f"The specification cannot be read ({error.__class__.__name__}: {error}).", "See the contracts."
                    )
                ]
            ) from error

    def as_json(self) -> str:
        """The shape of the contracts; the same specification always gives the same text."""
        rollups: dict[str, list[dict[str, Any]]] = {}
        for rollup in self.rollups:
            entry = {"name": rollup.name, "of": dict(sorted(rollup.of.items()))}
            rollups.setdefault(rollup.dimension, []).append(entry)
        content = {
            "dimensions": list(self.dimensions),
            "rollups": rollups,
            "threshold": self.threshold,
            "width": self.width,
            "insiders": list(self.insiders),
        }
        return json.dumps(content, indent=1, ensure_ascii=False)


def _rollups(content: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[Rollup]:
    return [
        Rollup(str(dimension), str(entry["name"]), {str(k): str(v) for k, v in entry["of"].items()})
        for dimension, entries in content.items()
        for entry in entries
    ]


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError("threshold and width are whole numbers")
    return value
