"""Deprivation of areas, read from the real files."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from ropewalk.core.open_data.reading import Reader, Selection
from ropewalk.core.open_data.store import Store

ImportFiles = Callable[[Sequence[str]], Store]
FILES = (
    "deprivation/imd2019_lsoa11.csv.gz",
    "deprivation/imd2025_lsoa21.csv.gz",
    "deprivation/imd2025_ltla24.csv.gz",
    "deprivation/iod2019_idaci_idaopi_lsoa11.csv.gz",
    "deprivation/iod2025_lsoa21_indicators.csv.gz",
    "deprivation/lookup_lsoa11_ltla21.csv.gz",
    "deprivation/lookup_lsoa21_ward24_ltla24.csv.gz",
)


@pytest.fixture(scope="module")
def store(import_files: ImportFiles) -> Store:
    return import_files(FILES)


@pytest.fixture(scope="module")
def reader(store: Store) -> Reader:
    return Reader(store)


@pytest.mark.parametrize(
    ("publication", "read"),
    [
        ("imd_2019_small_areas", 32_844),
        ("imd_2025_small_areas", 33_755),
        ("imd_2025_districts", 296),
        ("idaci_2019_small_areas", 32_844),
        ("iod_2025_indicators", 33_755),
        ("lookup_small_areas_2011", 34_753),
        ("lookup_small_areas_2021", 35_672),
    ],
)
def test_every_row_is_kept(reader: Reader, publication: str, read: int) -> None:
    edition = next(e for e in reader.editions.values() if e.publication == publication)
    assert (edition.read, edition.kept, edition.refused, edition.missing) == (read, read, 0, 0)


@pytest.mark.parametrize(
    ("place", "rank", "score"),
    [("E06000009", 1, 43.467), ("E08000004", 11, 36.83), ("E06000026", 87, 24.087), ("E08000029", 173, 17.04)],
)
def test_councils_have_score_and_rank(reader: Reader, place: str, rank: int, score: float) -> None:
    figures = {f.measure: f for f in reader.figures(Selection(places=[place], periods=["2025"]))}
    assert figures["imd_rank_of_average_score"].value == rank
    assert figures["imd_average_score"].value == score


def test_districts_below_a_county_are_rows_without_figures(store: Store) -> None:
    con = store.read()
    figures = con.execute("SELECT count(*) FROM figure WHERE measure = 'imd_average_score'").fetchone()
    below = con.execute(
        "SELECT count(*) FROM published_imd_2025_districts WHERE starts_with(ltla24_code, 'E07')"
    ).fetchone()
    con.close()
    assert figures == (132,)
    assert below == (164,)


def test_the_most_deprived_small_area_of_2025(store: Store) -> None:
    con = store.read()
    found = con.execute(
        'SELECT lsoa21_code, "IMD_score" FROM published_imd_2025_small_areas WHERE "IMD_rank" = \'1\''
    ).fetchall()
    con.close()
    assert found == [("E01021988", "94.223")]


def test_small_areas_most_deprived_for_children_are_counted(reader: Reader, store: Store) -> None:
    figure = reader.figures(Selection(places=["E06000009"], measures=["idaci_most_deprived_share"]))[0]
    assert (figure.numerator, figure.denominator, figure.period) == (32, 94, "2019")
    assert figure.value == pytest.approx(34.04)
    assert figure.source.calculation
    con = store.read()
    tenth = con.execute(
        'SELECT count(*) FROM published_idaci_2019_small_areas WHERE "Income Deprivation Affecting Children Index '
        "(IDACI) Decile (where 1 is most deprived 10% of LSOAs)\" = '1'"
    ).fetchone()
    con.close()
    assert tenth == (3284,)
