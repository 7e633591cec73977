"""Value added of schools as a caterpillar: each estimate with its interval, around the line of no difference."""

from __future__ import annotations

from typing import Any

import altair as alt

from ropewalk.core.publish.charts.chart import BLUE, GREY, INK, RUST, Chart, drawn_from, finished
from ropewalk.core.publish.value_added_tables import description, interval_words, signed, value_added_table
from ropewalk.core.views.value_added import STAGES, PlaceValueAdded, SchoolLine

ROW, LONGEST_NAME = 20, 28
_LOOKS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("unclear", {"shape": "circle", "size": 45, "color": BLUE, "fill": BLUE, "opacity": 1}),
    ("above", {"shape": "triangle-up", "size": 90, "color": RUST, "fill": RUST, "opacity": 1}),
    ("below", {"shape": "triangle-down", "size": 90, "color": INK, "fill": "#ffffff", "opacity": 1}),
)


def caterpillar(shown: PlaceValueAdded) -> Chart | None:
    """Schools from the lowest to the highest estimate; ``None`` where no school has one."""
    known = sorted((line for line in shown.schools if line.value is not None), key=lambda line: line.value or 0.0)
    if not known:
        return None
    rows = [_row(line) for line in known]
    order = [row["name"] for row in rows]
    axis = alt.Axis(labelLimit=210, ticks=False, domain=False, labelOverlap=False)
    y = alt.Y("name:N", title=None, sort=order, axis=axis)
    x = alt.X("value:Q", title=f"difference in {STAGES[shown.stage].unit}")
    tooltip = [alt.Tooltip("words:N", title="School")]
    layers: list[Any] = [
        drawn_from([{"value": 0}]).mark_rule(color=INK, strokeDash=[2, 3]).encode(x="value:Q"),
        drawn_from(rows).mark_rule(color=GREY, strokeWidth=2).encode(x=alt.X("lower:Q"), x2="upper:Q", y=y),
    ]
    for standing, look in _LOOKS:
        those = [row for row in rows if row["standing"] == standing]
        if those:
            layers.append(drawn_from(those).mark_point(**look).encode(x=x, y=y, tooltip=tooltip))
    key = (
        "Line: 95% interval. Circle: no clear difference.",
        "Filled triangle up: above, hollow triangle down: below what pupils alike reach in these schools.",
    )
    spec = finished(alt.layer(*layers), key=key, height=ROW * len(rows))
    table = value_added_table(shown)
    return Chart(table.title, description(shown), spec, table)


def _row(line: SchoolLine) -> dict[str, Any]:
    interval = line.interval
    lower, upper = (interval.lower, interval.upper) if interval else (0.0, 0.0)
    standing = "above" if lower > 0 else "below" if upper < 0 else "unclear"
    name = line.name if len(line.name) <= LONGEST_NAME else f"{line.name[: LONGEST_NAME - 1].rstrip()}…"
    return {
        # Two schools may have one name, or one beginning.
        "name": f"{name} ({line.urn})",
        "value": round(line.value or 0.0, 4),
        "lower": round(lower, 4),
        "upper": round(upper, 4),
        "standing": standing,
        "words": f"{line.name}: {signed(line.value or 0.0)} ({interval_words(line)}), {line.pupils} pupils",
    }
