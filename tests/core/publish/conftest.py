"""A store of real council figures, and the views and documents of one place made from it once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from ropewalk.core.open_data.importing import import_open_data
from ropewalk.core.schema.places import Place, find_place
from ropewalk.core.use_cases.documents import make_data_book, make_slides, make_workbook
from ropewalk.core.use_cases.measure_detail import measure_detail
from ropewalk.core.use_cases.overview import place_overview
from ropewalk.core.use_cases.store import Reader, Store
from ropewalk.core.views.measure_detail import MeasureDetail
from ropewalk.core.views.overview import Overview

NOW = "2026-09-01T00:00:00Z"
TODAY = dt.date(2026, 9, 1)
FILES = (
    "la/la_code_list.csv",
    "la/lait_data_dictionary.csv",
    "la/lait_la_indicators_long.csv.gz",
    "la/statistical_neighbours_may_2025.csv",
    "exclusions/exclusions_by_geographic_level_200607_to_201617.csv.gz",
)


def unseen(_done: int, _total: int, _what: str) -> None:
    """Progress nobody looks at."""


@pytest.fixture(scope="session")
def reader(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    store = Store(tmp_path_factory.mktemp("publish-store"))
    import_open_data(store, [shared_data / name for name in FILES], now=NOW, progress=lambda _what, _done, _of: None)
    reader = Reader(store)
    yield reader
    reader.close()


@pytest.fixture(scope="session")
def plymouth() -> Place:
    return find_place("Plymouth")


@pytest.fixture(scope="session")
def overview(reader: Reader, plymouth: Place) -> Overview:
    return place_overview(reader, plymouth)


@pytest.fixture(scope="session")
def persistent(reader: Reader, plymouth: Place) -> MeasureDetail:
    return measure_detail(reader, plymouth, "persistent_absence")


@pytest.fixture(scope="session")
def attainment(reader: Reader, plymouth: Place) -> MeasureDetail:
    return measure_detail(reader, plymouth, "attainment8")


@pytest.fixture(scope="session")
def data_book(reader: Reader, plymouth: Place) -> bytes:
    return make_data_book(reader, plymouth, today=TODAY, progress=unseen)


@pytest.fixture(scope="session")
def workbook(reader: Reader, plymouth: Place) -> bytes:
    return make_workbook(reader, plymouth, today=TODAY, progress=unseen)


@pytest.fixture(scope="session")
def slides(reader: Reader, plymouth: Place) -> bytes:
    return make_slides(reader, plymouth, today=TODAY, progress=unseen)
