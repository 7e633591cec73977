"""A measure of a place by phase of education."""

from __future__ import annotations

import altair as alt

from ropewalk.core.publish.charts.chart import INK, PALE, Chart, axis_title, domain, drawn_from, finished
from ropewalk.core.publish.descriptions import phase_description
from ropewalk.core.publish.tables import phase_table
from ropewalk.core.publish.wording import figure_words, heading_words, period_words
from ropewalk.core.schema.phases import Phase
from ropewalk.core.views.measure_detail import MeasureDetail

STEP = 44


def by_phase(detail: MeasureDetail) -> Chart:
    """One point for each phase with a line from nought, its value written beside it."""
    measure, period = detail.measure, period_words(detail.phases_period)
    shown = [figure for figure in detail.by_phase if figure.value is not None]
    rows = [
        {"phase": Phase(f.phase).words, "value": f.value, "nought": 0, "words": figure_words(f, measure)} for f in shown
    ]
    low, high = domain([f.value for f in shown if f.value is not None] + [0.0], measure)
    x = alt.X("value:Q", title=axis_title(measure), scale=alt.Scale(domain=[low, high * 1.1], nice=False))
    y = alt.Y("phase:N", sort=None, title=None, axis=alt.Axis(labelLimit=160, ticks=False, domain=False))
    base = drawn_from(rows).encode(x=x, y=y)
    tooltip = alt.Tooltip("words:N", title=measure.title)
    layers = alt.layer(
        base.mark_rule(color=PALE, strokeWidth=8).encode(x2=alt.X2("nought:Q")),
        base.mark_point(color=INK, fill=INK, size=110, opacity=1).encode(tooltip=tooltip),
        base.mark_text(align="left", dx=12, fontWeight="bold").encode(text=alt.Text("words:N")),
    )
    heading = heading_words(measure, "all", detail.group)
    spec = finished(layers, height=STEP * max(1, len(rows)), width=380)
    return Chart(
        f"{heading}: {detail.place.name} by phase, {period}", phase_description(detail), spec, phase_table(detail)
    )
