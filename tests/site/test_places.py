"""Finding a place, and the page of a place."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from ropewalk.core.publish import wording
from ropewalk.core.schema.places import find_place
from ropewalk.core.use_cases.overview import place_overview
from ropewalk.core.use_cases.store import Reader, Store

PLYMOUTH = "/places/E06000026/"
pytestmark = pytest.mark.usefixtures("site_store")
Read = Callable[..., Any]


@pytest.mark.parametrize(
    "typed", ["Plymouth", "plymouth", "E06000026", "e06000026", "879", " Plymouth ", "Plymou", "PL4", "PL4 6RN"]
)
def test_one_place_that_is_meant_is_shown_at_once(typed: str, client: Client) -> None:
    answer = client.get("/", {"q": typed})
    assert answer.status_code == 302
    assert answer.headers["Location"] == PLYMOUTH


def test_an_exact_name_wins_over_longer_names(client: Client) -> None:
    assert client.get("/", {"q": "Bedford"}).headers["Location"] == f"/places/{find_place('Bedford').code}/"
    assert client.get("/", {"q": "Dorset"}).headers["Location"] == f"/places/{find_place('Dorset').code}/"


def test_words_that_several_names_hold_list_them_all(read: Read) -> None:
    page = read("/?q=north")
    assert "North East" in page.words
    assert "Region" in page.words
    assert "Northumberland" in page.words
    assert "Council area, North East" in page.words


def test_no_match_says_what_to_try(read: Read) -> None:
    page = read("/?q=%3Cscript%3Exyz")
    assert (2, "No place fits “<script>xyz”") in page.headings
    assert "What you can try" in page.words
    assert "<script>xyz" not in page.html


def test_the_first_page_lists_every_place_once(read: Read) -> None:
    page = read("/")
    listed = [address for address, _ in page.links if address.startswith("/places/")]
    assert len(listed) == len(set(listed))
    assert {PLYMOUTH, "/places/E92000001/", "/places/E12000009/"} <= set(listed)
    assert "Cumbria until 2023" in page.words


@pytest.mark.parametrize("written", ["879", "plymouth", "e06000026", "Plymouth"])
def test_other_names_of_a_place_lead_to_its_address(written: str, client: Client) -> None:
    answer = client.get(f"/places/{written}/?sort=latest")
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{PLYMOUTH}?sort=latest"


def test_an_unknown_place_is_not_found_in_words(read: Read) -> None:
    page = read("/places/nowhere/", status=404)
    assert "There is no place called 'nowhere'" in page.words
    assert "ropewalk places" not in page.words


def test_the_page_shows_exactly_the_figures_of_the_core(site_store: Path, read: Read) -> None:
    reader = Reader(Store(site_store))
    overview = place_overview(reader, find_place("Plymouth"))
    page = read(PLYMOUTH)
    rows = [row for section in overview.sections for row in section.rows]
    assert len(rows) > 15
    for row in rows:
        shown = page.row(wording.heading_words(row.measure, row.phase, row.group))
        expected = [
            wording.figure_words(row.latest, row.measure),
            row.latest.period,
            wording.change_words(row.last_year.amount if row.last_year else None, row.measure),
            wording.change_words(row.since_2018_19.amount if row.since_2018_19 else None, row.measure),
            wording.figure_words(row.country, row.measure),
            wording.figure_words(row.region, row.measure),
            wording.value_words(row.neighbours.median if row.neighbours else None, row.measure),
        ]
        assert shown[1:8] == [words.replace(" percentage point", " point") for words in expected]
    reader.close()


def test_figures_that_were_published_elsewhere_too(read: Read) -> None:
    """Spot figures from the official tables, as noted beside the shared data."""
    page = read(PLYMOUTH)
    assert page.row("Overall absence")[1:3] == ["7.61%", "2024/25"]
    assert page.row("Suspensions")[1:3] == ["17.11%", "2023/24"]
    assert page.row("Permanent exclusions")[1:3] == ["0.21%", "2023/24"]
    assert page.row("Attainment 8")[1] == "45.7"
    assert page.row("Attainment 8")[5] == "46.0"


def test_neighbours_are_named_and_their_choice_explained(read: Read) -> None:
    page = read(PLYMOUTH)
    names = [words for address, words in page.links if address.startswith("/places/E")]
    assert "Tameside" in names
    assert "The Department for Education chooses and publishes them" in page.words


def _column(page: Any, name: str) -> list[float]:
    cells = page.tables[0][1:]
    place = next(index for index, head in enumerate(page.tables[0][0]) if head.startswith(name))
    return [float(re.sub(r"[^0-9.−-]", "", row[place]).replace("−", "-")) for row in cells]


@pytest.mark.parametrize(
    ("key", "name"), [("latest", "Latest"), ("country", "England"), ("year", "Change on last year")]
)
def test_tables_sort_by_any_column_without_javascript(key: str, name: str, read: Read) -> None:
    upward = _column(read(f"{PLYMOUTH}?sort={key}&dir=asc"), name)
    downward = _column(read(f"{PLYMOUTH}?sort={key}&dir=desc"), name)
    assert upward == sorted(upward)
    assert downward == sorted(downward, reverse=True)
    assert len(set(upward)) > 1


def test_the_order_is_said_and_can_be_undone(read: Read) -> None:
    page = read(f"{PLYMOUTH}?sort=latest&dir=desc")
    assert 'aria-sort="descending"' in page.html
    assert "show in the usual order" in page.words
    assert 'aria-sort="descending"' not in read(f"{PLYMOUTH}?sort=nonsense").html


def test_a_region_and_a_country_have_pages_too(read: Read) -> None:
    region = read("/places/E12000009/")
    assert "South West" not in [cell for row in region.tables[0] for cell in row]
    assert "neighbours" not in region.words.lower().replace("compare", "")
    assert PLYMOUTH in region.addresses("/places/E06")
    country = read("/places/E92000001/")
    assert "England" not in country.tables[0][0]
    assert country.row("Overall absence")[1] == "6.78%"


def test_an_abolished_council_says_until_when(read: Read) -> None:
    page = read(f"/places/{find_place('Cumbria').code}/")
    assert "This council existed until 2023" in page.words


@pytest.mark.parametrize(
    "address",
    ["/", "/?q=north", PLYMOUTH, "/places/E12000009/", f"{PLYMOUTH}measures/attainment8/", "/measures/", "/sources/"],
)
def test_pages_keep_the_rules_of_the_house(address: str, client: Client, read: Read) -> None:
    page = read(address)
    levels = [level for level, _ in page.headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert " style=" not in page.html
    assert "<script>" not in page.html
    ids = re.findall(r' id="([^"]+)"', page.html)
    assert len(ids) == len(set(ids))
    answer = client.get(address)
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert client.head(address).status_code == 200
    assert client.post(address).status_code == 405
