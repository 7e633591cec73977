"""``ropewalk figures`` on a store with returns: published figures and those from returns together."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ropewalk.core.synth.returns import PlaceWanted, make_up_returns

Ropewalk = Callable[..., subprocess.CompletedProcess[str]]
PLACE = "X06000001"


@pytest.fixture(scope="module")
def home(ropewalk: Ropewalk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store to which two made-up schools have sent half a year."""
    home = tmp_path_factory.mktemp("figures-from-returns")
    make_up_returns(home / "returns", PlaceWanted(schools=2, pupils=120, years=1, seed=3), progress=lambda *_: None)
    (year,) = [folder for folder in (home / "returns").iterdir() if folder.name[:2] == "20"]
    done = ropewalk("returns", "submit", *sorted(year.glob("*.csv")), "--by", "office", "--place", PLACE, **named(home))
    assert done.returncode == 0, done.stderr
    return home


def named(home: Path) -> dict[str, str]:
    return {"ROPEWALK_STORE": str(home / "store"), "XDG_DATA_HOME": str(home / "data")}


def test_a_store_with_returns_only_gives_figures_with_their_receipts(ropewalk: Ropewalk, home: Path) -> None:
    done = ropewalk("figures", "--place", PLACE, "--measure", "absence_overall", "--json", **named(home))
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert {figure["source"]["kind"] for figure in figures} == {"returns"}
    assert all(figure["source"]["submissions"] for figure in figures)
    year = next(f for f in figures if (f["phase"], f["group"], f["period"]) == ("all", "all", "2024/25"))
    assert year["value"] == 100 * year["numerator"] / year["denominator"]
    assert {"2024/25 autumn 1", "2024/25 spring", "2024-W40"} <= {figure["period"] for figure in figures}


def test_table_and_csv_say_the_same(ropewalk: Ropewalk, home: Path) -> None:
    wanted = ("figures", "--place", PLACE, "--measure", "persistent_absence", "--group", "all", "--phase", "all")
    table = ropewalk(*wanted, **named(home)).stdout.splitlines()
    rows = list(csv.DictReader(io.StringIO(ropewalk(*wanted, "--format", "csv", **named(home)).stdout)))
    assert len(table) == len(rows) + 1
    assert "Schools' own returns, as known on" in table[1]
    assert all(row["source_submissions"].startswith("R20") for row in rows)


def test_the_referee_gives_the_same_figures(ropewalk: Ropewalk, home: Path) -> None:
    wanted = ("figures", "--place", PLACE, "--group", "all", "--group", "fsm", "--period", "2024/25", "--json")
    first = ropewalk(*wanted, **named(home))
    second = ropewalk(*wanted, **named(home), ROPEWALK_ENGINE="oracle")
    assert first.returncode == 0, first.stderr
    assert json.loads(second.stdout) == json.loads(first.stdout)


@pytest.mark.parametrize(
    ("more", "code", "words"),
    [
        (("--measure", "persistent_absence", "--period", "2024-W40"), 4, "not defined for a week"),
        (("--school", "123456"), 4, "none has sent returns"),
        (("--as-of", "yesterday"), 2, "no day"),
    ],
)
def test_what_cannot_be_given_is_said(
    ropewalk: Ropewalk, home: Path, more: tuple[str, ...], code: int, words: str
) -> None:
    done = ropewalk("figures", "--place", PLACE, *more, **named(home))
    assert done.returncode == code, done.stderr
    assert words in done.stderr


def test_an_unknown_engine_is_named(ropewalk: Ropewalk, home: Path) -> None:
    done = ropewalk("figures", "--place", PLACE, **named(home), ROPEWALK_ENGINE="abacus")
    assert done.returncode == 2
    assert "abacus" in done.stderr


def test_a_store_without_returns_loads_no_engine(ropewalk: Ropewalk, tmp_path: Path) -> None:
    done = ropewalk("figures", "--place", "Plymouth", ROPEWALK_STORE=str(tmp_path), PYTHONPROFILEIMPORTTIME="1")
    assert done.returncode == 4
    assert "sqlglot" not in done.stderr
    assert os.environ.get("ROPEWALK_ENGINE") is None
