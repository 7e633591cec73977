"""``ropewalk figures``: shapes, filters and exit codes of the contract, on real figures."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shlex import quote

import pytest

Ropewalk = Callable[..., subprocess.CompletedProcess[str]]
Imported = tuple[Path, subprocess.CompletedProcess[str]]
KEYS = {
    "place", "school", "measure", "phase", "group", "period", "value", "unit", "numerator", "denominator", "missing",
    "source", "definition",
}  # fmt: skip
SOURCE_KEYS = {"kind", "title", "edition", "file", "sha256", "row"}
REASONS = {"suppressed", "not_applicable", "not_available", "low", "unreliable", "not_collected"}
LAIT_SHA256 = 64


def test_a_figure_has_the_shape_of_the_contract(ropewalk: Ropewalk, council_store: Imported) -> None:
    wanted = ("--measure", "persistent_absence", "--phase", "all", "--group", "all", "--period", "2022/23")
    done = ropewalk("figures", "--place", "Plymouth", *wanted, "--format", "json", "--store", council_store[0])
    assert done.returncode == 0, done.stderr
    (figure,) = json.loads(done.stdout)
    assert figure.keys() >= KEYS
    assert figure["source"].keys() >= SOURCE_KEYS
    told = {name: figure[name] for name in ("place", "school", "measure", "phase", "group", "period", "value", "unit")}
    assert told == {
        "place": "E06000026",
        "school": None,
        "measure": "persistent_absence",
        "phase": "all",
        "group": "all",
        "period": "2022/23",
        "value": 24.14,
        "unit": "percent",
    }
    assert (figure["missing"], figure["numerator"], figure["denominator"]) == (None, None, None)
    assert figure["source"]["kind"] == "published"
    assert figure["source"]["file"] == "lait_la_indicators_long.csv.gz"
    assert len(figure["source"]["sha256"]) == LAIT_SHA256
    assert figure["source"]["row"] > 1
    assert figure["definition"] == {"id": "persistent_absence", "version": 1}


def test_figures_are_newest_first_and_have_a_value_or_a_reason(ropewalk: Ropewalk, council_store: Imported) -> None:
    done = ropewalk("figures", "--place", "E06000026", "--json", "--store", council_store[0])
    figures = json.loads(done.stdout)
    assert len(figures) > 400
    assert all((figure["value"] is None) == (figure["missing"] in REASONS) for figure in figures)
    # 2022/23 ends before 2024 (a calendar year) does, and that before 2024/25 does.
    first = {period: index for index, period in reversed(list(enumerate(figure["period"] for figure in figures)))}
    assert first["2024/25"] < first["2023/24"] < first["2022/23"] < first["2015/16"]
    assert first["2025"] < first["2024"]


@pytest.mark.parametrize("place", ["E06000026", "879", "plymouth", "Plymouth"])
def test_a_place_may_be_written_in_many_ways(ropewalk: Ropewalk, council_store: Imported, place: str) -> None:
    wanted = ("--measure", "attainment8", "--group", "disadvantaged", "--period", "2024/25")
    done = ropewalk("figures", "--place", place, *wanted, "--json", "--store", council_store[0])
    assert [figure["value"] for figure in json.loads(done.stdout)] == [34.3]


def test_filters_repeat(ropewalk: Ropewalk, council_store: Imported) -> None:
    wanted = ("--measure", "attainment8", "--measure", "progress8", "--group", "all", "--group", "disadvantaged")
    done = ropewalk("figures", "--place", "England", *wanted, "--json", "--store", council_store[0])
    cells = {(figure["measure"], figure["group"]) for figure in json.loads(done.stdout)}
    assert cells == {(m, g) for m in ("attainment8", "progress8") for g in ("all", "disadvantaged")}


def test_csv_and_table_say_the_same_as_json(ropewalk: Ropewalk, council_store: Imported) -> None:
    wanted = ("figures", "--place", "Oldham", "--measure", "suspension_rate", "--store", council_store[0])
    figures = json.loads(ropewalk(*wanted, "--format", "json").stdout)
    rows = list(csv.DictReader(io.StringIO(ropewalk(*wanted, "--format", "csv").stdout)))
    assert [(row["period"], row["phase"], row["value"]) for row in rows] == [
        (figure["period"], figure["phase"], "" if figure["value"] is None else str(figure["value"]))
        for figure in figures
    ]
    table = ropewalk(*wanted, "--format", "table").stdout.splitlines()
    assert len(table) == len(figures) + 1
    assert table[0].split() == ["period", "measure", "phase", "group", "school", "value", "source"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--place", "Atlantis"),
        ("--place", "Plymouth", "--measure", "happiness"),
        ("--place", "Plymouth", "--phase", "nursery school"),
        ("--place", "Plymouth", "--group", "left_handed"),
        ("--place", "Plymouth", "--period", "last year"),
        ("--place", "Plymouth", "--school", "999999"),
    ],
)
def test_what_is_not_there_ends_with_4(ropewalk: Ropewalk, council_store: Imported, arguments: tuple[str, ...]) -> None:
    done = ropewalk("figures", *arguments, "--store", council_store[0])
    assert done.returncode == 4
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1


def test_the_reader_of_the_output_may_go_away(council_store: Imported) -> None:
    command = (
        f"{quote(sys.executable)} -m ropewalk figures --place Plymouth --json --store {quote(str(council_store[0]))}"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        ["bash", "-c", f"{command} | head -n 1; echo ${{PIPESTATUS[0]}}"],
        env={**os.environ, "PYTHONPATH": str(root / "src")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.splitlines() == ["[", "0"]
    assert done.stderr == ""
