"""``ropewalk board-report``: what it writes, and its errors in words with their exit codes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.browser.conftest import _home
from tests.browser.test_board_report_journey import CAST, PREPARE


@pytest.fixture(scope="module")
def store(live_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a place and a plan at work."""
    folder = tmp_path_factory.mktemp("board-report") / "store"
    shutil.copytree(live_store, folder)
    done = _python(folder, "-c", PREPARE, str(folder), str(CAST))
    assert done.returncode == 0, done.stderr
    return folder


def _python(store: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    home = _home(store)
    home.pop("DATABASE_URL", None)
    return subprocess.run([sys.executable, *arguments], env=home, capture_output=True, text=True, check=False)


def _report(store: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return _python(store, "-m", "ropewalk", "board-report", *arguments, "--store", str(store))


def test_it_writes_pdf_slides_and_page_and_in_public_nothing_else(store: Path, tmp_path: Path) -> None:
    done = _report(store, "X06000001", "-o", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert sorted(one.suffix for one in tmp_path.iterdir()) == [".html", ".pdf", ".pptx"]
    assert "Brindlewisp" in next(tmp_path.glob("*.html")).read_text(encoding="utf-8")
    done = _report(store, "x06000001", "--public", "-o", str(tmp_path))
    assert done.returncode == 0, done.stderr
    page = next(tmp_path.glob("public-report*.html")).read_text(encoding="utf-8")
    for hidden in ("Brindlewisp", "Wilhelmora", "Ottoline", "£"):
        assert hidden not in page


def test_what_is_not_there_is_said_in_words(store: Path, tmp_path: Path) -> None:
    unknown = _report(store, "Nowhere", "-o", str(tmp_path))
    assert (unknown.returncode, "No place is known here" in unknown.stderr) == (4, True)
    (tmp_path / "file").write_text("", encoding="utf-8")
    refused = _report(store, "X06000001", "-o", str(tmp_path / "file" / "inside"))
    assert (refused.returncode, "cannot be written to" in refused.stderr) == (2, True)
