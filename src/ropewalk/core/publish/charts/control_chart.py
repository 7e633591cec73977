"""A measure week by week, with its usual level and the limits between which weeks usually lie."""

from __future__ import annotations

from typing import Any

import altair as alt

from ropewalk.core.compare.control_chart import ControlLimits
from ropewalk.core.measures import Measure, Unit
from ropewalk.core.publish.charts.chart import GREY, INK, RUST, Chart, domain, drawn_from, finished
from ropewalk.core.publish.charts.lines import encodings
from ropewalk.core.publish.charts.series import runs
from ropewalk.core.publish.shown_table import Column, ShownTable, figure_cell, text_cell
from ropewalk.core.publish.wording import figure_words, heading_words, period_words, value_words
from ropewalk.core.views.weekly import Weekly

_PLAIN = {"colour": INK, "shape": "circle", "size": 40}
_SIGNAL = {"colour": RUST, "shape": "diamond", "size": 110}
# Shares have ends; a limit beyond them is no line anybody could reach.
_ENDS = {Unit.PERCENT: (0.0, 100.0), Unit.COUNT: (0.0, float("inf")), Unit.RATE_PER_10000: (0.0, float("inf"))}


def control_chart(shown: Weekly) -> Chart:
    """The weeks as a line, the usual level dotted, the limits solid, weeks of a signal as filled diamonds.

    With fewer than twelve weeks the line stands alone, and the words say why.
    """
    axis = [figure.period for figure in shown.figures]
    limits = shown.chart.limits
    lines = _lines(limits, shown.measure)
    values = [*shown.chart.values, *(value for _, value, _ in lines)]
    shared = encodings(shown.measure, axis, domain(values, shown.measure))
    layers = [_rule(value, dash, shared["y"]) for _, value, dash in lines]
    layers += _weeks(shown, axis, shared)
    key = (
        ("Dotted line: usual level. Solid lines: limits between which weeks usually lie", "Diamond: a week of a signal")
        if limits
        else ()
    )
    return Chart(_title(shown), _description(shown), finished(alt.layer(*layers), key=key), control_table(shown))


def control_table(shown: Weekly) -> ShownTable:
    """One row for each week, oldest first: its value and the signals it is part of."""
    said = _signals_by_week(shown)
    rows = tuple(
        (
            text_cell(period_words(figure.period)),
            figure_cell(figure, shown.measure),
            text_cell("; ".join(said.get(period_words(figure.period), ())) or "no signal"),
        )
        for figure in shown.figures
    )
    columns = (Column("Week"), Column(shown.name, numeric=True, traced=True), Column("Signal"))
    span = f"{period_words(shown.figures[0].period)} until {period_words(shown.figures[-1].period)}"
    notes = (*_limits_words(shown), shown.chart.words, *shown.measure.notes)
    return ShownTable(_title(shown), columns, rows, shown.released, notes, span)


def _title(shown: Weekly) -> str:
    return f"{heading_words(shown.measure, shown.phase, shown.group)}: {shown.name}, week by week"


def _lines(limits: ControlLimits | None, measure: Measure) -> list[tuple[str, float, tuple[int, ...]]]:
    """The lines to draw: words, value, dash. A limit beyond what the measure can reach is none."""
    if limits is None:
        return []
    low, high = _ENDS.get(measure.unit, (float("-inf"), float("inf")))
    found: list[tuple[str, float, tuple[int, ...]]] = [("Usual level", limits.mean, (2, 3))]
    found += [("upper limit", limits.upper, ())] if limits.upper <= high else []
    found += [("lower limit", limits.lower, ())] if limits.lower >= low else []
    return found


def _rule(value: float, dash: tuple[int, ...], y: alt.Y) -> Any:  # noqa: ANN401 - a layer of Altair
    mark = drawn_from([{"value": value}]).mark_rule(color=INK if dash else GREY, strokeWidth=1.5, strokeDash=list(dash))
    return mark.encode(y=y)


def _weeks(shown: Weekly, axis: list[str], shared: dict[str, Any]) -> list[Any]:
    said = _signals_by_week(shown)
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


def _signals_by_week(shown: Weekly) -> dict[str, list[str]]:
    """The words of the signals each week is part of, by the week in words."""
    found: dict[str, list[str]] = {}
    for signal in shown.chart.signals:
        for place in signal.points:
            found.setdefault(shown.chart.weeks[place], []).append(signal.words)
    return found


def _limits_words(shown: Weekly) -> tuple[str, ...]:
    said = [
        f"{words} {value_words(value, shown.measure)}" for words, value, _ in _lines(shown.chart.limits, shown.measure)
    ]
    return (f"{', '.join(said)}.",) if said else ()


def _description(shown: Weekly) -> str:
    first, last = shown.figures[0].period, shown.figures[-1].period
    heading = heading_words(shown.measure, shown.phase, shown.group)
    without = sum(figure.value is None for figure in shown.figures)
    said = [f"{heading} of {shown.name} by week, from {period_words(first)} until {period_words(last)}."]
    said += [f"{without} of {len(shown.figures)} weeks have no value, and the line breaks there."] if without else []
    return " ".join([*said, *_limits_words(shown), shown.chart.words])
