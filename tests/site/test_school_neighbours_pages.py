"""Statistical neighbours of a school on the site: from published figures, with weights and filters to choose."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from tests.site.conftest import Page

from ropewalk.core.compare.school_neighbours import Region
from ropewalk.core.use_cases.importing import import_open_data
from ropewalk.core.use_cases.neighbours import NeighboursWanted, school_neighbourhood
from ropewalk.core.use_cases.store import Reader, Store

Reading = Callable[..., Page]
URN = "990003"
PAGE = f"/schools/{URN}/neighbours/"


@pytest.fixture(autouse=True)
def store(live_store: Path, settings: Settings) -> Path:
    settings.ROPEWALK_STORE = live_store
    settings.PAGE_CACHE = False
    return live_store


@pytest.fixture
def reader(live_store: Path) -> Iterator[Reader]:
    opened = Reader(Store(live_store))
    yield opened
    opened.close()


def test_the_page_shows_the_school_then_its_neighbours_with_the_figures_that_made_them_near(
    read: Reading, reader: Reader
) -> None:
    page = read(PAGE)
    shown = school_neighbourhood(reader, URN)
    assert [level for level, _ in page.headings].count(1) == 1
    table = page.tables[0]
    assert [row[0] for row in table[1:]] == [row.school.name for row in (shown.own, *shown.nearest)]
    assert table[1][2] == "this school"
    distances = [float(row[2]) for row in table[2:]]
    assert len(distances) == 10
    assert distances == sorted(distances)
    assert page.addresses("/figures/?")
    assert "The 10 nearest of" in page.words
    assert "pupils eligible for free school meals (weight 1)" in page.words
    assert "Not published for this school in the imported files, so not compared:" in page.words
    assert page.row("Eligible for free school meals")[1] == "1"


def test_distances_are_those_worked_out_by_hand(reader: Reader) -> None:
    """Over all schools of the phase with figures: the root of the mean squared difference in standard deviations."""
    shown = school_neighbourhood(reader, URN)
    names = [name for name in shown.periods if shown.weights[name]]
    values = {name: reader.values_of_schools(name, shown.periods[name]) for name in names}
    same = [one.urn for one in reader.schools() if one.phase == shown.school.phase]
    spread = {}
    for name in names:
        known = [values[name][urn] for urn in same if urn in values[name]]
        mean = sum(known) / len(known)
        spread[name] = (sum((value - mean) ** 2 for value in known) / len(known)) ** 0.5
    apart = {
        urn: (sum(((values[n][urn] - values[n][URN]) / spread[n]) ** 2 for n in names) / len(names)) ** 0.5
        for urn in same
        if urn != URN and all(urn in values[n] for n in names)
    }
    nearest = sorted(apart, key=apart.__getitem__)[:10]
    assert [row.school.urn for row in shown.nearest] == nearest
    assert [row.distance for row in shown.nearest] == pytest.approx([apart[urn] for urn in nearest])


def test_weights_and_filters_are_part_of_the_address_and_change_the_answer(read: Reading, reader: Reader) -> None:
    usual = read(PAGE)
    query = "?w_free_school_meals=0&w_eal_share=0&w_pupils_on_roll=3&phase=any&region=same&count=5"
    page = read(f"{PAGE}{query}")
    wanted = NeighboursWanted(
        {"free_school_meals": 0.0, "eal_share": 0.0, "pupils_on_roll": 3.0},
        same_phase=False,
        region=Region.SAME,
        count=5,
    )
    shown = school_neighbourhood(reader, URN, wanted)
    assert [row[0] for row in page.tables[0][2:]] == [row.school.name for row in shown.nearest]
    assert len(shown.nearest) == 5
    assert page.tables[0] != usual.tables[0][:7]
    assert '<option value="3" selected>3</option>' in page.html
    assert '<option value="same" selected>The same region</option>' in page.html
    assert "number of pupils (weight 3)" in page.words
    assert PAGE in page.addresses(PAGE)


def test_the_file_holds_the_table_of_the_page(client: Client, read: Reading) -> None:
    query = "?w_pupils_on_roll=0&count=5"
    page = read(f"{PAGE}{query}")
    [address] = [a for a in page.addresses(PAGE) if "neighbours.csv" in a]
    assert address.endswith("neighbours.csv?w_pupils_on_roll=0&count=5")
    answer = client.get(address)
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == [row[0] for row in page.tables[0]]
    assert client.get(address.replace(".csv", ".xlsx")).content[:2] == b"PK"
    assert client.get(f"{PAGE}neighbours.pdf").status_code == 404


def test_what_is_no_choice_is_said_and_the_usual_value_used(read: Reading) -> None:
    page = read(f"{PAGE}?w_eal_share=-4&region=moon&count=ten&w_tall=1")
    assert "A weight is one of 0, 0.5, 1, 2, 3. 1 is used." in page.words
    assert "Region is one of any, same, other. Any is used." in page.words
    assert page.tables[0] == read(PAGE).tables[0]


def test_without_weight_there_is_nothing_to_compare_by(read: Reading) -> None:
    page = read(f"{PAGE}?w_free_school_meals=0&w_eal_share=0&w_pupils_on_roll=0")
    assert "Give at least one circumstance a weight above 0" in page.words
    assert page.tables == []


def test_a_school_without_any_published_figure_is_told_so(
    read: Reading, shared_data: Path, tmp_path: Path, settings: Settings
) -> None:
    """A store with a register alone."""
    file = shared_data / "register" / "gias_establishments_sample_2026_08.csv.gz"
    import_open_data(Store(tmp_path / "store"), [file], now="2026-09-01T00:00:00Z", progress=lambda *_: None)
    settings.ROPEWALK_STORE = tmp_path / "store"
    reader = Reader(Store(tmp_path / "store"))
    silent = reader.schools()[0].urn
    reader.close()
    page = read(f"/schools/{silent}/neighbours/")
    assert "Nothing is published on the pupils of this school" in page.words
    assert page.addresses("/sources/")
    assert "Choose what counts" not in page.words
    read("/schools/111111/neighbours/", status=404)


def test_a_real_school_has_neighbours_among_thousands(site_store: Path, read: Reading) -> None:
    """Sir John Hunt Community Sports College of Plymouth: few pupils with another first language."""
    reader = Reader(Store(site_store))
    shown = school_neighbourhood(reader, "113533")
    assert shown.answer is not None
    assert shown.answer.considered > 3000
    for row in shown.nearest:
        assert row.school.phase == "secondary"
        assert abs((row.figures["eal_share"].value or 0) - (shown.own.figures["eal_share"].value or 0)) < 10
    assert {row.figures[name].period for row in shown.nearest for name in row.figures} == {"2022/23"}
    reader.close()
    assert read("/schools/113533/neighbours/").tables[0][1][2] == "this school"


def test_the_page_of_the_school_leads_there_and_a_laestab_to_the_urn(
    client: Client, read: Reading, reader: Reader
) -> None:
    assert PAGE in read(f"/schools/{URN}/").addresses(PAGE)
    laestab = reader.school(URN).laestab
    assert client.get(f"/schools/{laestab}/neighbours/").headers["Location"] == PAGE
