"""A measure week by week, with its usual level and the limits between which weeks usually lie."""

from __future__ import annotations

from typing import Any

import altair as alt

from ropewalk.core.publish.charts.chart import GREY, INK, RUST, Chart, domain, drawn_from, finished
from ropewalk.core.publish.charts.lines import encodings
from ropewalk.core.publish.charts.series import runs
from ropewalk.core.publish.weekly_words import (
    control_table,
    lines_drawn,
    signals_by_week,
    weekly_description,
    weekly_title,
)
from ropewalk.core.publish.wording import figure_words, period_words
from ropewalk.core.views.weekly import Weekly

_PLAIN = {"colour": INK, "shape": "circle", "size": 40}
_SIGNAL = {"colour": RUST, "shape": "diamond", "size": 110}


def control_chart(shown: Weekly) -> Chart:
    """The weeks as a line, the usual level dotted, the limits solid, weeks of a signal as filled diamonds.

    With fewer than twelve weeks the line stands alone, and the words say why.
    """
    axis = [figure.period for figure in shown.figures]
    limits = shown.chart.limits
    lines = lines_drawn(limits, shown.measure)
    values = [*shown.chart.values, *(value for _, value, _ in lines)]
    shared = encodings(shown.measure, axis, domain(values, shown.measure))
    layers = [_rule(value, dash, shared["y"]) for _, value, dash in lines]
    layers += _weeks(shown, axis, shared)
    key = (
        ("Dotted line: usual level. Solid lines: limits between which weeks usually lie", "Diamond: a week of a signal")
        if limits
        else ()
    )
    return Chart(
        weekly_title(shown), weekly_description(shown), finished(alt.layer(*layers), key=key), control_table(shown)
    )


def _rule(value: float, dash: tuple[int, ...], y: alt.Y) -> Any:  # noqa: ANN401 - a layer of Altair
    mark = drawn_from([{"value": value}]).mark_rule(color=INK if dash else GREY, strokeWidth=1.5, strokeDash=list(dash))
    return mark.encode(y=y)


def _weeks(shown: Weekly, axis: list[str], shared: dict[str, Any]) -> list[Any]:
    said = signals_by_week(shown)
    rows = [
        {
            "period": period,
            "value": figure.value,
            "run": run,
            "place": axis.index(period),
            "words": f"{figure_words(figure, shown.measure)} in {period_words(period)}",
            **(_SIGNAL if period_words(period) in said else _PLAIN),
        }
        for period, figure, run in runs([(f.period, f) for f in shown.figures], axis)
    ]
    if not rows:
        return [drawn_from([{"period": period} for period in axis]).mark_point(opacity=0).encode(x=shared["x"])]
    base = drawn_from(rows).encode(**shared)
    line = base.mark_line(color=INK, strokeWidth=2).encode(detail=alt.Detail("run:N"), order=alt.Order("place:Q"))
    points = base.mark_point(opacity=1).encode(
        color=alt.Color("colour:N", scale=None, legend=None),
        fill=alt.Fill("colour:N", scale=None, legend=None),
        shape=alt.Shape("shape:N", scale=None, legend=None),
        size=alt.Size("size:Q", scale=None, legend=None),
        tooltip=alt.Tooltip("words:N", title=shown.measure.title),
    )
    return [line, points]
