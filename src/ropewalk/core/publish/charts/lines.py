"""Lines over periods with labels at their ends: what the trend and the comparison share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import altair as alt

from ropewalk.core.measures import Measure
from ropewalk.core.publish.charts.chart import HEIGHT, WIDTH, axis_title, drawn_from, kept_apart
from ropewalk.core.publish.charts.series import runs
from ropewalk.core.publish.wording import figure_words, number_words, period_words
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.periods import sort_key

ORDINARY = 2.0
WIDEST_BAR = 42.0


@dataclass(frozen=True, slots=True)
class Line:
    """A series to draw: name, figures by period, colour, dash, shape of its points, width in pixels."""

    name: str
    figures: tuple[tuple[str, Figure | None], ...]
    colour: str
    dash: tuple[int, ...]
    shape: str
    width: float = ORDINARY


def bar_width(axis: Sequence[str]) -> float:
    """Width of the bar of a period, in pixels: three fifths of its step, and never a wall."""
    return min(0.62 * WIDTH / len(axis), WIDEST_BAR)


def encodings(measure: Measure, axis: Sequence[str], ends: tuple[float, float]) -> dict[str, Any]:
    """The two axes: periods as categories in order, values between the ends."""
    return {
        "x": alt.X(
            "period:N",
            sort=None,
            title=None,
            scale=alt.Scale(domain=list(axis)),
            axis=alt.Axis(labelAngle=0, labelOverlap="greedy", labelSeparation=10, labelPadding=6),
        ),
        "y": alt.Y(
            "value:Q",
            title=axis_title(measure),
            scale=alt.Scale(domain=list(ends), nice=False, zero=False),
            axis=alt.Axis(tickCount=6, domain=False, ticks=False),
        ),
    }


def line_layers(lines: Sequence[Line], measure: Measure, axis: Sequence[str], ends: tuple[float, float]) -> list[Any]:
    """Lines with points, broken at gaps, and one label at the end of each.

    All lines are one layer, all points another: each layer more makes a drawing slower.
    """
    points = [
        _point(line, (period, figure, run), measure)
        for line in lines
        for period, figure, run in runs(line.figures, axis)
    ]
    shared = encodings(measure, axis, ends)
    base = drawn_from(points).encode(**shared)
    joined = base.mark_line().encode(
        detail=[alt.Detail("line:N"), alt.Detail("run:N")],
        order=alt.Order("place:Q"),
        color=_as_given("colour"),
        strokeDash=alt.StrokeDash("dash:N", scale=None, legend=None),
        strokeWidth=alt.StrokeWidth("width:Q", scale=None, legend=None),
    )
    marks = base.mark_point(opacity=1).encode(
        color=_as_given("colour"),
        fill=alt.Fill("colour:N", scale=None, legend=None),
        shape=alt.Shape("shape:N", scale=None, legend=None),
        size=alt.Size("size:Q", scale=None, legend=None),
        tooltip=[alt.Tooltip("line:N", title="Place"), alt.Tooltip("words:N", title=measure.title)],
    )
    return [joined, marks, *_labels(lines, measure, axis, ends)]


def _as_given(field: str) -> alt.Color:
    """A colour that stands in the row itself."""
    return alt.Color(f"{field}:N", scale=None, legend=None)


def _point(line: Line, at: tuple[str, Figure, int], measure: Measure) -> dict[str, Any]:
    period, figure, run = at
    return {
        "period": period,
        "value": figure.value,
        "line": line.name,
        "run": run,
        "place": sort_key(period),
        "words": f"{figure_words(figure, measure)} in {period_words(period)}",
        "colour": line.colour,
        "dash": list(line.dash),
        "width": line.width,
        "shape": line.shape,
        "size": 22 * line.width,
    }


def _labels(lines: Sequence[Line], measure: Measure, axis: Sequence[str], ends: tuple[float, float]) -> list[Any]:
    last = [(line, shown[-1]) for line in lines if (shown := runs(line.figures, axis))]
    heights = kept_apart([figure.value or 0.0 for _, (_, figure, _) in last], *ends, HEIGHT)
    # Clear of the last bar.
    clear = round(bar_width(axis) / 2) + 8
    rows: dict[Literal["normal", "bold"], list[dict[str, Any]]] = {"normal": [], "bold": []}
    for (line, (_, figure, _)), height in zip(last, heights, strict=True):
        # A long unit stands at the axis already.
        value = figure_words(figure, measure)
        words = f"{line.name} {value if ' ' not in value else number_words(figure.value or 0.0, measure.digits)}"
        label = {"period": axis[-1], "value": height, "words": words, "colour": line.colour}
        rows["bold" if line.width > ORDINARY else "normal"].append(label)
    return [
        drawn_from(labels)
        .mark_text(align="left", dx=clear, fontWeight=weight)
        .encode(**encodings(measure, axis, ends), text=alt.Text("words:N"), color=_as_given("colour"))
        for weight, labels in rows.items()
        if labels
    ]
