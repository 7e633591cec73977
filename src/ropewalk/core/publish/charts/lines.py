"""Lines over periods with labels at their ends: what the trend and the comparison share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from ropewalk.core.measures import Measure
from ropewalk.core.publish.charts.chart import HEIGHT, WIDTH, axis_title, drawn_from, kept_apart
from ropewalk.core.publish.charts.series import runs
from ropewalk.core.publish.wording import figure_words, period_words
from ropewalk.core.schema.figure import Figure


@dataclass(frozen=True, slots=True)
class Line:
    """A series to draw: name, figures by period, colour, dash, shape of its points, width in pixels."""

    name: str
    figures: tuple[tuple[str, Figure | None], ...]
    colour: str
    dash: tuple[int, ...]
    shape: str
    width: float = 2.0


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
    """Lines with points, broken at gaps, and one label at the end of each."""
    layers: list[Any] = []
    shared = encodings(measure, axis, ends)
    for line in lines:
        points = [_point(period, figure, run, measure) for period, figure, run in runs(line.figures, axis)]
        if not points:
            continue
        base = drawn_from(points).encode(**shared)
        layers.append(
            base.mark_line(color=line.colour, strokeWidth=line.width, strokeDash=list(line.dash)).encode(
                detail="run:N", order=alt.Order("place:Q")
            )
        )
        marks = base.mark_point(color=line.colour, fill=line.colour, shape=line.shape, size=22 * line.width, opacity=1)
        layers.append(marks.encode(tooltip=alt.Tooltip("words:N", title=line.name)))
    return [*layers, *_labels(lines, measure, axis, ends)]


def _point(period: str, figure: Figure, run: int, measure: Measure) -> dict[str, Any]:
    words = f"{figure_words(figure, measure)} in {period_words(period)}"
    return {"period": period, "value": figure.value, "run": run, "place": period, "words": words}


def _labels(lines: Sequence[Line], measure: Measure, axis: Sequence[str], ends: tuple[float, float]) -> list[Any]:
    last = [(line, shown[-1]) for line in lines if (shown := runs(line.figures, axis))]
    heights = kept_apart([figure.value or 0.0 for _, (_, figure, _) in last], *ends, HEIGHT)
    layers = []
    # Clear of the last bar, which fills three fifths of its step.
    clear = round(0.31 * WIDTH / len(axis)) + 8
    for (line, (_, figure, _)), height in zip(last, heights, strict=True):
        label = {"period": axis[-1], "value": height, "words": f"{line.name} {figure_words(figure, measure)}"}
        layers.append(
            drawn_from([label])
            .mark_text(align="left", dx=clear, color=line.colour, fontWeight="bold" if line.width > 2 else "normal")
            .encode(**encodings(measure, axis, ends), text="words:N")
        )
    return layers
