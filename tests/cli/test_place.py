"""``ropewalk place``: a council area from the register, a place of one's own, who belongs to it on a day."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.databases import copy_store, database_of

SOURCE = Path(__file__).resolve().parents[2] / "src"


@pytest.fixture
def place(live_store: Path, tmp_path: Path):  # type: ignore[no-untyped-def]
    """Run ``ropewalk place`` with a database of its own."""

    store = copy_store(live_store, tmp_path / "store")

    def running(*words: str) -> subprocess.CompletedProcess[str]:
        own = {"XDG_DATA_HOME": str(tmp_path), "HOME": str(tmp_path), "DATABASE_URL": database_of(store)}
        environment = {"PYTHONPATH": str(SOURCE), **own}
        command = [sys.executable, "-m", "ropewalk", "place", *words, "--store", str(store)]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    return running


def test_a_council_area_and_a_place_of_its_schools(place) -> None:  # type: ignore[no-untyped-def]
    first = place("bring-in", "Harbourmouth", "--by", "alice")
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.startswith("Harbourmouth (made up): ")
    again = place("bring-in", "X06000001", "--by", "bob")
    assert again.stdout.endswith(" 0 memberships new.\n")
    listed = [row for row in json.loads(place("show", "X06000001", "--json").stdout) if row["kind"] == "school"]
    assert any(row["trust"] for row in listed)
    two = [row["key"] for row in listed[:2]]
    made = place(
        "make",
        "South Harbour",
        "--school",
        two[0],
        "--school",
        two[1],
        "--within",
        "X12000001",
        "--from",
        "2026-01-01",
        "--by",
        "alice",
    )
    assert (made.returncode, made.stdout) == (0, "South Harbour has the code south-harbour.\n")
    assert [row["key"] for row in json.loads(place("show", "south-harbour", "--json").stdout)] == two
    assert place("show", "south-harbour", "--on", "2025-12-31", "--json").stdout == "[]\n"


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("show", "nowhere"), 4, "No place has the code 'nowhere'"),
        (("bring-in", "Nowhere", "--by", "alice"), 4, "no place called 'Nowhere'"),
        (("bring-in", "E12000009", "--by", "alice"), 2, "not a council area"),
        (("make", "South", "--school", "100001", "--by", "alice"), 2, "No school has the URN 100001"),
        (("make", "South", "--school", "12", "--by", "alice"), 2, "12"),
    ],
)
def test_what_is_wrong_is_said(place, words: tuple[str, ...], code: int, told: str) -> None:  # type: ignore[no-untyped-def]
    answer = place(*words)
    assert (answer.returncode, told in answer.stderr) == (code, True), answer.stderr
