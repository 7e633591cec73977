"""Places side by side, and a whole region."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from ropewalk.core.publish.tables import comparison_table
from ropewalk.core.use_cases.comparing import compare_places, places_to_compare
from ropewalk.core.use_cases.store import Reader, Store

THREE = "/compare/?place=E06000026&place=E06000009&place=E08000004"
REGION = "/compare/?region=E12000002"
Read = Callable[..., Any]


@pytest.fixture(autouse=True)
def whole_store(everything: Path, settings: Settings) -> None:
    """The site shows every real published file, and keeps no pages between tests."""
    settings.ROPEWALK_STORE = everything
    settings.PAGE_CACHE = False


@pytest.fixture
def reader(everything: Path) -> Iterator[Reader]:
    """The same store, read directly."""
    opened = Reader(Store(everything))
    yield opened
    opened.close()


def rows_of(answer: Any) -> list[list[str]]:
    """A downloaded table with its header."""
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_names_and_numbers_become_an_address_to_keep(client: Client) -> None:
    answer = client.get("/compare/?place=Plymouth&place=890&place=&place=oldham&measure=neet&utm=x")
    assert answer.headers["Location"] == f"{THREE}&measure=neet"
    assert client.get("/compare/?region=North+West").headers["Location"] == REGION
    assert client.get(THREE).status_code == 200


def test_places_stand_side_by_side_with_the_published_figures(read: Read, reader: Reader) -> None:
    places, _ = places_to_compare(["Plymouth", "Blackpool", "Oldham"], None, reader)
    table = comparison_table(compare_places(reader, places, None))
    page = read(THREE)
    shown = page.tables[0]
    assert shown[0] == [column.heading for column in table.columns]
    wanted = [[cell.words for cell in row] for row in table.rows]
    plain = [[cell.replace("percentage ", "") for cell in row] for row in wanted]
    assert [[cell.replace("percentage ", "") for cell in row] for row in shown[1:]] == plain
    assert len(shown) > 20


def test_the_first_page_asks_for_places_and_offers_regions(read: Read) -> None:
    page = read("/compare/")
    assert page.html.count('name="place"') == 3
    assert len(page.addresses("/compare/?region=")) == 9
    assert "There is a problem" not in page.words


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("place=Plymouth", "You chose one place. Choose 2 to 12 places, or a whole region."),
        ("place=Plymouth&place=plymouth", "You chose one place."),
        ("place=Atlantis&place=Plymouth", "There is no place called 'Atlantis'."),
        ("&".join(f"place={number}" for number in range(301, 314)), "You chose 13 places. Choose at most 12"),
    ],
)
def test_what_is_wrong_is_said_in_a_summary_that_leads_to_the_field(read: Read, query: str, said: str) -> None:
    page = read(f"/compare/?{query}", status=400)
    assert (2, "There is a problem") in page.headings
    assert said in page.words
    for address, _ in page.links:
        if address.startswith("#place-"):
            assert f'id="{address[1:]}"' in page.html
    assert page.addresses("#place-")
    assert "<title>Error: " in page.html


def test_what_was_typed_is_kept_beside_what_is_wrong_with_it(read: Read) -> None:
    page = read("/compare/?place=Atlantis&place=%22%3E%3Cb%3E&place=Plymouth", status=400)
    assert 'value="Atlantis"' in page.html
    assert 'value="&quot;&gt;&lt;b&gt;"' in page.html
    assert page.html.count("govuk-input--error") == 2


def test_an_unknown_region_or_measure_is_not_found(read: Read) -> None:
    for query in ("region=E12009999", "region=Plymouth", "place=879&place=890&measure=no_such_measure"):
        read(f"/compare/?{query}", status=404)
    read(f"{THREE}&measure=ofsted_overall", status=404)


def test_places_are_added_and_taken_away_by_links(read: Read) -> None:
    page = read(f"{THREE}&measure=neet")
    without = "/compare/?place=E06000009&place=E08000004&measure=neet"
    assert without in page.addresses("/compare/?place=")
    added = page.addresses(f"{THREE}&place=")
    assert len(added) > 5
    assert read(added[0]).headings[0][1].count(",") == 2
    assert "Blackpool and Oldham" in read(without).headings[0][1]


def test_one_measure_is_drawn_over_time(read: Read, client: Client) -> None:
    page = read(f"{THREE}&measure=persistent_absence")
    image, spec = (re.search(rf'{name}="([^"]+over-time\.[^"]+)"', page.html) for name in ("src", "data-chart"))
    assert image
    assert spec
    assert b"<title" in client.get(image[1].replace("&amp;", "&")).content
    assert client.get(spec[1].replace("&amp;", "&")).json()["layer"]
    assert page.tables[1][0] == ["Period", "Plymouth", "Blackpool", "Oldham", "England"]
    assert "over-time.svg" not in read(THREE).html


def test_every_measure_of_the_table_can_be_drawn(read: Read) -> None:
    addresses = [a for a in read(THREE).addresses(THREE) if "measure=" in a]
    assert len(addresses) > 20
    for address in addresses:
        page = read(address.partition("#")[0])
        assert len(page.tables) == 2, address


def joined(tables: list[list[list[str]]]) -> list[list[list[str]]]:
    """Tables as they were before they were cut into blocks that a page holds: blocks have the same first column."""
    whole: list[list[list[str]]] = []
    for table in tables:
        names = 2 if table[0][0] == "Measure" else 1
        if whole and [row[:names] for row in whole[-1]] == [row[:names] for row in table]:
            whole[-1] = [[*left, *right[names:]] for left, right in zip(whole[-1], table, strict=True)]
        else:
            whole.append(table)
    return whole


@pytest.mark.parametrize("page", [f"{THREE}&measure=persistent_absence", f"{REGION}&measure=persistent_absence"])
def test_downloads_hold_exactly_the_tables_shown(read: Read, client: Client, page: str) -> None:
    shown = read(page)
    tables = joined(shown.tables)
    addresses = [a for a, _ in shown.links if a.startswith("/compare/") and ".csv?" in a]
    assert len(addresses) == len(tables)
    for address, table in zip(addresses, tables, strict=True):
        rows = rows_of(client.get(address))
        assert [row[0] for row in rows] == [row[0] for row in table]
        kept = [place for place, name in enumerate(rows[0]) if not re.search(r": (as published|source )", name)]
        assert [rows[0][place] for place in kept] == table[0]


def test_no_table_is_wider_than_a_sheet_of_paper(read: Read) -> None:
    for table in read(f"{REGION}&measure=persistent_absence").tables:
        assert len(table[0]) <= 11


def test_a_region_is_a_baseline_pooled_from_all_its_councils(read: Read, reader: Reader) -> None:
    page = read(REGION)
    assert "This is a baseline: how the children of the North West were doing, all councils together" in page.words
    assert page.headings[0] == (1, "Compare places North West: all 24 councils")
    row = page.row("Persistent absence")
    assert row == ["Persistent absence", "2022 to 2023", "23", "216,081", "1,015,198", "21.3%", "21.3%", "21.2%"]
    places, region = places_to_compare([], "North West", reader)
    assert len(page.tables[0]) == len(compare_places(reader, places, region).baseline) + 1
    assert joined(page.tables)[1][0][2:26] == [place.name for place in places]


def test_figures_of_a_comparison_lead_to_where_they_come_from(read: Read) -> None:
    addresses = read(THREE).addresses("/figures/")
    assert len(addresses) > 80
    for address in addresses[::9]:
        assert "Where it was published" in read(address).words


def test_parts_that_are_not_there_are_not_found(client: Client) -> None:
    for address in (
        THREE.replace("/compare/", "/compare/pooled.csv"),
        THREE.replace("/compare/", "/compare/over-time.svg"),
        THREE.replace("/compare/", "/compare/over-time.csv"),
        THREE.replace("/compare/", "/compare/other.csv"),
        THREE.replace("/compare/", "/compare/measures.exe"),
        "/compare/measures.csv?place=E06000026",
    ):
        assert client.get(address).status_code == 404, address


@pytest.mark.parametrize("address", ["/compare/", THREE, REGION, "/compare/?place=Atlantis"])
def test_no_page_holds_styles_or_scripts_of_its_own(client: Client, address: str) -> None:
    html = client.get(address).content.decode()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script>", html)
