"""One measure of several places over time."""

from __future__ import annotations

import altair as alt

from ropewalk.core.publish.charts.chart import LINES, Chart, domain, finished
from ropewalk.core.publish.charts.lines import Line, line_layers
from ropewalk.core.publish.charts.series import every_period
from ropewalk.core.publish.tables import comparison_trend_table
from ropewalk.core.publish.wording import heading_words, period_words, value_words
from ropewalk.core.schema.places import place_by_code
from ropewalk.core.views.comparing import Comparison


def comparison(shown: Comparison) -> Chart | None:
    """A line for each place and the country, labelled at its end; ``None`` where the comparison carries no series."""
    figures = [figure for series in shown.series.values() for figure in series]
    row = next((r for r in shown.rows if figures and r.measure.id == figures[0].measure), None)
    if row is None:
        return None
    names = {code: place_by_code(code).name for code in shown.series}
    axis = every_period(figure.period for figure in figures)
    lines = [
        Line(names[code], tuple((f.period, f) for f in series), *LINES[place % len(LINES)])
        for place, (code, series) in enumerate(shown.series.items())
    ]
    ends = domain([f.value for f in figures if f.value is not None], row.measure)
    heading = heading_words(row.measure, row.phase, row.group)
    first, last = period_words(axis[0]), period_words(axis[-1])
    newest = [
        f"{names[f.place]} {value_words(f.value, row.measure)}"
        for series in shown.series.values()
        for f in series
        if f.period == row.period and f.value is not None
    ]
    description = f"{heading} from {first} until {last}. In {period_words(row.period)}: {', '.join(newest)}."
    spec = finished(alt.layer(*line_layers(lines, row.measure, axis, ends)))
    title = f"{heading}: {len(lines)} places over time"
    return Chart(title, description, spec, comparison_trend_table(shown, names))
