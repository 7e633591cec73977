"""How figures, gaps, dates, sparklines and sort links are written."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET

import pytest
from django.http import HttpRequest
from django.template import Context, Template
from django.test import RequestFactory

from ropewalk.site.foundation import numbers, sparkline
from ropewalk.site.foundation.sorting import Order, read_order, sort_rows


def written(template: str, request: HttpRequest | None = None, **context: object) -> str:
    return Template("{% load figures %}" + template).render(Context({"request": request, **context}))


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "text"),
    [
        (24.14, "percent", None, "24.1%"),
        (24.15, "percent", None, "24.2%"),
        (0.285, "percent", 2, "0.29%"),
        (1234, "count", None, "1,234"),
        (45.66, "score", None, "45.7"),
        (-0.126, "score", 2, "−0.13"),
        (-0.001, "score", 2, "0.00"),
        (0, "percent", None, "0.0%"),
        (3.25, "days", None, "3.3 days"),
        (2.5, "per_child", None, "2.5 per child"),
        (None, "percent", None, "not available"),
    ],
)
def test_values_carry_their_unit(value: float | None, unit: str, decimals: int | None, text: str) -> None:
    assert numbers.quantity(value, unit, decimals=decimals) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1.2, "percent", "+1.2 percentage points"),
        (-1.0, "percent", "−1.0 percentage point"),
        (0.04, "percent", "no change"),
        (-2.3, "score", "−2.3 points"),
        (1500, "count", "+1,500"),
    ],
)
def test_changes_carry_their_sign(value: float, unit: str, text: str) -> None:
    assert numbers.change(value, unit) == text


@pytest.mark.parametrize("day", ["2026-11-23", "2026-11-23T10:00:00Z", dt.date(2026, 11, 23)])
def test_dates_are_written_as_people_write_them(day: dt.date | str) -> None:
    assert written("{{ day|long_date }}", day=day) == "23 November 2026"


def test_text_that_is_no_date_stays_as_it_is() -> None:
    assert written("{{ day|long_date }}", day="2025/26 autumn") == "2025/26 autumn"


@pytest.mark.parametrize(
    "reason", ["suppressed", "not_applicable", "not_available", "low", "unreliable", "not_collected"]
)
def test_a_missing_value_is_a_word_with_its_meaning(reason: str) -> None:
    word, meaning = numbers.MISSING[reason]
    text = written('{% quantity None "percent" reason %}', reason=reason)
    assert f">{word}<" in text
    assert f'<span class="govuk-visually-hidden"> ({meaning})</span>' in text
    assert written("{% missing_key reasons %}", reasons=[reason, None, reason]).count(meaning) == 1


def test_a_figure_is_written_from_an_object_or_a_mapping() -> None:
    assert written("{% figure f %}", f={"value": 24.14, "unit": "percent", "missing": None}) == "24.1%"
    assert "hidden" in written("{% figure f %}", f={"value": None, "unit": "percent", "missing": "suppressed"})


def test_a_word_from_a_file_cannot_become_markup() -> None:
    text = written('{% quantity None "percent" reason %}', reason="<script>")
    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def test_a_sparkline_leaves_gaps_where_values_are_missing() -> None:
    spark = sparkline.draw([1, 2, None, 3, None, 4, 2])
    assert [line.count(",") for line in spark.lines] == [2, 2]
    assert len(spark.dots) == 1
    assert spark.last == (117, 17.7)


@pytest.mark.parametrize("values", [[5], [5, 5, 5], [None, 5], [0, 10**9, -(10**9)]])
def test_a_sparkline_stays_inside_its_frame(values: list[float | None]) -> None:
    spark = sparkline.draw(values)
    places = [tuple(map(float, pair.split(","))) for line in spark.lines for pair in line.split()]
    assert spark.last is not None
    for across, down in [*places, *spark.dots, spark.last]:
        assert 0 <= across <= 120
        assert 0 <= down <= 28


def test_the_sparkline_is_an_image_with_a_title_and_no_styles() -> None:
    text = written("{% sparkline values title %}", title="Absence & more", values=[1, None, 2, 3])
    root = ET.fromstring(text)  # noqa: S314
    assert (root.get("width"), root.get("height"), root.get("role")) == ("120", "28", "img")
    assert root.get("aria-label") == root.findtext("title") == "Absence & more"
    assert "style" not in text
    assert "<svg" not in written('{% sparkline values "None" %}', values=[None, None])


def test_a_header_links_to_the_other_order_and_keeps_the_rest_of_the_address() -> None:
    request = RequestFactory().get("/places/E06000026/?group=fsm&sort=latest&dir=desc&page=3")
    order = read_order(request, allowed=["name", "latest"], default=Order("name"))
    latest = written('{% sort_header "Latest" "latest" numeric=True first="desc" %}', request, order=order)
    name = written('{% sort_header "Name" "name" %}', request, order=order)
    assert 'aria-sort="descending"' in latest
    assert 'href="?group=fsm&amp;sort=latest&amp;dir=asc"' in latest
    assert 'aria-sort="none"' in name
    assert 'href="?group=fsm&amp;sort=name&amp;dir=asc"' in name


@pytest.mark.parametrize("query", ["", "sort=password", "sort=", "dir=desc"])
def test_an_order_that_is_no_column_gives_the_default(query: str) -> None:
    request = RequestFactory().get(f"/?{query}")
    assert read_order(request, allowed=["name"], default=Order("name")) == Order("name")


@pytest.mark.parametrize(("descending", "expected"), [(False, [1, 2, 3, None]), (True, [3, 2, 1, None])])
def test_rows_without_a_value_come_last_either_way(descending: bool, expected: list[int | None]) -> None:
    assert sort_rows([2, None, 3, 1], lambda row: row, descending=descending) == expected


def test_breadcrumbs_end_with_this_page() -> None:
    text = written('{% breadcrumbs "Places" "/" "Plymouth" %}')
    assert 'href="/">Places</a>' in text
    assert '<span aria-current="page">Plymouth</span>' in text


def test_a_chart_is_an_image_first() -> None:
    text = written('{% chart spec="/a.json" image="/a.svg" alt="Line" title="Absence" %}')
    assert 'data-chart="/a.json"' in text
    assert '<source media="(max-width: 40em)" srcset="/a.svg?narrow=1"><img src="/a.svg" alt="Line">' in text
