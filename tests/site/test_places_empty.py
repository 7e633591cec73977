"""The site before anything was imported, and while somebody imports."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ropewalk.core.use_cases.importing import import_open_data
from ropewalk.core.use_cases.store import Store
from ropewalk.site.foundation import store

PLYMOUTH = "/places/E06000026/"
Read = Callable[..., Any]


@pytest.mark.usefixtures("empty_store")
def test_an_empty_store_says_what_to_do(read: Read) -> None:
    page = read("/")
    assert "ropewalk open-data import" in page.words
    assert "ropewalk demo" in page.words
    assert "ropewalk open-data import" in read(PLYMOUTH, status=404).words


def test_a_new_import_shows_on_a_site_that_runs(
    empty_store: Path, shared_data: Path, monkeypatch: pytest.MonkeyPatch, read: Read
) -> None:
    monkeypatch.setattr(store, "CHECK_EVERY", 0.0)
    assert "ropewalk demo" in read("/").words
    for file, measure, shown in (
        ("exclusions/exclusions_by_geographic_level_200607_to_201617.csv.gz", "Suspensions", "4.27%"),
        ("la/lait_la_indicators_long.csv.gz", "Suspensions", "17.11%"),
    ):
        import_open_data(Store(empty_store), [shared_data / file], now="2026-09-01T00:00:00Z", progress=lambda *_: None)
        assert read(PLYMOUTH).row(measure)[1] == shown
