"""Templates schools fill in: a file for each kind, or one workbook with all, made from the declarations alone.

The first row below the header is an example. Its first cell begins with the word Example, by which the check
``example_left_in`` knows it. The same year gives the same bytes.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from ropewalk.core.schema.attendance_codes import codes_in_force
from ropewalk.core.schema.calendar import first_day
from ropewalk.core.schema.code_sets import code_set
from ropewalk.core.schema.returns import RETURN_FILES, Field, FieldKind, ReturnFile, return_file

EXAMPLE = "Example"
INSTRUCTIONS, CODES = "Instructions", "Codes"
_DATES = frozenset({FieldKind.DATE, FieldKind.MONDAY})
_MARKS = frozenset({FieldKind.MARK, FieldKind.MARKS})
# A spreadsheet takes a list of choices of so many characters, and no template needs more rows than this for them.
_LONGEST_CHOICE, _ROWS = 255, 5_000
_NARROWEST, _WIDE = 12, 60
_HOW = (
    "How to send a return",
    "Each sheet is one return; its first row names the columns. Fill in those you can send and leave the others.",
    "Delete the example row of each sheet. It is not counted if you forget.",
    "Keep the names of the columns. Their order does not matter; columns of your own are left out.",
    "Columns of unique pupil numbers are formatted as text: paste values only, so that they stay so.",
    "Write dates as 2025-09-08 or 08/09/2025.",
    "You can also send each sheet as a CSV file.",
)


def example_row(declared: ReturnFile) -> list[str]:
    """The example of each column; the first says that it is one."""
    examples = [field.example for field in declared.fields]
    return [f"{EXAMPLE} {examples[0]}", *examples[1:]]


def template_csv(kind: str) -> bytes:
    """The template of one kind: header and example row.

    Raises NotFound when there is no such kind.
    """
    declared = return_file(kind)
    out = io.StringIO()
    csv.writer(out).writerows([declared.columns, example_row(declared)])
    # With a byte order mark spreadsheets know the encoding.
    return out.getvalue().encode("utf-8-sig")


def template_xlsx(year: str) -> bytes:
    """A workbook with instructions, a sheet for each kind, and the codes in force in an academic year."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties(
        {
            "title": f"Returns {year}",
            "author": "Ropewalk",
            "created": dt.datetime.combine(first_day(year), dt.time(), dt.UTC),
        }
    )
    formats = _formats(book)
    _write_instructions(book, formats, year)
    for declared in RETURN_FILES.values():
        _write_return(book, formats, declared, year)
    _write_codes(book, formats, year)
    book.close()
    return out.getvalue()


def _formats(book: Any) -> dict[str, Any]:  # noqa: ANN401 - the library has no types
    font = {"font_name": "Arial", "font_size": 11}
    return {
        "title": book.add_format({**font, "font_size": 16, "bold": True}),
        "header": book.add_format({**font, "bold": True, "bottom": 1}),
        "plain": book.add_format(font),
        "wrapped": book.add_format({**font, "text_wrap": True, "valign": "top"}),
        "text": book.add_format({**font, "num_format": "@"}),
        "date": book.add_format({**font, "num_format": "yyyy-mm-dd"}),
        "example": book.add_format({**font, "italic": True, "font_color": "#505a5f"}),
        "example_date": book.add_format(
            {**font, "italic": True, "font_color": "#505a5f", "num_format": "yyyy-mm-dd", "align": "left"}
        ),
    }


