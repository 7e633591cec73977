"""Charts: drawings with words, gaps where years are missing, labels that do not cover each other."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from ropewalk.core.measures import measure
from ropewalk.core.publish.charts.chart import Chart, domain, kept_apart, svg
from ropewalk.core.publish.charts.comparison import comparison
from ropewalk.core.publish.charts.funnel import funnel
from ropewalk.core.publish.charts.lighter import lighter
from ropewalk.core.publish.charts.series import every_period, runs
from ropewalk.core.publish.charts.strip import strip
from ropewalk.core.publish.charts.trend import trend
from ropewalk.core.schema.places import Place, find_place
from ropewalk.core.use_cases.comparing import compare_places
from ropewalk.core.use_cases.documents import measure_charts
from ropewalk.core.use_cases.schools import school_funnel
from ropewalk.core.use_cases.store import Reader
from ropewalk.core.views.measure_detail import MeasureDetail

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def charts(reader: Reader, plymouth: Place, persistent: MeasureDetail, attainment: MeasureDetail) -> list[Chart]:
    found = [*measure_charts(persistent).values(), *measure_charts(attainment).values()]
    places = [plymouth, find_place("Torbay")]
    found += [c for c in (comparison(compare_places(reader, places, None, "persistent_absence")),) if c]
    found += [c for c in (funnel(school_funnel(reader, plymouth, "suspension_rate")),) if c]
    assert len(found) == 9
    return found


def test_every_drawing_is_xml_with_title_and_description(charts: list[Chart]) -> None:
    for chart in charts:
        for narrow in (False, True):
            root = ET.fromstring(svg(chart, narrow=narrow))  # noqa: S314 - our own drawing
            title, words = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
            assert title is not None and title.text == chart.title
            assert words is not None and words.text == chart.description
            assert root.get("aria-labelledby") == f"{title.get('id')} {words.get('id')}"
            assert chart.description.endswith(".")
            assert chart.table.rows


def test_a_specification_is_json_and_the_same_each_time(persistent: MeasureDetail) -> None:
    first, second = trend(persistent), trend(persistent)
    assert json.dumps(first.spec) == json.dumps(second.spec)
    assert svg(first) == svg(second)


def _marks(spec: Any) -> Iterator[dict[str, Any]]:
    if isinstance(spec, dict):
        if "mark" in spec:
            yield spec
        for part in spec.values():
            yield from _marks(part)
    elif isinstance(spec, list):
        for part in spec:
            yield from _marks(part)


def test_a_missing_year_makes_a_gap(persistent: MeasureDetail) -> None:
    chart = trend(persistent)
    assert "No value of Plymouth for 2019 to 2020: the line breaks there." in chart.description
    (line,) = [mark for mark in _marks(chart.spec) if mark["mark"]["type"] == "line"]
    assert {part["field"] for part in line["encoding"]["detail"]} == {"line", "run"}
    assert "2019/20" in line["encoding"]["x"]["scale"]["domain"]
    rows = chart.spec["datasets"][line["data"]["name"]]
    assert {row["line"] for row in rows} == {"Plymouth", "South West", "England"}
    for name in ("Plymouth", "South West", "England"):
        by_run = {row["period"]: row["run"] for row in rows if row["line"] == name}
        assert "2019/20" not in by_run
        assert by_run["2018/19"] != by_run["2020/21"]


def test_the_axis_of_a_rate_starts_at_nought_and_of_a_score_does_not() -> None:
    assert domain([10.0, 20.0], measure("persistent_absence"))[0] == 0
    assert 40 < domain([44.0, 48.0], measure("attainment8"))[0] < 44


def test_years_without_figures_are_on_the_axis() -> None:
    assert every_period(["2018/19", "2021/22"]) == ["2018/19", "2019/20", "2020/21", "2021/22"]
    assert every_period(["2023", "2025"]) == ["2023", "2024", "2025"]
    assert every_period(["2024/25 spring", "2023/24 autumn"]) == ["2023/24 autumn", "2024/25 spring"]


def test_runs_end_at_gaps(persistent: MeasureDetail) -> None:
    own = [(point.period, point.own) for point in persistent.trend]
    found = {period: run for period, _, run in runs(own, every_period(p for p, _ in own))}
    assert set(found.values()) == {1, 2}


def test_labels_keep_apart_and_stay_on_the_page() -> None:
    placed = kept_apart([10.0, 10.1, 29.9, 9.9], 0, 30, 300, least=20)
    heights = sorted(placed)
    assert all(above - below >= 2 - 1e-9 for below, above in pairwise(heights))
    assert max(placed) <= 30
    assert placed[3] < placed[0] < placed[1] < placed[2]


def test_the_strip_draws_every_council_and_says_no_rank(persistent: MeasureDetail) -> None:
    chart = strip(persistent)
    drawn = sum(len(rows) for rows in chart.spec["datasets"].values())
    assert drawn >= len(persistent.strip)
    assert "rank" not in chart.description.lower()
    assert "153 councils" in chart.description


def test_a_cloud_of_dots_becomes_one_path_and_other_marks_stay(persistent: MeasureDetail) -> None:
    root = ET.fromstring(svg(strip(persistent)))  # noqa: S314 - our own drawing
    clouds = [p for p in root.iter(f"{SVG}path") if p.get("stroke-linecap") == "round"]
    assert sum(p.get("d", "").count("h0") for p in clouds) == sum(p.role == "other" for p in persistent.strip)
    assert lighter('<path d="M1.23456,2"/>') == '<path d="M1.23,2"/>'


def test_widened_limits_are_said_in_the_title(reader: Reader, plymouth: Place) -> None:
    shown = school_funnel(reader, plymouth, "suspension_rate")
    chart = funnel(shown)
    assert chart is not None and shown.funnel is not None and shown.funnel.over_dispersed
    assert "limits widened, because schools differ more than chance explains" in chart.title
    assert len(chart.table.rows) == len(shown.funnel.points)
