"""The reference table of twenty schools, its specifications, and a table protected once for all tests."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import pytest

from ropewalk.core.disclosure.audit import ReleasedTable, read_released
from ropewalk.core.disclosure.ledger import as_csv
from ropewalk.core.disclosure.protect import Protected, Rollup, Specification, protect

DIMENSIONS = ("school", "sen", "disadv")


@dataclass(frozen=True)
class Twenty:
    """Counts of twenty made-up schools, and how they may be rolled up."""

    counts: dict[tuple[str, ...], int]
    of: dict[str, dict[str, str]]

    def specification(self, *rollups: str, insiders: tuple[str, ...] = ()) -> Specification:
        return Specification(
            DIMENSIONS, tuple(Rollup("school", name, self.of[name]) for name in rollups), insiders=insiders
        )


@pytest.fixture(scope="session")
def reference(shared_data: Path) -> Path:
    """Reference instances with known answers."""
    folder = shared_data.parent / "reference" / "disclosure"
    if not folder.is_dir():
        pytest.skip("the reference instances of disclosure control are not there")
    return folder


@pytest.fixture(scope="session")
def twenty(reference: Path) -> Twenty:
    with (reference / "synthetic_20x3x2.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    counts = {tuple(row[name] for name in DIMENSIONS): int(row["count"]) for row in rows}
    names = ("mat", "phase", "cluster")
    return Twenty(counts, {name: {row["school"]: row[name] for row in rows if row[name]} for name in names})


@pytest.fixture(scope="session")
def public(twenty: Twenty) -> Protected:
    return protect(twenty.specification("mat", "phase"), twenty.counts)


@pytest.fixture(scope="session")
def proof_against_schools(twenty: Twenty) -> Protected:
    return protect(twenty.specification("mat", "phase", insiders=("school",)), twenty.counts)


def _released(made: Protected, name: str = "release") -> ReleasedTable:
    return read_released(name, as_csv(made.specification.dimensions, made.rows()), made.specification.as_json())


@pytest.fixture(scope="session")
def given_out():
    """What a stranger gets of a protected table."""
    return _released
