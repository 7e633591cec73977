"""The funnel of schools: value by size, with the limits within which chance alone keeps nearly all schools."""

from __future__ import annotations

from typing import Any

import altair as alt

from ropewalk.core.compare.funnel import Funnel, Point, Standing
from ropewalk.core.publish.charts.chart import BLUE, GREY, INK, RUST, Chart, axis_title, drawn_from, finished
from ropewalk.core.publish.tables import STANDING_WORDS, funnel_table
from ropewalk.core.publish.wording import heading_words, number_words, period_words, value_words
from ropewalk.core.views.schools import SchoolFunnel

_INSIDE = {Standing.INSIDE}
_OUTER = {Standing.ABOVE_OUTER, Standing.BELOW_OUTER}
_LINES = (("inner_lower", (6, 4)), ("inner_upper", (6, 4)), ("outer_lower", ()), ("outer_upper", ()))


def funnel(shown: SchoolFunnel, *, school: str | None = None) -> Chart | None:
    """Schools as points, limits of 95 and 99.8 per cent as lines; ``None`` where the view has no funnel.

    ``school`` (an id of the funnel) is ringed and named in the drawing.
    """
    plot = shown.funnel
    if plot is None:
        return None
    highest = max([*(point.value for point in plot.points), plot.centre]) * 1.12
    widest = max(point.denominator for point in plot.points) * 1.04
    size = f"number of {shown.measure.denominator or 'pupils'}"
    x = alt.X("pupils:Q", title=size, scale=alt.Scale(domain=[0, widest], nice=False))
    y = alt.Y("value:Q", title=axis_title(shown.measure), scale=alt.Scale(domain=[0, highest], nice=False))
    layers = [*_limits(plot, x, y, highest), *_points(shown, plot, x, y)]
    layers += _named(shown, plot, x, y, school) if school else []
    widened = " (limits widened, because schools differ more than chance explains)" if plot.over_dispersed else ""
    key = (
        "Solid lines: 99.8% limits. Dashed lines: 95% limits. Dotted line: all these schools together",
        "Circle: inside; hollow triangle: outside 95%; filled diamond: outside 99.8%",
    )
    heading = heading_words(shown.measure, shown.phase, "all")
    title = f"{heading}: schools of {shown.place.name}, {period_words(shown.period)}{widened}"
    spec = finished(alt.layer(*layers), key=key, height=340, width=540)
    return Chart(title, _description(shown, plot), spec, funnel_table(shown))


def _limits(plot: Funnel, x: alt.X, y: alt.Y, highest: float) -> list[Any]:
    layers = []
    for name, dash in _LINES:
        rows = [
            {"pupils": limit.denominator, "value": round(getattr(limit, name), 4)}
            for limit in plot.limits
            if getattr(limit, name) <= highest
        ]
        line = drawn_from(rows).mark_line(color=GREY, strokeWidth=1.5, strokeDash=list(dash))
        layers.append(line.encode(x=x, y=y))
    centre = drawn_from([{"value": plot.centre}])
    return [*layers, centre.mark_rule(color=INK, strokeDash=[2, 3]).encode(y=y)]


def _points(shown: SchoolFunnel, plot: Funnel, x: alt.X, y: alt.Y) -> list[Any]:
    looks: tuple[tuple[set[Standing], dict[str, Any]], ...] = (
        (_INSIDE, {"shape": "circle", "size": 45, "color": BLUE, "fill": BLUE, "opacity": 0.75}),
        (set(Standing) - _INSIDE - _OUTER, {"shape": "triangle-up", "size": 80, "color": RUST, "opacity": 1}),
        (_OUTER, {"shape": "diamond", "size": 110, "color": RUST, "fill": RUST, "opacity": 1}),
    )
    layers = []
    for standings, look in looks:
        rows = [_row(shown, point) for point in plot.points if point.standing in standings]
        if rows:
            mark = drawn_from(rows).mark_point(**look)
            layers.append(mark.encode(x=x, y=y, tooltip=alt.Tooltip("words:N", title=shown.measure.title)))
    return layers


def _row(shown: SchoolFunnel, point: Point) -> dict[str, Any]:
    name = shown.names.get(point.school, f"School {point.school}")
    value = value_words(point.value, shown.measure)
    counted = f"{number_words(point.numerator, 0)} of {number_words(point.denominator, 0)}"
    words = f"{name}: {value} ({counted}), {STANDING_WORDS[point.standing]}"
    return {"pupils": point.denominator, "value": round(point.value, 4), "words": words}


def _named(shown: SchoolFunnel, plot: Funnel, x: alt.X, y: alt.Y, school: str) -> list[Any]:
    found = [point for point in plot.points if point.school == school]
    rows = [{**_row(shown, point), "words": shown.names.get(school, f"School {school}")} for point in found]
    if not rows:
        return []
    right = rows[0]["pupils"] > max(point.denominator for point in plot.points) / 2
    base = drawn_from(rows).encode(x=x, y=y)
    name = base.mark_text(align="right" if right else "left", dx=-14 if right else 14, fontWeight="bold")
    return [
        base.mark_point(shape="circle", size=260, color=INK, strokeWidth=2, opacity=1),
        name.encode(text=alt.Text("words:N")),
    ]


def _description(shown: SchoolFunnel, plot: Funnel) -> str:
    heading = heading_words(shown.measure, shown.phase, "all")
    centre = value_words(plot.centre, shown.measure)
    beyond = sum(point.standing in _OUTER for point in plot.points)
    between = sum(point.standing not in _OUTER | _INSIDE for point in plot.points)
    widened = (
        " The limits are widened, because schools differ more than chance explains." if plot.over_dispersed else ""
    )
    return (
        f"{heading} of {len(plot.points)} schools of {shown.place.name} by their size in {period_words(shown.period)}; "
        f"all together {centre}. Outside the 99.8% limits: {beyond}; between the 95% and 99.8% limits: {between}. "
        f"Outside means more than chance alone would give, not why.{widened}"
    )
