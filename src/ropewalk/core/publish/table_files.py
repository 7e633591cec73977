"""A shown table as CSV, and how a cell is written wherever a program reads it."""

from __future__ import annotations

import csv
import io

from ropewalk.core.publish.shown_table import Cell, ShownTable

# A spreadsheet takes a text that starts with one of these for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe before =, +, - and @."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def to_csv(table: ShownTable) -> str:
    """The table as CSV: one header row, numbers without units as they are shown, missing values as the reason's words.

    Each column of published figures is followed by the text as published, the source file and its row.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    header: list[str] = []
    for column in table.columns:
        header.append(column.heading)
        if column.traced:
            header += [f"{column.heading}: {what}" for what in ("as published", "source file", "source row")]
    writer.writerow([guarded(name) for name in header])
    for row in table.rows:
        cells: list[str] = []
        for column, cell in zip(table.columns, row, strict=True):
            cells.append(_plain(cell))
            if column.traced:
                cells += _behind(cell)
        writer.writerow(cells)
    return out.getvalue()


def _plain(cell: Cell) -> str:
    if cell.number is None:
        return guarded(cell.words)
    return f"{cell.number:.{cell.digits}f}"


def _behind(cell: Cell) -> list[str]:
    figure = cell.figure
    if figure is None:
        return ["", "", ""]
    row = str(figure.source.row) if figure.source.row is not None else guarded(figure.source.calculation or "")
    return [_published(figure.raw), guarded(figure.source.file), row]


def _published(raw: str) -> str:
    """The text as published; numbers stay as they are, also negative ones."""
    try:
        float(raw)
    except ValueError:
        return guarded(raw)
    return raw
