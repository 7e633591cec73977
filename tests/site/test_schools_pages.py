"""Pages of schools: list, funnel, one school, search."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from ropewalk.core.publish.wording import figure_words
from ropewalk.core.schema.places import find_place
from ropewalk.core.use_cases.school_detail import school_detail
from ropewalk.core.use_cases.schools import school_funnel, school_list
from ropewalk.core.use_cases.store import Reader, Store
from ropewalk.core.views.schools import SchoolFilter

PLYMOUTH = find_place("Plymouth")
LIST = "/places/E06000026/schools/"
FUNNEL = f"{LIST}funnel/"
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


def rows_of(answer: Any) -> list[dict[str, str]]:
    """A downloaded table."""
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def named(page: Any) -> list[str]:
    """Names of the schools in the list, in order."""
    return [row[0] for row in page.tables[1][1:]]


def test_the_list_shows_every_school_with_its_newest_figures_and_their_years(read: Read, reader: Reader) -> None:
    page = read(LIST)
    listed = school_list(reader, PLYMOUTH)
    assert named(page) == [row.school.name for row in listed.rows]
    for row, shown in zip(listed.rows, page.tables[1][1:], strict=True):
        for measure, cell in zip(listed.measures, shown[3:], strict=True):
            figure = row.latest.get(measure.id)
            assert cell == (f"{figure_words(figure, measure)} ({figure.period})" if figure else "none")


def test_schools_and_pupils_are_counted_by_phase(read: Read, reader: Reader) -> None:
    counts = school_list(reader, PLYMOUTH).counts
    page = read(LIST)
    assert page.tables[0][-1] == [
        "All together",
        str(sum(count.schools for count in counts)),
        f"{sum(count.pupils for count in counts):,}",
    ]
    assert page.row("Secondary")[1] == str(next(count.schools for count in counts if count.phase == "secondary"))


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("column", ["school", "trust", "phase", "free_school_meals", "attainment8"])
def test_any_column_sorts_the_list_without_javascript(read: Read, column: str, descending: bool) -> None:
    page = read(f"{LIST}?sort={column}&dir={'desc' if descending else 'asc'}")
    place = {"school": 0, "phase": 1, "trust": 2}.get(column)
    if place is None:
        heading = {"free_school_meals": "Eligible for free school meals", "attainment8": "Attainment 8"}[column]
        place = next(n for n, cell in enumerate(page.tables[1][0]) if cell.startswith(heading))
        values = [float(m[1]) for row in page.tables[1][1:] if (m := re.match(r"([\d.]+)", row[place]))]
        assert len(values) > 20
        assert values == sorted(values, reverse=descending)
    else:
        words = [row[place].lower() if column == "school" else row[place] for row in page.tables[1][1:]]
        words = [word for word in words if word != "none"]
        assert words == sorted(words, reverse=descending)
    state = "descending" if descending else "ascending"
    assert page.html.count(f'aria-sort="{state}"') == 1


def test_filters_and_search_narrow_the_list(read: Read, reader: Reader) -> None:
    page = read(f"{LIST}?phase=secondary")
    assert named(page) == [
        row.school.name for row in school_list(reader, PLYMOUTH, SchoolFilter(phase="secondary")).rows
    ]
    assert "18 of 102 schools: secondary" in page.words
    assert named(read(f"{LIST}?q=stoke+damerel+comm")) == ["Stoke Damerel Community College"]
    trusts = {row[2] for row in read(f"{LIST}?trust=WESTCOUNTRY+SCHOOLS+TRUST").tables[1][1:]}
    assert trusts == {"WESTCOUNTRY SCHOOLS TRUST"}
    assert "No school fits" in read(f"{LIST}?q=no+such+school").words


def test_the_filter_is_kept_when_the_list_is_sorted(read: Read) -> None:
    page = read(f"{LIST}?phase=secondary")
    assert all("phase=secondary" in address for address in page.addresses("?"))
    assert page.addresses("?")


@pytest.mark.parametrize("query", ["", "?phase=secondary&sort=attainment8&dir=desc", "?q=college"])
def test_the_download_holds_exactly_the_schools_shown_in_the_same_order(read: Read, client: Client, query: str) -> None:
    page = read(f"{LIST}{query}")
    (address,) = page.addresses(f"{LIST}schools.csv")
    rows = rows_of(client.get(address))
    assert [row["School"] for row in rows] == named(page)
    shown = [row[3].split()[0].replace(",", "") for row in page.tables[1][1:]]
    assert [row["Pupils on roll"] for row in rows] == shown


@pytest.mark.parametrize("query", ["?phase=tertiary", "?trust=No+Such+Trust"])
def test_a_filter_that_cannot_fit_is_answered_in_words(read: Read, query: str) -> None:
    assert "Plymouth" in read(f"{LIST}{query}", status=404).words


def test_a_place_that_is_none_is_not_found_and_a_name_leads_to_its_code(read: Read, client: Client) -> None:
    read("/places/atlantis/schools/", status=404)
    assert client.get("/places/Plymouth/schools/?phase=primary").headers["Location"] == f"{LIST}?phase=primary"


def test_the_funnel_shows_the_published_counts_by_name(read: Read, reader: Reader) -> None:
    page = read(FUNNEL)
    shown = school_funnel(reader, PLYMOUTH)
    assert shown.funnel is not None
    rows = page.tables[0][1:]
    assert [row[0] for row in rows] == sorted(shown.names[point.school] for point in shown.funnel.points)
    counts = {shown.names[p.school]: (f"{p.numerator:,}", f"{p.denominator:,}") for p in shown.funnel.points}
    assert {row[0]: (row[1], row[2]) for row in rows} == counts


def test_the_funnel_says_what_it_does_not_say(read: Read) -> None:
    words = read(FUNNEL).words
    assert (
        "Outside the outer line means more than chance alone would explain. It does not say why, and it does not say "
        "who did well or badly."
    ) in words
    assert re.search(r"the limits are widened by \d+\.\d", words)
    assert "no ranking" in words


def test_every_choice_of_the_funnel_is_a_page_and_its_drawing_is_there(read: Read, client: Client) -> None:
    page = read(FUNNEL)
    choices = page.addresses(f"{FUNNEL}?")
    assert len(choices) > 10
    for address in choices:
        assert "Funnel plot" in read(address).headings[0][1]
    image, spec = (re.search(rf'{name}="([^"]+chart\.[^"]+)"', page.html) for name in ("src", "data-chart"))
    assert image
    assert spec
    drawn = client.get(image[1].replace("&amp;", "&"))
    assert drawn.headers["Content-Type"].startswith("image/svg+xml")
    assert b"<title" in drawn.content
    assert client.get(spec[1].replace("&amp;", "&")).json()["layer"]


def test_the_funnel_of_too_few_schools_is_explained(read: Read, client: Client) -> None:
    address = f"{FUNNEL}?measure=suspension_rate&phase=alternative"
    page = read(address)
    assert "A funnel needs ten schools" in page.words
    assert "chart.svg" not in page.html
    assert client.get(f"{FUNNEL}chart.svg?phase=alternative").status_code == 404
    read(f"{FUNNEL}?measure=attainment8", status=404)


@pytest.mark.parametrize("urn", ["136626", "147967", "142849", "113609"])
def test_the_page_of_a_school_shows_every_figure_of_it(read: Read, reader: Reader, urn: str) -> None:
    detail = school_detail(reader, urn)
    page = read(f"/schools/{urn}/")
    assert page.headings[0] == (1, f"{detail.place.name} {detail.school.name}")
    shown = [(row[0], row[1]) for table in page.tables for row in table[1:]]
    expected = [(r.figure.period, figure_words(r.figure, h.measure)) for h in detail.histories for r in h.figures]
    # Differences are seen as points and heard as percentage points.
    expected = [(period, words.replace("percentage ", "")) for period, words in expected]
    assert shown[: len(expected)] == expected
    assert len(shown) == len(expected) + len(detail.ofsted)


def test_where_a_school_came_from_is_said_in_words(read: Read) -> None:
    words = read("/schools/147967/").words
    assert "Marine Academy Plymouth (URN 136166) became Marine Academy Plymouth (URN 147967) on 1 April 2020." in words
    assert "Tamarside Community College (URN 113546) became" in words
    merged = read("/schools/142849/").words
    assert "was merged, with Montpelier Junior School, into Montpelier Primary School" in merged
    assert "Its figures are of other children, so they are not shown here." in merged


def test_ofsted_is_history(read: Read) -> None:
    page = read("/schools/136626/")
    assert (2, "Ofsted history") in page.headings
    assert "no single-word overall judgement of state-funded schools since September 2024" in page.words


@pytest.mark.parametrize("urn", ["136626", "147967"])
def test_every_figure_of_a_school_leads_to_where_it_comes_from(read: Read, urn: str) -> None:
    addresses = read(f"/schools/{urn}/").addresses("/figures/")
    assert len(addresses) > 40
    for address in addresses[::4]:
        assert "Where it was published" in read(address).words


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("113547", "/schools/136626/?asked=113547"),
        ("136166", "/schools/147967/?asked=136166"),
        ("8796906", "/schools/147967/?asked=8796906"),
        ("8794190", "/schools/136626/"),
    ],
)
def test_an_old_number_leads_to_the_school_of_today(client: Client, read: Read, old: str, new: str) -> None:
    assert client.get(f"/schools/{old}/").headers["Location"] == new
    assert ("You asked for" in read(new).words) is ("asked" in new)


def test_only_numbers_of_the_school_are_said_to_have_led_there(read: Read) -> None:
    for asked in ("999999", "<script>", "136626"):
        assert "You asked for" not in read(f"/schools/136626/?asked={asked}").words


@pytest.mark.parametrize("number", ["999999", "0000000", "abc", "%3Cscript%3E"])
def test_an_unknown_number_says_what_to_do(read: Read, number: str) -> None:
    page = read(f"/schools/{number}/", status=404)
    assert "What you can do" in page.words
    assert "<script>" not in page.html.replace('<script type="module"', "")


@pytest.mark.parametrize("typed", ["136626", "879/4190", "8794190", "stoke damerel community", "113547"])
def test_a_school_that_is_meant_is_shown_at_once(client: Client, typed: str) -> None:
    assert client.get("/schools/", {"q": typed}).headers["Location"] == "/schools/136626/"


def test_several_schools_that_fit_are_listed(read: Read) -> None:
    page = read("/schools/?q=PL3+4BD")
    assert len(page.addresses("/schools/1")) == 2
    assert "What you can try" in read("/schools/?q=xyzzyx").words
    assert read("/schools/").headings[0] == (1, "Find a school")


def test_the_download_of_a_school_holds_its_figures(client: Client, reader: Reader) -> None:
    rows = rows_of(client.get("/schools/147967/figures.csv"))
    detail = school_detail(reader, "147967")
    assert len(rows) == sum(len(history.figures) for history in detail.histories)
    (row,) = [r for r in rows if r["Measure"] == "Suspensions" and r["Period"] == "2016/17"]
    assert row["Marine Academy Plymouth"] == "19.43"
    assert row["Stood under"] == "LAESTAB 879/6906, Marine Academy Plymouth"


@pytest.mark.parametrize(
    "address",
    [
        f"{LIST}schools.xlsx?phase=secondary&sort=attainment8&dir=desc",
        f"{FUNNEL}points.xlsx",
        "/schools/147967/figures.xlsx",
        "/compare/measures.xlsx?place=E06000026&place=E06000009",
        "/compare/pooled.xlsx?region=E12000002",
        "/compare/over-time.xlsx?region=E12000002&measure=neet",
    ],
)
def test_the_workbook_holds_the_same_table_as_the_csv(client: Client, address: str) -> None:
    answer = client.get(address)
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    rows = rows_of(client.get(address.replace(".xlsx", ".csv")))
    firsts = [next(iter(row.values())) for row in rows]
    columns = [[str(cell.value) for cell in sheet["A"]] for sheet in book.worksheets]
    assert any(column[-len(firsts) :] == firsts or set(firsts) <= set(column) for column in columns)


@pytest.mark.parametrize("address", [f"{LIST}schools.exe", f"{FUNNEL}points.exe", "/schools/136626/figures.exe"])
def test_other_kinds_of_file_are_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", [LIST, FUNNEL, "/schools/136626/", "/schools/?q=damerel", "/schools/999999/"])
def test_no_page_holds_styles_or_scripts_of_its_own(client: Client, address: str) -> None:
    html = client.get(address).content.decode()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script>", html)
