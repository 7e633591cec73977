"""The real command line, run as a process of its own, as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[2]
Ropewalk = Callable[..., subprocess.CompletedProcess[str]]
SERVER = os.environ.get("DATABASE_URL") or "postgresql://postgres@127.0.0.1:5432/postgres"


@pytest.fixture(scope="session")
def ropewalk() -> Ropewalk:
    """Run ``ropewalk`` with arguments; keyword arguments are environment variables."""

    def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        own = {name: value for name, value in os.environ.items() if name != "ROPEWALK_STORE"}
        return subprocess.run(
            [sys.executable, "-m", "ropewalk", *map(str, arguments)],
            env={**own, "PYTHONPATH": str(ROOT / "src"), **environment},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def council_store(
    ropewalk: Ropewalk, shared_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A store with the real council files, and what the import said; tests only read it."""
    store = tmp_path_factory.mktemp("council") / "store"
    return store, ropewalk("open-data", "import", shared_data / "la", "--store", store)


@pytest.fixture(scope="session")
def new_database() -> Iterator[Callable[[], str]]:
    """Makes PostgreSQL databases, empty, each with an address of its own; all are dropped afterwards.

    Skips with a reason where no server answers, and fails where CI=true promises one.
    """
    try:
        server = psycopg.connect(SERVER, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        reason = "NO POSTGRESQL: no server answers at DATABASE_URL or 127.0.0.1:5432"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    made: list[str] = []
    numbers = count(1)

    def make() -> str:
        made.append(f"ropewalk_cli_{os.getpid()}_{next(numbers)}")
        server.execute(f'CREATE DATABASE "{made[-1]}"')  # type: ignore[call-overload]
        return f"{SERVER.rpartition('/')[0]}/{made[-1]}"

    with server:
        yield make
        for name in made:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[call-overload]
