"""The real command line, run as a process of its own, as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from tests.databases import database_of
from tests.databases import new_database as made_database

ROOT = Path(__file__).resolve().parents[2]
Ropewalk = Callable[..., subprocess.CompletedProcess[str]]
KEPT_OUT = ("ROPEWALK_STORE", "DATABASE_URL")


@pytest.fixture(scope="session")
def ropewalk() -> Ropewalk:
    """Run ``ropewalk`` with arguments; keyword arguments are environment variables.

    The command finds the database of the store it is given, and none where it is given no store.
    """

    def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        words = [str(word) for word in arguments]
        own = {name: value for name, value in os.environ.items() if name not in KEPT_OUT}
        if "DATABASE_URL" not in environment and (store := named_store(words, environment)):
            own["DATABASE_URL"] = database_of(store)
        return subprocess.run(
            [sys.executable, "-m", "ropewalk", *words],
            env={**own, "PYTHONPATH": str(ROOT / "src"), **environment},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    return run


def named_store(words: Sequence[str], environment: Mapping[str, str]) -> Path | None:
    """The store that a command is told of, by its option, by a variable, or as the one in somebody's data folder."""
    if "--store" in words:
        return Path(words[words.index("--store") + 1])
    if named := environment.get("ROPEWALK_STORE"):
        return Path(named)
    home = environment.get("XDG_DATA_HOME")
    return Path(home) / "ropewalk" / "store" if home else None


@pytest.fixture(scope="session")
def council_store(
    ropewalk: Ropewalk, shared_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A store with the real council files, and what the import said; tests only read it."""
    store = tmp_path_factory.mktemp("council") / "store"
    return store, ropewalk("open-data", "import", shared_data / "la", "--store", store)


@pytest.fixture(scope="session")
def new_database() -> Callable[[], str]:
    """Makes PostgreSQL databases, empty, each with an address of its own, for tests that are about PostgreSQL."""
    return made_database
