"""A measure of a place by group of pupils: each group beside the one it is compared with, and the gap between."""

from __future__ import annotations

from typing import Any

import altair as alt

from ropewalk.core.measures import Measure
from ropewalk.core.publish.charts.chart import GREY, INK, RUST, Chart, axis_title, domain, drawn_from, finished
from ropewalk.core.publish.descriptions import drawn_groups, group_description
from ropewalk.core.publish.tables import group_table
from ropewalk.core.publish.wording import amount_words, figure_words, heading_words, period_words
from ropewalk.core.schema.groups import GROUPS
from ropewalk.core.views.measure_detail import GroupRow, MeasureDetail

STEP = 48


def by_group(detail: MeasureDetail) -> Chart:
    """A filled circle for each group, a hollow diamond for the group it is compared with, a line for the gap."""
    measure, period = detail.measure, period_words(detail.groups_period)
    rows = drawn_groups(detail.by_group)
    points = [_point(row, measure) for row in rows]
    paired = [point for point in points if "other" in point]
    values = [v for point in points for v in (point["value"], point.get("other", point["value"]))]
    low, high = domain(values, measure)
    x_scale = alt.Scale(domain=[low, high + (high - low) * 0.1], nice=False, zero=False)
    lines = alt.Axis(labelLimit=280, ticks=False, domain=False, labelExpr="split(datum.label, '\\n')")
    y = alt.Y("group:N", sort=[p["group"] for p in points], title=None, axis=lines)
    x = alt.X("value:Q", title=axis_title(measure), scale=x_scale)
    base, pairs = drawn_from(points), drawn_from(paired)
    tooltip = alt.Tooltip("words:N", title=measure.title)
    layers = [pairs.mark_rule(color=GREY, strokeWidth=2).encode(x=x, x2=alt.X2("other:Q"), y=y)] if paired else []
    if any("lower" in point for point in points):
        interval = base.mark_rule(color=INK, strokeWidth=5, opacity=0.3)
        layers.append(interval.encode(x=_at(x, "lower:Q"), x2=alt.X2("upper:Q"), y=y))
    if paired:
        hollow = pairs.mark_point(shape="diamond", size=120, stroke=RUST, fill="white", strokeWidth=2, opacity=1)
        layers += [
            hollow.encode(x=_at(x, "other:Q"), y=y, tooltip=tooltip),
            pairs.mark_text(dy=-12, color=GREY).encode(x=_at(x, "middle:Q"), y=y, text=alt.Text("gap:N")),
        ]
    layers.append(base.mark_point(color=INK, fill=INK, size=110, opacity=1).encode(x=x, y=y, tooltip=tooltip))
    key = ("Filled circle: the group named first; hollow diamond: the group it is compared with",) if paired else ()
    title = f"{heading_words(measure, detail.phase, 'all')}: {detail.place.name} by group, {period}"
    spec = finished(alt.layer(*layers), key=key, height=STEP * max(1, len(points)), width=330)
    return Chart(title, group_description(detail), spec, group_table(detail))


def _at(x: alt.X, field: str) -> alt.X:
    copied: alt.X = x.copy()
    copied["shorthand"] = field
    return copied


def _point(row: GroupRow, measure: Measure) -> dict[str, Any]:
    name, value = GROUPS[row.group].words, row.own.value or 0.0
    point: dict[str, Any] = {"group": name, "value": value, "words": f"{name}: {figure_words(row.own, measure)}"}
    if row.interval:
        point |= {"lower": row.interval.lower, "upper": row.interval.upper}
    if row.other and row.other.value is not None and row.gap is not None:
        other = GROUPS[row.other.group].words
        point["group"] = f"{name}\n({_shortened(other)})"
        point["words"] += f"; {other}: {figure_words(row.other, measure)}"
        gap = f"gap {amount_words(row.gap, measure)}"
        point |= {"other": row.other.value, "middle": (value + row.other.value) / 2, "gap": gap}
    return point


def _shortened(words: str) -> str:
    return f"against {words[:1].lower() + words[1:]}".replace(" (not disadvantaged)", "")
