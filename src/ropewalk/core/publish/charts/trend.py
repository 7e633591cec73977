"""The trend of a place with its country, region and neighbours."""

from __future__ import annotations

from typing import Any

import altair as alt

from ropewalk.core.publish.charts.chart import GREY, INK, PALE, RUST, TEAL, Chart, domain, drawn_from, finished
from ropewalk.core.publish.charts.lines import WIDEST_BAR, Line, bar_width, encodings, line_layers
from ropewalk.core.publish.charts.series import every_period
from ropewalk.core.publish.descriptions import trend_description
from ropewalk.core.publish.tables import trend_table
from ropewalk.core.publish.wording import heading_words, period_words, value_words
from ropewalk.core.views.measure_detail import MeasureDetail


def trend(detail: MeasureDetail) -> Chart:
    """The place in bold, country and region, and for each period the range and median of the neighbours."""
    table = trend_table(detail)
    axis = every_period(point.period for point in detail.trend)
    lines = _lines(detail)
    values = [f.value for line in lines for _, f in line.figures if f is not None and f.value is not None]
    spreads = [point.neighbours for point in detail.trend if point.neighbours]
    ends = domain([*values, *(end for s in spreads for end in (s.lowest, s.highest))], detail.measure)
    layers = [*_neighbours(detail, axis, ends), *line_layers(lines, detail.measure, axis, ends)]
    bar = f"Grey bar: lowest to highest of {_how_many(detail)} statistical neighbours; line across it: their median"
    spec = finished(alt.layer(*layers), key=(bar,) if spreads else ())
    title = f"{heading_words(detail.measure, detail.phase, detail.group)}: {detail.place.name} over time"
    return Chart(title, trend_description(detail), spec, table)


def _how_many(detail: MeasureDetail) -> str:
    counts = {point.neighbours.count for point in detail.trend if point.neighbours}
    return str(*counts) if len(counts) <= 1 else f"up to {max(counts)}"


def _lines(detail: MeasureDetail) -> list[Line]:
    others, points = detail.others, detail.trend
    lines = []
    if others.region:
        lines.append(Line(others.region.name, tuple((p.period, p.region) for p in points), TEAL, (3, 3), "square"))
    if others.country != detail.place:
        lines.append(
            Line(others.country.name, tuple((p.period, p.country) for p in points), RUST, (8, 4), "triangle-up")
        )
    lines.append(Line(detail.place.name, tuple((p.period, p.own) for p in points), INK, (), "circle", 3.5))
    return lines


def _neighbours(detail: MeasureDetail, axis: list[str], ends: tuple[float, float]) -> list[Any]:
    rows = []
    for point in detail.trend:
        near = point.neighbours
        if near is None:
            continue
        low, middle, high = (value_words(v, detail.measure) for v in (near.lowest, near.median, near.highest))
        words = f"{low} to {high}, median {middle}, in {period_words(point.period)}"
        rows.append(
            {"period": point.period, "value": near.lowest, "high": near.highest, "median": near.median, "words": words}
        )
    if not rows:
        return []
    shared = encodings(detail.measure, axis, ends)
    base = drawn_from(rows)
    tooltip = alt.Tooltip("words:N", title="Neighbours")
    wide: dict[str, float] | float = {"band": 0.62} if bar_width(axis) < WIDEST_BAR else WIDEST_BAR
    bars = base.mark_bar(color=PALE, width=wide).encode(
        x=shared["x"], y=shared["y"], y2=alt.Y2("high:Q"), tooltip=tooltip
    )
    middle_y = shared["y"].copy()
    middle_y["shorthand"] = "median:Q"
    marks = base.mark_tick(color="white", thickness=3, width=wide, orient="horizontal").encode(
        x=shared["x"], y=middle_y
    )
    edges = base.mark_tick(color=GREY, thickness=1, width=wide, orient="horizontal")
    return [bars, marks, edges.encode(x=shared["x"], y=middle_y)]
