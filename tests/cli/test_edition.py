"""``ropewalk edition``: what was released, shown as it was released, and computed again."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.databases import copy_store

from ropewalk.core.use_cases.editions import Cut, Edition, EditionWanted, draft_edition, release_edition
from ropewalk.core.use_cases.facts_store import Facts

Ropewalk = Callable[..., subprocess.CompletedProcess[str]]
PLACE = "X06000001"
SHARING = (990041, 990045, 990048, 990070, 990074, 990082, 990098)
WANTED = EditionWanted(
    place=PLACE,
    number=1,
    period="2024/25",
    cuts=(Cut(measure="persistent_absence"),),
    schools=SHARING,
    partners=SHARING[:5],
    threshold=5,
    as_of="2026-04-01T00:00:00.000000Z",
)


@pytest.fixture(scope="module")
def released(live_store: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Edition]:
    """A store with one edition."""
    store = copy_store(live_store, tmp_path_factory.mktemp("edition") / "store")
    draft = draft_edition(Facts(store), WANTED)
    return store, release_edition(Facts(store), WANTED, expected=draft.digest)


def test_the_editions_of_a_place_are_listed(ropewalk: Ropewalk, released: tuple[Path, Edition]) -> None:
    store, edition = released
    done = ropewalk("edition", "list", PLACE, "--store", store, "--json")
    assert json.loads(done.stdout) == [
        {
            "number": 1,
            "period": "2024/25",
            "known": "2026-04-01",
            "schools": 7,
            "tables": 1,
            "held": 0,
            "replaces": None,
            "digest": edition.digest,
        }
    ]
    assert edition.digest in ropewalk("edition", "list", PLACE, "--store", store).stdout


def test_an_audience_is_shown_what_it_may_see(ropewalk: Ropewalk, released: tuple[Path, Edition]) -> None:
    store, _ = released
    shown = {
        who: ropewalk("edition", "show", PLACE, "1", "--audience", who, "--json", "--store", store).stdout
        for who in ("partners", "everyone")
    }
    found = {who: {one["school"] for one in json.loads(text)} for who, text in shown.items()}
    assert found == {"partners": {None, *map(str, SHARING[:5])}, "everyone": {None}}
    text = ropewalk("edition", "show", PLACE, "1", "--audience", "everyone", "--format", "csv", "--store", store).stdout
    assert [row["numerator"] for row in csv.DictReader(io.StringIO(text))] == [
        str(one["numerator"] or "") for one in json.loads(shown["everyone"])
    ]


def test_an_edition_is_computed_again_and_a_changed_one_is_told(
    ropewalk: Ropewalk, released: tuple[Path, Edition], tmp_path: Path
) -> None:
    store, edition = released
    done = ropewalk("edition", "reproduce", PLACE, "1", "--store", store)
    assert done.returncode == 0, done.stderr
    assert f"The same bytes: {len(edition.content):,}, SHA-256 {edition.digest}." in done.stdout
    copy = copy_store(store, tmp_path / "store")
    file = copy / "editions" / PLACE / "0001.json"
    file.write_text(file.read_text(encoding="utf-8").replace('"threshold": 5', '"threshold": 8', 1), encoding="utf-8")
    done = ropewalk("edition", "reproduce", PLACE, "1", "--store", copy)
    assert done.returncode == 2, done.stdout
    assert "persistent_absence" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", PLACE, "2", "--audience", "everyone"), "no edition 2"),
        (("reproduce", "Plymouth", "1"), "no edition 1"),
        (("list", "../facts"), "No place"),
    ],
)
def test_what_is_not_there_is_said(
    ropewalk: Ropewalk, released: tuple[Path, Edition], words: tuple[str, ...], said: str
) -> None:
    done = ropewalk("edition", *words, "--store", released[0])
    assert done.returncode == 4, done.stdout
    assert said.lower() in done.stderr.lower()
