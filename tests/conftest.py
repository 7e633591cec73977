"""What every test may use. Django is never imported here: tests of the core must run without it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def shared_data_folder() -> Path:
    """Where the real published files are looked for: ROPEWALK_SHARED_DATA, else beside the repository."""
    named = os.environ.get("ROPEWALK_SHARED_DATA")
    return Path(named).resolve() if named else ROOT.parent / "shared" / "data"


def pytest_report_header() -> str:
    """Say at the top of every run whether the real published files are there."""
    folder = shared_data_folder()
    if folder.is_dir():
        return f"real published files: {folder}"
    return f"REAL PUBLISHED FILES ARE MISSING: {folder} is not a folder; tests that read them are skipped"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever reads the real files carries the marker, so `-m 'not shared_data'` means what it says."""
    for item in items:
        if "shared_data" in getattr(item, "fixturenames", ()):
            item.add_marker("shared_data")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real published files; skips loudly without it, and fails where CI=true promises it."""
    folder = shared_data_folder()
    if not folder.is_dir():
        reason = f"NO REAL DATA: {folder} is not a folder. Put the published files there or set ROPEWALK_SHARED_DATA."
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    return folder
