"""The table of a school and its statistical neighbours, and the table of what was weighed."""

from __future__ import annotations

from ropewalk.core.measures import Measure, Unit
from ropewalk.core.publish.shown_table import Cell, Column, ShownTable, figure_cell, text_cell, value_cell
from ropewalk.core.publish.wording import number_words, period_words, rounded
from ropewalk.core.views.neighbours import NeighbourRow, SchoolNeighbourhood

DIGITS = 2


def shown_measures(shown: SchoolNeighbourhood) -> tuple[Measure, ...]:
    """The circumstances this school has a figure for."""
    return tuple(one for one in shown.measures if one.id in shown.periods)


def neighbours_table(shown: SchoolNeighbourhood) -> ShownTable:
    """The school itself, then its neighbours, nearest first, each with the figures that were compared."""
    measures = shown_measures(shown)
    columns = (
        Column("School"),
        Column("Place"),
        Column("Distance", numeric=True),
        *(Column(_heading(shown, one), numeric=True, traced=True) for one in measures),
    )
    rows = tuple(_cells(row, measures) for row in (shown.own, *shown.nearest))
    title = f"{shown.school.name} and its statistical neighbours"
    notes = (
        "Distance is in standard deviations over all schools compared: 0 is the same in everything weighed.",
        "Neighbours are alike in circumstances, not in results. This is no ranking.",
    )
    return ShownTable(title, columns, rows, shown.released, notes, "the years in the headings")


def _heading(shown: SchoolNeighbourhood, of: Measure) -> str:
    return f"{of.title}, {_when(shown.periods[of.id])}"


def _when(period: str) -> str:
    return period_words(period) if period[:4].isdigit() else "year not stated"


def _cells(row: NeighbourRow, measures: tuple[Measure, ...]) -> tuple[Cell, ...]:
    figures = tuple(figure_cell(row.figures.get(one.id), one) for one in measures)
    return text_cell(row.school.name), text_cell(row.place.name), _distance(row.distance), *figures


def _distance(distance: float | None) -> Cell:
    if distance is None:
        return text_cell("this school")
    return Cell(number_words(distance, DIGITS), float(rounded(distance, DIGITS)), DIGITS, Unit.SCORE)


def weights_table(shown: SchoolNeighbourhood) -> ShownTable:
    """What was weighed: weight, period, mean and standard deviation, and for how many schools it is known."""
    columns = (
        Column("Circumstance"),
        Column("Weight", numeric=True),
        Column("Year of the figures"),
        Column("Mean of the schools", numeric=True),
        Column("Standard deviation", numeric=True),
        Column("Schools with a figure", numeric=True),
    )
    scale = shown.answer.scale if shown.answer else None
    rows = tuple(
        (
            text_cell(one.title),
            Cell(f"{shown.weights[one.id]:g}", shown.weights[one.id], 1, Unit.SCORE),
            text_cell(_when(shown.periods[one.id])),
            value_cell(scale.means.get(one.id), one),
            value_cell(scale.deviations.get(one.id), one),
            Cell(number_words(scale.known[one.id], 0), float(scale.known[one.id]), 0, Unit.COUNT),
        )
        for one in shown_measures(shown)
        if scale
    )
    return ShownTable(f"What was weighed for {shown.school.name}", columns, rows, shown.released)
