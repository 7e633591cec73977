"""A frozen baseline and what is known now, a line for each place, each value with its interval where it has one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from ropewalk.core.compare.intervals import Interval
from ropewalk.core.measures import Measure
from ropewalk.core.publish.charts.chart import (
    GREY,
    INK,
    ROOM_FOR_WIDER_LETTERS,
    RUST,
    Chart,
    axis_title,
    drawn_from,
    finished,
)
from ropewalk.core.publish.shown_table import ShownTable

ROW = 46
THEN, NOW = "then", "now"
KEY = (
    "Hollow square: frozen baseline. Filled circle: now.",
    "The axis need not begin at nought.",
    "Line: 95% interval, where counts of children",
    "are published.",
)
_LOOKS: tuple[tuple[str, dict[str, Any]], ...] = (
    (THEN, {"shape": "square", "size": 80, "color": RUST, "fill": "#ffffff", "opacity": 1}),
    (NOW, {"shape": "circle", "size": 70, "color": INK, "fill": INK, "opacity": 1}),
)


@dataclass(frozen=True)
class Spot:
    """A value of a place, then or now (``THEN``, ``NOW``), with between what it may lie; ``words`` tell it."""

    where: str
    when: str
    value: float
    interval: Interval | None
    words: str


def then_and_now(table: ShownTable, description: str, *, measure: Measure, spots: Sequence[Spot]) -> Chart:
    """Places in the order of ``spots``; of each the baseline above what is known now."""
    order = list(dict.fromkeys(one.where for one in spots))
    reach = [end for one in spots if one.interval for end in (one.interval.lower, one.interval.upper)]
    scale = alt.Scale(domain=_ends([*(one.value for one in spots), *reach]), nice=False, zero=False)
    axis = alt.Axis(labelLimit=210, ticks=False, domain=False, labelOverlap=False)
    y = alt.Y("where:N", title=None, sort=order, axis=axis)
    shift = alt.YOffset("when:N", sort=[THEN, NOW], scale=alt.Scale(domain=[THEN, NOW], paddingOuter=0.4))
    x = alt.X("value:Q", title=axis_title(measure), scale=scale)
    layers: list[Any] = []
    if lines := [_row(one) for one in spots if one.interval]:
        rule = drawn_from(lines).mark_rule(color=GREY, strokeWidth=2)
        layers.append(rule.encode(x=alt.X("lower:Q", scale=scale), x2="upper:Q", y=y, yOffset=shift))
    for when, look in _LOOKS:
        if those := [_row(one) for one in spots if one.when == when]:
            told = [alt.Tooltip("words:N", title="Value")]
            layers.append(drawn_from(those).mark_point(**look).encode(x=x, y=y, yOffset=shift, tooltip=told))
    spec = finished(alt.layer(*layers), key=KEY, height=ROW * len(order))
    # Names of places stand on the left, where wider letters would be cut off.
    spec["padding"] = {"left": ROOM_FOR_WIDER_LETTERS, "top": 5, "bottom": 5, "right": ROOM_FOR_WIDER_LETTERS}
    return Chart(table.title, description, spec, table)


def _ends(values: Sequence[float]) -> list[float]:
    """Both ends of the axis: near the values, for marks that are no bars need no nought and intervals are narrow."""
    low, high = min(values), max(values)
    room = (high - low) * 0.12 or abs(high) * 0.1 or 1.0
    return [max(low - room, 0.0) if low >= 0 else low - room, high + room]


def _row(one: Spot) -> dict[str, Any]:
    row: dict[str, Any] = {"where": one.where, "when": one.when, "value": round(one.value, 4), "words": one.words}
    if one.interval:
        row |= {"lower": round(one.interval.lower, 4), "upper": round(one.interval.upper, 4)}
    return row
