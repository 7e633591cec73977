"""``ropewalk synth place``: what it writes, what it says, what it refuses."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

Ropewalk = Callable[..., subprocess.CompletedProcess[str]]


def test_a_made_up_place_is_written_and_says_so(ropewalk: Ropewalk, tmp_path: Path) -> None:
    folder = tmp_path / "place"
    done = ropewalk(
        *("synth", "place", "--schools", 2, "--pupils", 120, "--years", 2, "--seed", 4),
        *("--last-year", "2025/26", "--until", "2025-11-07", "-o", folder),
    )
    assert done.returncode == 0, done.stderr
    assert "Nothing in them is true" in done.stdout
    assert str(folder / "2025-26") in done.stdout
    assert {path.name for path in folder.iterdir()} == {
        *("2024-25", "2025-26", "README.txt", "register", "schools.csv"),
    }
    register = (folder / "2025-26" / "register.csv").read_text(encoding="utf-8")
    assert "2025-11-03" in register
    assert "2025-11-10" not in register


def test_what_it_writes_can_be_submitted(ropewalk: Ropewalk, tmp_path: Path) -> None:
    store, folder = tmp_path / "store", tmp_path / "place"
    assert ropewalk("synth", "place", "--schools", 2, "--pupils", 100, "-o", folder).returncode == 0
    assert ropewalk("open-data", "import", folder / "register", "--store", store).returncode == 0
    done = ropewalk("returns", "submit", folder / "2024-25", "--by", "tester", "--store", store)
    assert done.returncode == 0, done.stdout + done.stderr


def test_mistakes_are_listed(ropewalk: Ropewalk, tmp_path: Path) -> None:
    done = ropewalk("synth", "place", "--schools", 2, "--pupils", 100, "--mistakes", 0.02, "-o", tmp_path)
    assert done.returncode == 0, done.stderr
    listed = (tmp_path / "mistakes.csv").read_text(encoding="utf-8").splitlines()
    assert listed[0] == "file,line,check"
    assert len(listed) > 50


def test_a_place_that_cannot_be_ends_with_2_and_says_what_to_do(ropewalk: Ropewalk, tmp_path: Path) -> None:
    for wrong in (
        ("--schools", 30, "--pupils", 100),
        ("--last-year", "2024/26"),
        ("--mistakes", 2),
        ("--until", "2020-01-01"),
    ):
        done = ropewalk("synth", "place", *wrong, "-o", tmp_path / "place")
        assert done.returncode == 2, done.stdout
        assert done.stderr.strip()
    assert not (tmp_path / "place").exists()
