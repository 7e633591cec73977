"""``ropewalk bench``: benchmarks are found, and what is not there is said in plain words."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

Ropewalk = Callable[..., subprocess.CompletedProcess[str]]


def test_unknown_benchmark_names_those_that_are_there(ropewalk: Ropewalk, tmp_path: Path) -> None:
    done = ropewalk("bench", "nothing", "--data", tmp_path, "--store", tmp_path)
    assert done.returncode == 4
    assert all(name in done.stderr for name in ("import", "figures", "pages", "returns", "scorecard", "england", "all"))


def test_data_that_is_not_there_is_an_error_of_the_input(ropewalk: Ropewalk, tmp_path: Path) -> None:
    done = ropewalk("bench", "import", "--data", tmp_path / "gone", "--store", tmp_path)
    assert done.returncode == 2
    assert "gone" in done.stderr
