"""A store made from real published files, once per set of files and run of the tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

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
