"""Where does this come from? Every figure has a page that says it."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PLYMOUTH = "/places/E06000026/"
pytestmark = pytest.mark.usefixtures("site_store")
Read = Callable[..., Any]


def published(file: Path, row: int) -> list[str]:
    """A row of a file as a spreadsheet counts: the header is row 1."""
    with gzip.open(file, "rt", encoding="utf-8-sig", newline="") as text:
        return next(cells for number, cells in enumerate(csv.reader(text), start=1) if number == row)


def test_a_figure_leads_to_the_row_it_was_published_in(shared_data: Path, read: Read) -> None:
    page = read("/figures/?place=E06000026&measure=persistent_absence&period=2022/23")
    assert "24.1%" in page.words
    assert "“24.14”" in page.words
    assert "695e1199ac036bd09c5b4867ca088f5bcf3d40eff31f8c777813c98d472ad991" in page.words
    row = int(page.words.split("the header is row 1")[0].rsplit("(", 1)[0].split()[-1])
    cells = published(shared_data / "la" / "lait_la_indicators_long.csv.gz", row)
    shown = [line[1] for line in page.tables[0][1:]]
    assert [cell for cell in cells if cell] == [cell for cell in shown if cell]
    assert "24.14" in shown


def test_what_other_files_say_of_the_same_cell_is_kept(read: Read) -> None:
    page = read("/figures/?place=E06000026&measure=suspension_rate&period=2016/17")
    assert "What other files say" in page.words
    files = ("lait_la_indicators_long.csv.gz", "exclusions_by_geographic_level_200607_to_201617.csv.gz")
    assert all(file in page.words for file in files)


def test_what_to_say_when_quoting_is_there(read: Read) -> None:
    words = read("/figures/?place=E06000026&measure=persistent_absence&period=2022/23").words
    assert (
        "Persistent absence, Plymouth, 2022 to 2023: 24.1%. Source: Department for Education, "
        "Local Authority Interactive Tool" in words
    )
    assert "Open Government Licence v3.0" in words
    assert "1 September 2026" in words


def test_a_gap_names_the_two_figures_it_is_made_of(read: Read) -> None:
    page = read("/figures/?place=E06000026&measure=gap_attainment8&period=2024/25")
    parts = page.addresses("/figures/")
    assert len(parts) == 2
    assert "50.1" in read(parts[0]).words
    assert "34.3" in read(parts[1]).words


def test_a_school_that_no_register_holds_has_its_figures_traced(read: Read) -> None:
    page = read("/figures/?place=E06000026&measure=suspension_rate&phase=secondary&period=2016/17&school=8796905")
    assert "24.82%" in page.words


def test_a_missing_value_says_why_and_shows_the_mark(read: Read) -> None:
    page = read("/figures/?place=E06000026&measure=persistent_absence&period=2019/20")
    assert "not collected" in page.words
    assert "“-”" in page.words


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "does not say which place is meant"),
        ("?place=E06000026&period=2022/23", "does not say which measure is meant"),
        ("?place=E06000026&measure=persistent_absence", "does not say which period is meant"),
        ("?place=nowhere&measure=persistent_absence&period=2022/23", "There is no place called 'nowhere'"),
        ("?place=E06000026&measure=x&period=2022/23", "There is no measure 'x'"),
        ("?place=E06000026&measure=neet&period=soon", "'soon' is not a period"),
        ("?place=E06000026&measure=neet&period=1999", "There is no such figure"),
        ("?place=E06000026&measure=neet&period=2025&group=tall", "There is no group 'tall'"),
    ],
)
def test_addresses_that_name_no_figure_say_what_is_wrong(query: str, words: str, read: Read) -> None:
    assert words in read(f"/figures/{query}", status=404).words


@pytest.mark.parametrize(
    "address", [PLYMOUTH, f"{PLYMOUTH}measures/persistent_absence/", f"{PLYMOUTH}measures/gap_ks2_rwm/"]
)
def test_every_value_of_a_page_leads_to_its_origin(address: str, read: Read) -> None:
    page = read(address)
    figures = page.addresses("/figures/")
    assert len(figures) > 20
    for figure in figures[::7]:
        shown = next(words for link, words in page.links if link == figure)
        assert "SHA-256" in read(figure.replace("&amp;", "&")).words, shown


def test_each_figure_says_what_its_link_does_to_who_hears_it(read: Read) -> None:
    html = read(PLYMOUTH).html
    assert html.count("where does this come from?") >= html.count('href="/figures/')
    assert "Follow any figure to see where it comes from." in html


def test_the_catalogue_gives_every_definition(read: Read) -> None:
    page = read("/measures/")
    assert "Pupil enrolments missing 10 per cent or more of their own possible sessions" in page.words
    assert "Lower is better for children" in page.words


def test_the_files_and_what_was_read_of_them_are_listed(read: Read) -> None:
    page = read("/sources/")
    rows = {row[2]: row for row in page.tables[0][1:]}
    assert rows["lait_la_indicators_long.csv.gz"][3:7] == ["641,070", "547,187", "0", "93,883"]
    for row in rows.values():
        read_, kept, refused, missing = (int(cell.replace(",", "")) for cell in row[3:7])
        assert read_ == kept + refused + missing
    assert "no place is known as '1000'" in page.words
