"""Figures of a KPI as points of a report. Only what everyone may see becomes one."""

from __future__ import annotations

from collections.abc import Callable

from ropewalk.core.compare.intervals import share_interval
from ropewalk.core.disclosure import Audience, SafeTable
from ropewalk.core.measures import Measure
from ropewalk.core.publish.board_report.content import Point
from ropewalk.core.publish.wording import interval_words, period_words, value_words
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.figure import Source as Origin
from ropewalk.core.schema.periods import sort_key


def points_of(table: SafeTable, measure: Measure, number: Callable[[Origin], int]) -> tuple[Point, ...]:
    """Figures with a value, the oldest first; ``number`` gives the place of a source among those of the report.

    Raises TypeError for bare figures, ValueError for figures that are not for everyone.
    """
    if not isinstance(table, SafeTable):
        raise TypeError("A report takes a SafeTable: bare figures may not leave.")
    if table.audience != Audience.EVERYONE:
        raise ValueError(f"These figures are for {table.audience}, and a report is handed on.")
    figures = sorted((one for one in table if one.value is not None), key=lambda one: sort_key(one.period))
    return tuple(_point(one, measure, number(one.source)) for one in figures)


def _point(figure: Figure, measure: Measure, source: int) -> Point:
    value = figure.value or 0.0
    found = None
    if figure.numerator is not None and figure.denominator is not None:
        found = share_interval(figure.numerator, figure.denominator)
    # A rate that is no share of children has no interval of shares.
    if found is not None and not found.lower <= value <= found.upper:
        found = None
    return Point(
        period_words(figure.period),
        sort_key(figure.period) / 1000,
        value,
        value_words(value, measure),
        found.lower if found else None,
        found.upper if found else None,
        interval_words(found, measure) if found else "",
        source,
    )
