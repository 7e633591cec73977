"""The page of a measure: trend, phases, groups, councils, charts, tables as files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from django.test import Client

from ropewalk.core.publish import tables
from ropewalk.core.schema.places import find_place
from ropewalk.core.use_cases.measure_detail import measure_detail
from ropewalk.core.use_cases.store import Reader, Store

PAGE = "/places/E06000026/measures/persistent_absence/"
pytestmark = pytest.mark.usefixtures("site_store")
Read = Callable[..., Any]


def test_the_sentence_says_the_newest_figure_and_what_it_is_compared_with(read: Read) -> None:
    words = read(PAGE).words
    assert "20.8% of pupils in Plymouth were persistently absent in 2024 to 2025" in words
    assert "England: 18.1%." in words


def test_published_figures_stand_in_the_trend(read: Read) -> None:
    page = read(PAGE)
    assert page.row("2022 to 2023")[1:4] == ["24.1%", "21.3%", "21.2%"]
    assert page.row("2018 to 2019")[1] == "12.2%"
    assert page.row("2019 to 2020")[1] == "not collected"


@pytest.mark.parametrize("measure", ["persistent_absence", "suspension_rate", "attainment8", "gap_attainment8", "neet"])
def test_every_table_shows_exactly_what_the_core_made(measure: str, site_store: Path, read: Read) -> None:
    reader = Reader(Store(site_store))
    detail = measure_detail(reader, find_place("Plymouth"), measure)
    page = read(f"/places/E06000026/measures/{measure}/")
    for table in (tables.trend_table(detail), tables.strip_table(detail)):
        assert len(table.rows) > 1
        for row in table.rows:
            shown = page.row(row[0].words)
            assert shown == [row[0].words, *(c.words.replace(" percentage point", " point") for c in row[1:])]
    reader.close()


def test_phase_and_group_are_chosen_by_links_that_keep_the_other(read: Read) -> None:
    page = read(f"{PAGE}?phase=secondary&group=all")
    assert (1, "Plymouth Persistent absence: secondary schools") in page.headings
    chosen = [address for address, _ in page.links if address.startswith(f"{PAGE}?phase=")]
    assert f"{PAGE}?phase=all&group=all" in chosen
    assert f"{PAGE}?phase=primary&group=all" in chosen
    for address in dict.fromkeys(chosen):
        read(address)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/places/E06000026/measures/happiness/", "There is no measure 'happiness'"),
        (f"{PAGE}?phase=nursery", "There is no phase 'nursery'"),
        (f"{PAGE}?group=tall", "There is no group 'tall'"),
        (f"{PAGE}?phase=alternative&group=girls", "Nothing is published on 'Persistent absence' in Plymouth"),
        (f"{PAGE}charts/pie.svg", "There is no chart or table 'pie'"),
        (f"{PAGE}tables/pie.csv", "There is no chart or table 'pie'"),
    ],
)
def test_what_is_not_there_is_not_found_in_words(address: str, words: str, read: Read) -> None:
    assert words in read(address, status=404).words


def test_a_table_as_csv_holds_exactly_what_is_shown(read: Read, client: Client) -> None:
    page = read(PAGE)
    files = [address for address, _ in page.links if address.endswith("group=all") and "/tables/" in address]
    assert [file for file in files if ".csv" in file]
    for address in (file for file in files if ".csv" in file):
        answer = client.get(address)
        assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="plymouth-persistent-absence-')
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        header, *body = rows
        shown = [
            index
            for index, name in enumerate(header)
            if not name.endswith((": as published", ": source file", ": source row"))
        ]
        for row in body:
            on_page = page.row(row[0])
            for index, cell in zip(shown, on_page, strict=True):
                number = cell.replace("−", "-").removesuffix("%").removesuffix(" percentage points")
                assert number.lstrip("+") == row[index]


def test_a_table_as_workbook_holds_exactly_what_is_shown(read: Read, client: Client) -> None:
    page = read(PAGE)
    answer = client.get(f"{PAGE}tables/trend.xlsx?phase=all&group=all")
    name = "plymouth-persistent-absence-all-all-trend.xlsx"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    cells = [cell for row in book.worksheets[-1].iter_rows(values_only=True) for cell in row if cell is not None]
    for row in page.tables[0]:
        for cell in row[1:]:
            words = cell.removesuffix("%")
            assert words in cells or float(words) in cells


def test_a_chart_is_drawn_and_described_for_every_part(read: Read, client: Client) -> None:
    page = read(PAGE)
    figures = page.html.count("data-chart=")
    assert figures == 4
    for name in ("trend", "by-phase", "by-group", "councils"):
        query = "?phase=all&amp;group=all"
        assert f'data-chart="{PAGE}charts/{name}.json{query}"' in page.html
        spec = json.loads(client.get(f"{PAGE}charts/{name}.json?phase=all&group=all").content)
        assert spec["$schema"].startswith("https://vega.github.io/schema/vega-lite/")
        image = client.get(f"{PAGE}charts/{name}.svg?phase=all&group=all")
        assert image.headers["Content-Type"].startswith("image/svg+xml")
        root = ET.fromstring(image.content)  # noqa: S314 - our own drawing
        assert root.find("{http://www.w3.org/2000/svg}title") is not None
    assert 'alt=""' not in page.html


def test_councils_stand_in_order_of_name_and_never_of_value(read: Read) -> None:
    page = read(PAGE)
    others = page.tables[-1][1:]
    names = [row[0] for row in others]
    assert len(names) > 130
    assert names == sorted(names)
    assert "This is no league table" in page.words
    assert "rank" not in page.words.lower().replace("frank", "")


def test_a_measure_of_a_country_has_no_neighbours(read: Read) -> None:
    page = read("/places/E92000001/measures/attainment8/")
    assert "Neighbours" not in " ".join(page.tables[0][0])
    assert page.row("2024 to 2025")[1] == "46.0"


def test_every_measure_of_a_place_has_its_page(read: Read) -> None:
    addresses = [a for a in read("/places/E06000026/").addresses("/places/E06000026/measures/") if "#" not in a]
    assert len(addresses) > 15
    for address in addresses:
        page = read(address)
        assert len(page.tables) >= 1
