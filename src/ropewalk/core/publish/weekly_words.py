"""A weekly series in words and as a table: limits, signals, what the drawing shows. Nothing here draws."""

from __future__ import annotations

from ropewalk.core.compare.control_chart import ControlLimits, Rule
from ropewalk.core.measures import Measure, Unit
from ropewalk.core.publish.shown_table import Column, ShownTable, figure_cell, text_cell
from ropewalk.core.publish.wording import heading_words, period_words, value_words
from ropewalk.core.views.weekly import Weekly

# Shares have ends; a limit beyond them is no line anybody could reach.
_ENDS = {Unit.PERCENT: (0.0, 100.0), Unit.COUNT: (0.0, float("inf")), Unit.RATE_PER_10000: (0.0, float("inf"))}


def control_table(shown: Weekly) -> ShownTable:
    """One row for each week, oldest first: its value and the signals it is part of."""
    said = signals_by_week(shown)
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
    notes = (*limits_words(shown), shown.chart.words, *shown.measure.notes)
    return ShownTable(weekly_title(shown), columns, rows, shown.released, notes, span)


def weekly_title(shown: Weekly) -> str:
    """What the chart is called."""
    return f"{heading_words(shown.measure, shown.phase, shown.group)}: {shown.name}, week by week"


def lines_drawn(limits: ControlLimits | None, measure: Measure) -> list[tuple[str, float, tuple[int, ...]]]:
    """The lines to draw: words, value, dash. A limit beyond what the measure can reach is none."""
    if limits is None:
        return []
    low, high = _ENDS.get(measure.unit, (float("-inf"), float("inf")))
    found: list[tuple[str, float, tuple[int, ...]]] = [("Usual level", limits.mean, (2, 3))]
    found += [("upper limit", limits.upper, ())] if limits.upper <= high else []
    found += [("lower limit", limits.lower, ())] if limits.lower >= low else []
    return found


def signals_by_week(shown: Weekly) -> dict[str, list[str]]:
    """The words of the signals each week is part of, by the week in words."""
    found: dict[str, list[str]] = {}
    for signal in shown.chart.signals:
        for place in signal.points:
            found.setdefault(shown.chart.weeks[place], []).append(signal.words)
    return found


_SHORT = {
    Rule.OUTSIDE: ("above the upper limit", "below the lower limit"),
    Rule.ONE_SIDE: ("in a long run above the usual level", "in a long run below the usual level"),
    Rule.TREND: ("in a long rise", "in a long fall"),
    Rule.TWO_OF_THREE: ("one of two of three far above", "one of two of three far below"),
}


def short_signals_by_week(shown: Weekly) -> dict[str, list[str]]:
    """Which signals each week is part of, in few words, by the week in words."""
    found: dict[str, list[str]] = {}
    for signal in shown.chart.signals:
        words = _SHORT[signal.rule][0 if signal.up else 1]
        for place in signal.points:
            said = found.setdefault(shown.chart.weeks[place], [])
            said += [words] if words not in said else []
    return found


def signals_sentence(shown: Weekly, most: int = 3) -> str:
    """What the chart says; of many signals how many, and those that reach furthest."""
    signals = sorted(shown.chart.signals, key=lambda signal: signal.points[-1], reverse=True)
    if shown.chart.reason or len(signals) <= most:
        return shown.chart.words
    newest = "; ".join(signal.words for signal in signals[:most])
    return f"{len(signals)} signals. The newest: {newest}. This says that something changed, not why."


def limits_words(shown: Weekly) -> tuple[str, ...]:
    """``Usual level 8.2%, upper limit 10.1%, lower limit 6.3%.``; nothing without limits."""
    said = [
        f"{words} {value_words(value, shown.measure)}"
        for words, value, _ in lines_drawn(shown.chart.limits, shown.measure)
    ]
    return (f"{', '.join(said)}.",) if said else ()


def weekly_description(shown: Weekly) -> str:
    """What the drawing shows, in sentences."""
    first, last = shown.figures[0].period, shown.figures[-1].period
    heading = heading_words(shown.measure, shown.phase, shown.group)
    without = sum(figure.value is None for figure in shown.figures)
    said = [f"{heading} of {shown.name} by week, from {period_words(first)} until {period_words(last)}."]
    said += [f"{without} of {len(shown.figures)} weeks have no value, and the line breaks there."] if without else []
    return " ".join([*said, *limits_words(shown), shown.chart.words])