def _write_instructions(book: Any, formats: dict[str, Any], year: str) -> None:  # noqa: ANN401
    page = book.add_worksheet(INSTRUCTIONS)
    page.set_column(0, 1, 24)
    page.set_column(2, 2, 34)
    page.set_column(3, 3, 9)
    page.set_column(4, 4, 80)
    page.set_column(5, 5, 24)
    page.write_string(0, 0, f"Returns for the academic year {year}", formats["title"])
    for row, line in enumerate(_HOW, start=1):
        page.write_string(row, 0, line, formats["header"] if row == 1 else formats["plain"])
    top = len(_HOW) + 2
    _write_row(page, top, ("Sheet", "Column", "Title", "Needed", "What to write", "Example"), formats["header"])
    row = top
    for declared in RETURN_FILES.values():
        row += 1
        _write_row(page, row, (declared.id, "", declared.title, "", _about(declared), ""), formats["wrapped"])
        for field in declared.fields:
            row += 1
            needed = "yes" if field.needed else ""
            cells = (declared.id, field.name, field.title, needed, field.says, field.example)
            _write_row(page, row, cells, formats["wrapped"])
    page.freeze_panes(1, 0)


def _about(declared: ReturnFile) -> str:
    return f"{declared.what_for} One row is {declared.row}."


def _write_return(book: Any, formats: dict[str, Any], declared: ReturnFile, year: str) -> None:  # noqa: ANN401
    page = book.add_worksheet(declared.id)
    for place, (field, example) in enumerate(zip(declared.fields, example_row(declared), strict=True)):
        width = max(_NARROWEST, len(field.name) + 2, len(example) + 2)
        page.set_column(place, place, width, formats[_format_of(field)])
        page.write_string(0, place, field.name, formats["header"])
        _write_example(page, formats, place, field, example)
        _offer_choices(page, place, field, year)
    page.freeze_panes(1, 0)


def _format_of(field: Field) -> str:
    return "date" if field.kind in _DATES else "text"


def _write_example(page: Any, formats: dict[str, Any], place: int, field: Field, example: str) -> None:  # noqa: ANN401
    if field.kind in _DATES and example:
        page.write_datetime(1, place, dt.date.fromisoformat(example), formats["example_date"])
    elif example:
        page.write_string(1, place, example, formats["example"])


def _offer_choices(page: Any, place: int, field: Field, year: str) -> None:  # noqa: ANN401
    """A list to choose from where it is short enough; another value is warned of and not refused."""
    if field.code_set is None:
        return
    codes = [code.code for code in code_set(field.code_set).in_force(year)]
    if len(",".join(codes)) <= _LONGEST_CHOICE:
        page.data_validation(
            1, place, _ROWS, place, {"validate": "list", "source": codes, "error_type": "warning", "ignore_blank": True}
        )


def _write_codes(book: Any, formats: dict[str, Any], year: str) -> None:  # noqa: ANN401
    page = book.add_worksheet(CODES)
    page.set_column(0, 0, 40)
    page.set_column(1, 1, 26)
    page.set_column(2, 2, _WIDE)
    page.set_column(3, 3, 32)
    _write_row(page, 0, (f"List, as in force in {year}", "Code", "Meaning", "Counts as"), formats["header"])
    for row, cells in enumerate(_codes(year), start=1):
        _write_row(page, row, cells, formats["wrapped"])
    page.freeze_panes(1, 0)


def _codes(year: str) -> list[tuple[str, str, str, str]]:
    """Every list a column refers to, in the order in which columns do, attendance codes among them."""
    rows: list[tuple[str, str, str, str]] = []
    done: set[str] = set()
    for field in (field for declared in RETURN_FILES.values() for field in declared.fields):
        name = "attendance" if field.kind in _MARKS else field.code_set
        if name is None or name in done:
            continue
        done.add(name)
        if field.kind in _MARKS:
            rows += [("Attendance codes", one.code, one.words, one.category.words) for one in codes_in_force(year)]
            rows.append(("Attendance codes", "-", "No mark taken", "Not counted"))
        else:
            one_set = code_set(name)
            rows += [(one_set.title, one.code, one.words, "") for one in one_set.in_force(year)]
    return rows


def _write_row(page: Any, row: int, cells: Sequence[str], form: Any) -> None:  # noqa: ANN401
    for place, cell in enumerate(cells):
        page.write_string(row, place, cell, form)
