"""Workbooks (XLSX) as the government's spreadsheet guidance asks: one table to a sheet, no merged or blank cells in it.

Every text is written as text, so that no cell becomes a formula. The same input gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from ropewalk.core.measures import Measure, Unit
from ropewalk.core.publish.descriptions import drawn_groups
from ropewalk.core.publish.place_book import OGL_URL, PlaceBook, Progress
from ropewalk.core.publish.sheet_names import sheet_names
from ropewalk.core.publish.shown_table import Cell, ShownTable, SourceLine
from ropewalk.core.publish.tables import group_table, overview_table, phase_table, strip_table, trend_table
from ropewalk.core.publish.wording import long_date
from ropewalk.core.schema.missing import Missing

UNIT_WORDS = {
    Unit.PERCENT: "per cent",
    Unit.COUNT: "number",
    Unit.SCORE: "score",
    Unit.POINTS: "percentage points",
    Unit.SCORE_POINTS: "points",
    Unit.RATE_PER_10000: "rate per 10,000",
    Unit.GRADE: "grade",
    Unit.RANK: "rank",
}
LINK_BACK = "internal:'Cover'!A1"
_FIRST_WIDTH, _NARROWEST, _WIDEST = 34, 11, 44


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table for a sheet of its own; ``name`` is shortened to what a spreadsheet allows, ``about`` stands above it."""

    name: str
    table: ShownTable
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Front:
    """What stands on the cover and the notes sheet. ``terms`` are words with their meaning.

    ``published`` is no where figures from schools' own returns stand in it: those are under no open licence.
    ``protected`` is yes where small numbers of those are hidden.
    """

    title: str
    publishers: str
    today: dt.date
    lines: tuple[str, ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    published: bool = True
    protected: bool = False


def write_xlsx(
    sheets: Sequence[Sheet],
    front: Front,
    *,
    sources: Sequence[SourceLine] | None = None,
    progress: Progress | None = None,
) -> bytes:
    """A workbook with cover, notes, sources and one sheet for each table.

    Raises TypeError when a sheet holds anything but a ShownTable: figures come in SafeTables only.
    """
    for sheet in sheets:
        if not isinstance(sheet.table, ShownTable):
            raise TypeError("A workbook is made of shown tables, which hold released figures only.")
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    created = dt.datetime.combine(front.today, dt.time(), dt.UTC)
    book.set_properties({"title": front.title, "author": "Ropewalk", "comments": front.publishers, "created": created})
    formats = _formats(book)
    names = sheet_names([sheet.name for sheet in sheets])
    _write_cover(book, formats, front, list(zip(names, sheets, strict=True)))
    _write_notes(book, formats, front)
    lines = sources if sources is not None else list(dict.fromkeys(s for sheet in sheets for s in sheet.table.sources))
    _write_sources(book, formats, lines)
    for place, (name, sheet) in enumerate(zip(names, sheets, strict=True), start=1):
        _write_sheet(book, formats, name, sheet)
        if progress:
            progress(place, len(sheets) + 1, name)
    book.close()
    if progress:
        progress(len(sheets) + 1, len(sheets) + 1, "written")
    return out.getvalue()


def write_workbook(book: PlaceBook, progress: Progress) -> bytes:
    """The workbook of a place: at a glance, then each measure over time, by phase, by group and for all councils."""
    place = book.overview.place
    sheets = [Sheet("At a glance", overview_table(book.overview))]
    for row in book.rows():
        detail, title = book.details[row.measure.id], row.measure.title
        about = (row.measure.summary,)
        sheets.append(Sheet(title, trend_table(detail), about))
        if len(detail.by_phase) > 1:
            sheets.append(Sheet(f"{title}, phases", phase_table(detail), about))
        if len(drawn_groups(detail.by_group)) > 1:
            sheets.append(Sheet(f"{title}, groups", group_table(detail), about))
        if len(detail.strip) > 1:
            sheets.append(Sheet(f"{title}, councils", strip_table(detail), about))
    made_up = ("This place is made up: its schools and figures describe no real children.",) if place.made_up else ()
    near = ", ".join(p.name for p in book.overview.neighbours)
    lines = (*made_up, *((f"Statistical neighbours: {near}.",) if near else ()))
    terms = tuple((row.measure.title, _definition(row.measure)) for row in book.rows())
    front = Front(f"Workbook: {place.name}", book.publishers(), book.today, lines, terms)
    return write_xlsx(sheets, front, sources=book.sources(), progress=progress)


def _definition(measure: Measure) -> str:
    return " ".join([measure.definition, *measure.notes, f"Source: {measure.source}, {measure.source_url}"])


def _formats(book: Any) -> dict[str, Any]:  # noqa: ANN401 - the library has no types
    font = {"font_name": "Arial", "font_size": 12}
    return {
        "title": book.add_format({**font, "font_size": 16, "bold": True}),
        "text": book.add_format({**font, "text_wrap": True, "valign": "top"}),
        "plain": book.add_format(font),
        "link": book.add_format({**font, "underline": 1, "font_color": "#1b4f91"}),
        "header": book.add_format({**font, "bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1}),
        "numbers": [book.add_format({**font, "num_format": _number_format(digits)}) for digits in range(7)],
        "right": book.add_format({**font, "align": "right"}),
    }


def _number_format(digits: int) -> str:
    return "#,##0" + (f".{'0' * digits}" if digits else "")


def _write_cover(book: Any, formats: dict[str, Any], front: Front, sheets: Sequence[tuple[str, Sheet]]) -> None:  # noqa: ANN401
    page = book.add_worksheet("Cover")
    page.set_column(0, 0, 34)
    page.set_column(1, 1, 90)
    page.write_string(0, 0, front.title, formats["title"])
    lines = (
        *_made_from(front),
        *front.lines,
        "Contents: each sheet holds one table. Links lead to the sheets.",
    )
    for row, line in enumerate(lines, start=1):
        page.write_string(row, 0, line, formats["plain"])
    first = len(lines) + 1
    listed = [("Notes", "Definitions, and what stands where there is no number")]
    listed += [("Sources", "The files the figures were read from")]
    listed += [(name, sheet.table.title) for name, sheet in sheets]
    _table(page, "contents", first, ("Sheet", "What it holds"), len(listed), formats)
    for row, (name, what) in enumerate(listed, start=first + 1):
        page.write_url(row, 0, f"internal:'{name}'!A1", formats["link"], string=name)
        page.write_string(row, 1, what, formats["plain"])


def _made_from(front: Front) -> tuple[str, ...]:
    day = long_date(front.today)
    if front.published:
        return (
            f"Made with Ropewalk on {day} from published figures.",
            f"Publishers: {front.publishers}",
            "Contains public sector information licensed under the Open Government Licence v3.0.",
        )
    hidden = "Small numbers are hidden, and so is whatever would give them away."
    bare = "Small numbers are not hidden: only for those who may see the returns they are counted from."
    return f"Made with Ropewalk on {day} from what schools have sent.", hidden if front.protected else bare


def _write_notes(book: Any, formats: dict[str, Any], front: Front) -> None:  # noqa: ANN401
    page = _page(book, formats, "Notes", "Notes", ("This worksheet contains one table.",))
    page.set_column(1, 1, 110)
    entries = [(one.words, one.explanation if front.published else one.meaning_in_returns) for one in Missing]
    entries += [
        ("Worked out by Ropewalk", "Changes, gaps, medians and ranges are worked out from the published figures."),
        ("Numbers", "Numbers are rounded as shown on pages and in the data book; units stand above each table."),
        *((("Licence", f"Open Government Licence v3.0, {OGL_URL}"),) if front.published else ()),
        *front.terms,
    ]
    _rows(page, formats, "notes", ("Word", "Meaning"), entries)


def _write_sources(book: Any, formats: dict[str, Any], sources: Sequence[SourceLine]) -> None:  # noqa: ANN401
    about = ("This worksheet contains one table.", "The checksum is the SHA-256 of the uncompressed file.")
    page = _page(book, formats, "Sources", "Sources", about)
    page.set_column(0, 3, 40)
    entries = [(line.title, line.edition, line.file, line.sha256) for line in sources]
    _rows(page, formats, "sources", ("Publication", "Edition", "File", "Checksum"), entries, first=4)


def _page(book: Any, formats: dict[str, Any], name: str, title: str, about: Sequence[str]) -> Any:  # noqa: ANN401
    page = book.add_worksheet(name)
    page.set_column(0, 0, _FIRST_WIDTH)
    page.write_string(0, 0, title, formats["title"])
    for row, line in enumerate(about, start=1):
        page.write_string(row, 0, line, formats["plain"])
    page.write_url(len(about) + 1, 0, LINK_BACK, formats["link"], string="Back to the cover")
    return page


def _rows(
    page: Any,  # noqa: ANN401
    formats: dict[str, Any],
    name: str,
    header: Sequence[str],
    entries: Sequence[Sequence[str]],
    first: int = 3,
) -> None:
    _table(page, name, first, header, len(entries), formats)
    for row, entry in enumerate(entries, start=first + 1):
        for column, text in enumerate(entry):
            page.write_string(row, column, text, formats["text"])
    page.freeze_panes(first + 1, 0)


def _table(page: Any, name: str, first: int, header: Sequence[str], rows: int, formats: dict[str, Any]) -> None:  # noqa: ANN401
    columns = [{"header": heading, "header_format": formats["header"]} for heading in _apart(header)]
    style = {"columns": columns, "name": f"table_{name}", "style": "Table Style Light 1", "autofilter": False}
    page.add_table(first, 0, first + max(rows, 1), len(header) - 1, {**style, "banded_rows": False})


def _apart(header: Sequence[str]) -> list[str]:
    """Headings as a table of a spreadsheet needs them: no two alike."""
    seen: dict[str, int] = {}
    apart = []
    for heading in header:
        seen[heading.lower()] = seen.get(heading.lower(), 0) + 1
        apart.append(heading if seen[heading.lower()] == 1 else f"{heading} ({seen[heading.lower()]})")
    return apart


def _write_sheet(book: Any, formats: dict[str, Any], name: str, sheet: Sheet) -> None:  # noqa: ANN401
    table, units = sheet.table, _units(sheet.table)
    mixed = len(units) > 1
    about = [
        *sheet.about,
        "This worksheet contains one table. Words in place of a number are explained in the sheet Notes.",
    ]
    about += [f"Unit: {UNIT_WORDS[units[0]]}."] if len(units) == 1 else []
    about += [f"Period: {table.period}."] if table.period else []
    about += table.notes
    page = _page(book, formats, name, table.title, about)
    header = [column.heading for column in table.columns]
    header[1:1] = ["Unit"] if mixed else []
    first = len(about) + 2
    number = "".join(character for character in name if character.isalnum())
    _table(page, f"{number}", first, header, len(table.rows), formats)
    for place, row in enumerate(table.rows, start=first + 1):
        cells = list(row)
        if mixed:
            cells[1:1] = [Cell(_row_unit(row))]
        for column, cell in enumerate(cells):
            _write_cell(page, place, column, cell, formats)
    for column, heading in enumerate(header[1:], start=1):
        longest = max([len(heading) / 2, *(len(row[min(column, len(row) - 1)].words) for row in table.rows)])
        page.set_column(column, column, min(max(longest + 2, _NARROWEST), _WIDEST))
    page.freeze_panes(first + 1, 1)


def _write_cell(page: Any, row: int, column: int, cell: Cell, formats: dict[str, Any]) -> None:  # noqa: ANN401
    if cell.number is not None:
        page.write_number(row, column, cell.number, formats["numbers"][min(cell.digits, 6)])
    else:
        page.write_string(row, column, cell.words, formats["right" if cell.missing else "plain"])


def _units(table: ShownTable) -> list[Unit]:
    """Units of the values in the table; differences of percentages go with the percentages."""
    met = {cell.unit for row in table.rows for cell in row if cell.unit}
    if Unit.PERCENT in met and len({row_unit for row in table.rows if (row_unit := _row_unit(row))}) <= 1:
        met.discard(Unit.POINTS)
    return [unit for unit in Unit if unit in met]


def _row_unit(row: Sequence[Cell]) -> str:
    """Unit of the first value of a row, in words."""
    return next((UNIT_WORDS[cell.unit] for cell in row if cell.unit), "")
