"""A table as it is shown: page, CSV, workbook and PDF are all written from this one object, so they cannot differ.

Each number is rounded once, here, to the places the measure shows; the figure behind it goes with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ropewalk.core.disclosure import SafeTable
from ropewalk.core.measures import Measure, Unit
from ropewalk.core.publish.wording import change_words, figure_words, number_words, rounded, value_words
from ropewalk.core.schema.figure import Figure, Source
from ropewalk.core.schema.missing import Missing

LONG_UNITS = {
    Unit.POINTS: "percentage points",
    Unit.SCORE_POINTS: "points",
    Unit.RATE_PER_10000: "per 10,000",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: words for readers, the number as shown (without unit) or the reason why there is none.

    ``figure`` stands behind a value that was published; worked-out values (medians, gaps) have none.
    """

    words: str
    number: float | None = None
    digits: int = 0
    unit: Unit | None = None
    missing: Missing | None = None
    figure: Figure | None = None

    @property
    def is_text(self) -> bool:
        """Whether the cell is a text rather than a value or a reason for one that is missing."""
        return self.number is None and self.missing is None

    @property
    def bare(self) -> str:
        """The words without the unit, for a table that says its unit once."""
        return self.words if self.number is None else number_words(self.number, self.digits)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: heading, whether it holds values, and whether figures with a source stand behind them."""

    heading: str
    numeric: bool = False
    traced: bool = False


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A file that figures of a table come from."""

    title: str
    edition: str
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table ready to be shown. The first column names the row. ``period`` is words.

    Raises TypeError when ``released`` is no SafeTable or a figure is shown that it does not hold, and ValueError when
    a row has not as many cells as there are columns.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    released: SafeTable
    notes: tuple[str, ...] = ()
    period: str = ""

    def __post_init__(self) -> None:
        """Refuse figures that nobody released."""
        check_released(self.released, (cell.figure for row in self.rows for cell in row))
        for place, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ValueError(f"Row {place} of '{self.title}' has {len(row)} cells for {len(self.columns)} columns.")

    @property
    def sources(self) -> tuple[SourceLine, ...]:
        """The files behind the figures shown, each once, in the order met."""
        return sources_of(cell.figure for row in self.rows for cell in row if cell.figure)

    @property
    def long_unit(self) -> str:
        """The unit in words where all values share one that is too long to stand in each cell; else empty."""
        met = {cell.unit for row in self.rows for cell in row if cell.unit}
        unit = met.pop() if len(met) == 1 else None
        return LONG_UNITS.get(unit, "") if unit else ""

    @property
    def reasons(self) -> tuple[Missing, ...]:
        """Reasons for missing values that occur, each once, in the order they are declared."""
        met = {cell.missing for row in self.rows for cell in row if cell.missing}
        return tuple(reason for reason in Missing if reason in met)


def check_released(released: SafeTable, figures: Iterable[Figure | None]) -> None:
    """Raise TypeError unless ``released`` is a SafeTable that holds every one of the figures."""
    if not isinstance(released, SafeTable):
        raise TypeError("Only figures in a SafeTable may be published; bare figures may not.")
    known = {id(figure) for figure in released}
    late: frozenset[Figure] | None = None
    for figure in figures:
        if figure is None or id(figure) in known:
            continue
        late = late if late is not None else frozenset(released)
        if figure not in late:
            raise TypeError(f"A figure of '{figure.measure}' for {figure.place} is not in the SafeTable.")


def sources_of(figures: Iterable[Figure]) -> tuple[SourceLine, ...]:
    """The files behind figures, each once, in the order met."""
    return tuple(dict.fromkeys(_source_line(figure.source) for figure in figures))


def _source_line(source: Source) -> SourceLine:
    """A file of a publication, or the receipts of schools' returns."""
    where = ", ".join(source.submissions) if source.kind == "returns" else source.file
    return SourceLine(source.title, source.edition, where, source.sha256)


def text_cell(words: str) -> Cell:
    """A text."""
    return Cell(words)


def figure_cell(figure: Figure | None, measure: Measure) -> Cell:
    """A published figure or the reason why there is no value."""
    if figure is None:
        return missing_cell()
    if figure.value is None:
        return Cell(figure_words(figure, measure), missing=figure.missing, figure=figure)
    return Cell(
        figure_words(figure, measure), shown_number(figure.value, measure), measure.digits, measure.unit, None, figure
    )


def value_cell(value: float | None, measure: Measure) -> Cell:
    """A value that was worked out from published ones, in the measure's unit."""
    if value is None:
        return missing_cell()
    return Cell(value_words(value, measure), shown_number(value, measure), measure.digits, measure.unit)


def change_cell(amount: float | None, measure: Measure) -> Cell:
    """A difference with its sign."""
    if amount is None:
        return missing_cell()
    unit = Unit.POINTS if measure.unit is Unit.PERCENT else measure.unit
    return Cell(change_words(amount, measure), shown_number(amount, measure), measure.digits, unit)


def count_cell(count: int | None) -> Cell:
    """A whole number."""
    if count is None:
        return missing_cell()
    return Cell(number_words(count, 0), float(count), 0, Unit.COUNT)


def missing_cell(reason: Missing = Missing.NOT_AVAILABLE) -> Cell:
    """No value, and why."""
    return Cell(reason.words, missing=reason)


def shown_number(value: float, measure: Measure) -> float:
    """The value rounded to the places the measure shows."""
    return float(rounded(value, measure.digits))


def values_of(table: ShownTable, heading: str) -> Sequence[float | None]:
    """The numbers of one column, by its heading.

    Raises KeyError when no column has it.
    """
    places = [place for place, column in enumerate(table.columns) if column.heading == heading]
    if not places:
        raise KeyError(heading)
    return [row[places[0]].number for row in table.rows]
