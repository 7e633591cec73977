"""A store made from real published files, once per set of files and run of the tests."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ropewalk.core.open_data.importing import import_open_data
from ropewalk.core.open_data.store import Store

NOW = "2026-09-01T00:00:00Z"


@pytest.fixture(scope="session")
def import_files(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Sequence[str]], Store]:
    """Import the named real files (paths below the folder of real files) and give the store; each set only once.

    Tests only read the store: it is shared by all tests that name the same files.
    """
    made: dict[tuple[str, ...], Store] = {}

    def imported(names: Sequence[str]) -> Store:
        wanted = tuple(sorted(names))
        if wanted not in made:
            store = Store(tmp_path_factory.mktemp("store"))
            import_open_data(
                store, [shared_data / name for name in wanted], now=NOW, progress=lambda _what, _done, _of: None
            )
            made[wanted] = store
        return made[wanted]

    return imported


@pytest.fixture(scope="session")
def daily_registers(import_files: Callable[[Sequence[str]], Store]) -> Store:
    """Every daily attendance file."""
    return import_files(["attendance"])


@pytest.fixture(scope="session")
def census_statistics(import_files: Callable[[Sequence[str]], Store]) -> Store:
    """Absence, exclusions, leavers, SEND and alternative provision, and LAIT to hold them against."""
    return import_files(["absence", "exclusions", "neet", "send_ap", "la/lait_la_indicators_long.csv.gz"])


@pytest.fixture(scope="session")
def published_rows(shared_data: Path) -> dict[str, int]:
    """Rows of each real file as counted when it was put there, by file name: independent of our reader."""
    with (shared_data / "MANIFEST.csv").open(encoding="utf-8-sig", newline="") as manifest:
        return {Path(line["file"]).name: int(line["rows"]) for line in csv.DictReader(manifest) if line["rows"]}


@pytest.fixture(scope="session")
def ask() -> Iterator[Callable[..., list[tuple[Any, ...]]]]:
    """Run SQL over a store: ``ask(store, sql, parameters)`` gives the rows. One connection per store and run."""
    open_now: dict[Path, duckdb.DuckDBPyConnection] = {}

    def asked(store: Store, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        con = open_now.get(store.folder) or open_now.setdefault(store.folder, store.read())
        return con.execute(sql, list(parameters)).fetchall()

    yield asked
    for con in open_now.values():
        con.close()
