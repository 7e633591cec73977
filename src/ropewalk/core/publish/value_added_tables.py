"""The table, the words and the order of value added of the schools of a place."""

from __future__ import annotations

from ropewalk.core.measures import Unit
from ropewalk.core.publish.shown_table import Cell, Column, ShownTable, count_cell, text_cell
from ropewalk.core.publish.wording import MINUS, number_words, period_words, rounded
from ropewalk.core.views.value_added import STAGES, PlaceValueAdded, SchoolLine

DIGITS = 1
NO_RANKING = "Most intervals overlap: the order of the estimates is no ranking."


def signed(value: float) -> str:
    """``+1.2``, ``−0.4``, ``0.0``."""
    shown = rounded(value, DIGITS)
    return f"{'+' if shown > 0 else MINUS if shown < 0 else ''}{abs(shown)}"


def interval_words(line: SchoolLine) -> str:
    """``−0.4 to +1.2``; "too few pupils" without an estimate."""
    if line.interval is None:
        return "none"
    return f"{signed(line.interval.lower)} to {signed(line.interval.upper)}"


def estimate_cell(line: SchoolLine) -> Cell:
    """The estimate with its sign, or that there is none."""
    if line.value is None:
        return text_cell("none")
    return Cell(signed(line.value), float(rounded(line.value, DIGITS)), DIGITS, Unit.SCORE)


def value_added_table(shown: PlaceValueAdded, schools: tuple[SchoolLine, ...] | None = None) -> ShownTable:
    """One row for each school, in order of name unless ``schools`` gives another order."""
    asked = STAGES[shown.stage]
    columns = (
        Column("School"),
        Column("Pupils", numeric=True),
        Column(f"Estimate, {asked.unit}", numeric=True),
        Column("95% interval", numeric=True),
        Column("In words"),
    )
    rows = tuple(
        (
            text_cell(line.name),
            count_cell(line.pupils),
            estimate_cell(line),
            text_cell(interval_words(line)),
            text_cell(line.words),
        )
        for line in (shown.schools if schools is None else schools)
    )
    period = period_words(shown.year) if shown.year else ""
    title = f"{shown.scope.name}: value added, {asked.title[:1].lower()}{asked.title[1:]}, {period}"
    return ShownTable(title, columns, rows, shown.released, (NO_RANKING,), period)


def description(shown: PlaceValueAdded) -> str:
    """What the drawing shows, for whoever does not see it."""
    known = [line for line in shown.schools if line.interval is not None]
    above = sum(line.interval.lower > 0 for line in known if line.interval)
    below = sum(line.interval.upper < 0 for line in known if line.interval)
    return (
        f"Estimates of {len(known)} schools with their 95% intervals around what pupils alike reach in these schools: "
        f"{above} above, {below} below, {len(known) - above - below} with no clear difference. {NO_RANKING}"
    )


def summary(shown: PlaceValueAdded) -> str:
    """Who is in the model and how much lies between schools."""
    said = f"{number_words(shown.pupils, 0)} pupils of {len(shown.schools)} schools have both results"
    said += " and are in the model." if not shown.without_context else " and a known context, and are in the model."
    without = shown.results.after - shown.results.both
    if without:
        said += f" {number_words(without, 0)} with the later result have no earlier one here and are not in it."
    if shown.without_context:
        said += f" {number_words(shown.without_context, 0)} have an unknown part of the context and are not in it."
    if shown.between is not None:
        said += (
            f" Of what the context leaves unexplained, {number_words(shown.between, 0)}% lies between schools; "
            "the rest lies between pupils of the same school."
        )
    return said
