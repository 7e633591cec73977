"""The real command line, run as a process of its own, as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
Ropewalk = Callable[..., subprocess.CompletedProcess[str]]


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
