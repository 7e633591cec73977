"""What tests of the site stand on: a store of real published figures, and one without any."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from ropewalk.core.use_cases.importing import import_open_data
from ropewalk.core.use_cases.store import Store

NOW = "2026-09-01T00:00:00Z"
FILES = (
    "la",
    "register/spc_school_level_2022_23.csv.gz",
    "register/gias_establishment_links_20250422.csv.gz",
    "exclusions/exclusions_by_geographic_level_200607_to_201617.csv.gz",
)


@pytest.fixture(scope="session")
def site_store_folder(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store imported once per run from real files; tests only read it."""
    folder = tmp_path_factory.mktemp("site-store")
    paths = [shared_data / name for name in FILES]
    import_open_data(Store(folder), paths, now=NOW, progress=lambda _what, _done, _of: None)
    return folder


@pytest.fixture
def site_store(site_store_folder: Path, settings: Settings) -> Path:
    """The site shows the real figures of ``site_store_folder`` for the length of this test."""
    settings.ROPEWALK_STORE = site_store_folder
    return site_store_folder


@pytest.fixture
def empty_store(tmp_path: Path, settings: Settings) -> Path:
    """The site has a store into which nothing was imported."""
    settings.ROPEWALK_STORE = tmp_path / "store"
    return tmp_path / "store"
