"""``ropewalk explore``: rounded counts for analysts, at a real command line."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.databases import copy_store, database_of

Ropewalk = Callable[..., subprocess.CompletedProcess[str]]
PLACE = "X06000001"
ASKED = ("explore", PLACE, "--measure", "persistent_absence", "--period", "2024/25")


@pytest.fixture
def home(live_store: Path, tmp_path: Path) -> Path:
    """A copy of a store with returns of fourteen schools, in which a ledger may be begun."""
    copy_store(live_store, tmp_path / "store")
    return tmp_path


def environment(home: Path) -> dict[str, str]:
    return {"ROPEWALK_STORE": str(home / "store"), "XDG_DATA_HOME": str(home / "data")}


def test_counts_come_in_steps_and_the_same_question_gives_the_same_bytes(ropewalk: Ropewalk, home: Path) -> None:
    first = ropewalk(*ASKED, "--by", "sex", "--level", "phase", "--format", "csv", **environment(home))
    assert first.returncode == 0, first.stderr
    rows = list(csv.DictReader(io.StringIO(first.stdout)))
    assert {row["group"] for row in rows} == {"all", "girls", "boys"}
    for row in rows:
        assert int(row["counted_to"]) - int(row["counted_from"]) >= 5
        assert int(row["counted"]) == (int(row["counted_from"]) + int(row["counted_to"])) // 2
    again = ropewalk(*ASKED, "--by", "sex", "--level", "phase", "--format", "csv", **environment(home))
    assert again.stdout == first.stdout
    said = json.loads(
        ropewalk(*ASKED, "--by", "sex", "--level", "phase", "--format", "json", **environment(home)).stdout
    )
    assert [str(one["counted"]) for one in said] == [row["counted"] for row in rows]


def test_two_commands_at_once_keep_one_ledger(home: Path) -> None:
    command = [sys.executable, "-m", "ropewalk", *ASKED, "--format", "csv"]
    given = {**environment(home), "DATABASE_URL": database_of(home / "store")}
    own = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src"), **given}
    # The first makes the accounts' database, which says whether terms are in force.
    assert subprocess.run(command, env=own, capture_output=True, check=False).returncode == 0
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    running = [
        subprocess.Popen([*command, "--by", family, "--level", "phase"], env=own, text=True, **pipes)
        for family in ("sex", "sen", "sex")
    ]
    said = [process.communicate(timeout=300) for process in running]
    assert [process.returncode for process in running] == [0, 0, 0], said
    assert said[0][0] == said[2][0]
    # All pupils of a phase stand in both tables, rounded once.
    sex, sen = (next(csv.DictReader(io.StringIO(said[number][0]))) for number in (0, 1))
    assert sex == sen
    assert len(list((home / "store" / "explored").rglob("*-explored.json"))) == 3


def test_what_cannot_be_explored_is_said(ropewalk: Ropewalk, home: Path) -> None:
    done = ropewalk("explore", PLACE, "--measure", "absence_overall", "--period", "2024/25", **environment(home))
    assert done.returncode == 2
    assert "cannot be protected yet" in done.stderr
    done = ropewalk(*ASKED, "--by", "hair", **environment(home))
    assert done.returncode == 4
    assert "no family of groups" in done.stderr
