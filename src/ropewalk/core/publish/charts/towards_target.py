"""A measure over time with the straight line from where it began to where it is meant to come."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from ropewalk.core.measures import Measure
from ropewalk.core.publish.charts.chart import INK, RUST, Chart, domain, drawn_from, finished
from ropewalk.core.publish.charts.lines import Line, encodings, line_layers
from ropewalk.core.publish.charts.series import every_period
from ropewalk.core.publish.shown_table import ShownTable
from ropewalk.core.schema.figure import Figure

KEY = "Broken line: straight from the baseline to the target"


def towards_target(
    table: ShownTable,
    description: str,
    *,
    measure: Measure,
    figures: Sequence[Figure],
    line: Sequence[tuple[str, float]],
) -> Chart:
    """The figures of one place in bold, and the line they are to follow. ``line`` names periods in order."""
    axis = every_period([*(figure.period for figure in figures), *(period for period, _ in line)])
    values = [figure.value for figure in figures if figure.value is not None]
    ends = domain([*values, *(value for _, value in line)], measure)
    own = Line("", tuple((figure.period, figure) for figure in figures), INK, (), "circle", 3.5)
    rows = [{"period": period, "value": value} for period, value in line]
    shared = encodings(measure, axis, ends)
    layers = line_layers([own], measure, axis, ends)
    if rows:
        wanted = drawn_from(rows).mark_line(color=RUST, strokeWidth=2, strokeDash=[6, 4])
        layers = [wanted.encode(x=shared["x"], y=shared["y"]), *layers]
    return Chart(table.title, description, finished(alt.layer(*layers), key=(KEY,) if rows else ()), table)
