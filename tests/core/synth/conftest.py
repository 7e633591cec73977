"""The made-up place, written and imported once for all tests that only look at it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from ropewalk.core.open_data.importing import ImportReport
from ropewalk.core.open_data.store import Store
from ropewalk.core.use_cases.making_up import make_up_place

SEED = 1
NOW = "2026-09-01T00:00:00Z"
Rows = list[dict[str, str]]


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Store, ImportReport]:
    """Folder of the files, store made from them, report of the import."""
    folder = tmp_path_factory.mktemp("made-up")
    store = Store(folder / "store")
    report = make_up_place(store, folder=folder / "files", seed=SEED, now=NOW, progress=lambda _what, _done, _of: None)
    return folder / "files", store, report


@pytest.fixture(scope="session")
def rows(made_up: tuple[Path, Store, ImportReport]) -> Callable[[str], Rows]:
    """Rows of the file whose name starts so, read by Python's own csv module."""

    def read(start: str) -> Rows:
        (path,) = [path for path in made_up[0].iterdir() if path.name.startswith(start)]
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return read


@pytest.fixture
def figures(made_up: tuple[Path, Store, ImportReport]) -> duckdb.DuckDBPyConnection:
    """A read-only connection to the store made up."""
    return made_up[1].read()
