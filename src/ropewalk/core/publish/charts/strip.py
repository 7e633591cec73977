"""A council among its statistical neighbours and all councils: dots on three bands, never a ranking."""

from __future__ import annotations

import json
import zlib
from typing import Any

import altair as alt

from ropewalk.core.publish.charts.chart import GREY, INK, PALE, TEAL, Chart, axis_title, drawn_from, finished
from ropewalk.core.publish.descriptions import strip_description
from ropewalk.core.publish.tables import strip_table
from ropewalk.core.publish.wording import figure_words, heading_words, period_words, value_words
from ropewalk.core.views.measure_detail import MeasureDetail, StripPoint

# Height of each band's middle and how far dots are strewn around it.
_BANDS = {"own": (2.55, 0.0), "neighbour": (1.8, 0.24), "other": (0.7, 0.5)}
_LOOKS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("other", {"shape": "circle", "size": 34, "color": GREY, "filled": True, "opacity": 0.65}),
    ("neighbour", {"shape": "diamond", "size": 85, "color": TEAL, "fill": TEAL, "opacity": 0.9}),
    ("own", {"shape": "triangle-down", "size": 160, "color": INK, "fill": INK, "opacity": 1}),
)


def strip(detail: MeasureDetail) -> Chart:
    """The place, its neighbours and all other councils along one axis; the median of all is a line."""
    measure, period = detail.measure, period_words(detail.period)
    values = [p.figure.value for p in detail.strip if p.figure.value is not None]
    room = ((max(values) - min(values)) * 0.04 or 1.0) if values else 1.0
    low, high = (min(values) - room, max(values) + room) if values else (0.0, 1.0)
    x = alt.X("value:Q", title=axis_title(measure), scale=alt.Scale(domain=[low, high], nice=False, zero=False))
    y = alt.Y("height:Q", title=None, scale=alt.Scale(domain=[0, 3]), axis=_bands(detail))
    tooltip = [alt.Tooltip("words:N", title=measure.title)]
    layers: list[Any] = []
    if detail.all_councils:
        middle = [
            {
                "value": detail.all_councils.median,
                "words": f"Median of all councils: {value_words(detail.all_councils.median, measure)}",
            }
        ]
        layers.append(drawn_from(middle).mark_rule(color=PALE, strokeWidth=3).encode(x=x, tooltip=tooltip))
    for role, look in _LOOKS:
        rows = [_dot(p, detail) for p in detail.strip if p.role == role]
        if rows:
            layers.append(drawn_from(rows).mark_point(**look).encode(x=x, y=y, tooltip=tooltip))
    layers += _own_label(detail, x, y, (low, high))
    heading = heading_words(measure, detail.phase, detail.group)
    key = (
        f"Each dot is one council, strewn up and down so that dots do not cover each other. "
        f"Line: median of all {len(values)}",
    )
    spec = finished(alt.layer(*layers), key=key, height=200, width=480)
    title = f"{heading}: {detail.place.name} among councils, {period}"
    return Chart(title, strip_description(detail), spec, strip_table(detail))


def _dot(point: StripPoint, detail: MeasureDetail) -> dict[str, Any]:
    middle, strewn = _BANDS[point.role]
    # From the code, so that a council always lies at the same height; it means nothing.
    chance = (zlib.crc32(point.place.code.encode()) % 1000) / 999 - 0.5
    words = f"{point.place.name}: {figure_words(point.figure, detail.measure)}"
    return {"value": point.figure.value, "height": round(middle + 2 * strewn * chance, 3), "words": words}


def _bands(detail: MeasureDetail) -> alt.Axis:
    """An axis that names the bands instead of giving heights."""
    near = sum(point.role == "neighbour" for point in detail.strip)
    names = {"own": detail.place.name, "neighbour": f"{near} neighbours", "other": "Other councils"}
    shown = {_BANDS[role][0]: name for role, name in names.items() if any(p.role == role for p in detail.strip)}
    # JSON writes a text as the expression language reads it, whatever the name of the place holds.
    words = "".join(f"datum.value == {height} ? {json.dumps(name)} : " for height, name in shown.items()) + "''"
    return alt.Axis(values=list(shown), labelExpr=words, grid=False, domain=False, ticks=False, labelPadding=8)


def _own_label(detail: MeasureDetail, x: alt.X, y: alt.Y, ends: tuple[float, float]) -> list[Any]:
    """The value beside the place's own mark."""
    own = next((p for p in detail.strip if p.role == "own"), None)
    if own is None or own.figure.value is None:
        return []
    right = (own.figure.value - ends[0]) / (ends[1] - ends[0]) > 0.7
    rows = [{"value": own.figure.value, "height": _BANDS["own"][0], "words": figure_words(own.figure, detail.measure)}]
    mark = drawn_from(rows).mark_text(align="right" if right else "left", dx=-14 if right else 14, fontWeight="bold")
    return [mark.encode(x=x, y=y, text=alt.Text("words:N"))]
