"""``ropewalk places`` and ``ropewalk schools``: shapes and exit codes."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Ropewalk = Callable[..., subprocess.CompletedProcess[str]]
Imported = tuple[Path, subprocess.CompletedProcess[str]]


def test_places_have_code_number_name_and_kind(ropewalk: Ropewalk, council_store: Imported) -> None:
    done = ropewalk("places", "plymo", "--json", "--store", council_store[0])
    assert done.returncode == 0, done.stderr
    (place,) = json.loads(done.stdout)
    assert place["code"] == "E06000026"
    assert place["number"] == "879"
    assert place["name"] == "Plymouth"
    assert place["kind"] == "council"
    assert place["region"] == "E12000009"


def test_without_text_every_place_with_figures_is_listed(ropewalk: Ropewalk, council_store: Imported) -> None:
    places = json.loads(ropewalk("places", "--json", "--store", council_store[0]).stdout)
    kinds = [place["kind"] for place in places]
    assert kinds.count("country") == 1
    assert kinds.count("region") == 11  # London also as Inner and Outer
    assert kinds.count("council") >= 150
    assert len({place["code"] for place in places}) == len(places)


@pytest.mark.parametrize("text", ["879", "E06000026", "PLYMOUTH"])
def test_a_place_is_found_by_number_and_code(ropewalk: Ropewalk, council_store: Imported, text: str) -> None:
    found = json.loads(ropewalk("places", text, "--json", "--store", council_store[0]).stdout)
    assert found[0]["name"] == "Plymouth"


def test_a_place_that_is_not_there_ends_with_4(ropewalk: Ropewalk, council_store: Imported) -> None:
    plain = ropewalk("places", "Atlantis", "--store", council_store[0])
    assert (plain.returncode, plain.stdout) == (4, "")
    assert "Atlantis" in plain.stderr
    as_json = ropewalk("places", "Atlantis", "--json", "--store", council_store[0])
    assert (as_json.returncode, json.loads(as_json.stdout)) == (4, [])
    assert ropewalk("schools", "Atlantis", "--store", council_store[0]).returncode == 4


def test_schools_of_a_place(ropewalk: Ropewalk, shared_data: Path, tmp_path: Path) -> None:
    register = shared_data / "register" / "spc_school_level_2022_23.csv.gz"
    assert ropewalk("open-data", "import", register, "--store", tmp_path).returncode == 0
    done = ropewalk("schools", "Plymouth", "--json", "--store", tmp_path)
    assert done.returncode == 0, done.stderr
    schools = json.loads(done.stdout)
    assert len(schools) == 102
    assert sum(school["pupils"] for school in schools) == 40_366
    keys = {"urn", "laestab", "name", "phase", "type", "trust", "place", "postcode", "pupils"}
    assert all(school.keys() >= keys for school in schools)
    assert all(len(school["urn"]) == 6 and school["laestab"].startswith("879") for school in schools)
    assert {school["place"] for school in schools} == {"E06000026"}
    table = ropewalk("schools", "879", "--store", tmp_path).stdout.splitlines()
    assert len(table) == 103
    (figure, *_) = json.loads(
        ropewalk("figures", "--place", "879", "--school", schools[0]["urn"], "--json", "--store", tmp_path).stdout
    )
    assert figure["school"] in (schools[0]["urn"], schools[0]["laestab"])
