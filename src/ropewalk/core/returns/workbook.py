"""Workbooks (.xlsx): every sheet whose header is that of a return becomes physical lines, a line for each row.

Values come as Excel stores them: numbers as floating point, dates as dates, errors as nothing. They are written as a
return writes them, so that sheets and text files are read by the same code; a row keeps its number.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from ropewalk.core.returns.found_files import Found
from ropewalk.core.returns.physical_lines import copy_lines
from ropewalk.core.returns.putting import SourceFile, next_file, put_file, put_problems, put_whole
from ropewalk.core.returns.recognising import UNIT, column_letter, recognise
from ropewalk.core.returns.tables_of_text import Text, stage_text
from ropewalk.core.returns.workbook_parts import Cell, UnfitWorkbook, error_cells

# No cell goes on in another line.
_NO_BREAKS = str.maketrans({UNIT: " ", "\n": " ", "\r": " ", "\x0b": " ", "\x0c": " "})


@dataclass(frozen=True)
class _Sheet:
    name: str
    rows: list[list[Any]]
    merged: tuple[int, ...]
    errors: tuple[Cell, ...]


def stage_workbook(con: duckdb.DuckDBPyConnection, found: Found, scratch: Path) -> None:
    """Read every sheet that is a return, each as a source file of its own; a workbook without one is not recognised."""
    first = next_file(con)
    try:
        sheets = list(_sheets(found.path, error_cells(found.path)))
    except UnfitWorkbook as unfit:
        put_whole(con, first, unfit.check_id)
        put_file(con, SourceFile(first, found.name, "workbook", bytes=found.path.stat().st_size))
        return
    digest = _digest(found.path)
    for sheet in sheets:
        source = SourceFile(next_file(con), f"{found.name}, sheet {sheet.name}", "workbook", sha256=digest)
        source.bytes = found.path.stat().st_size
        _stage_sheet(con, source, sheet, scratch)
    if not sheets:
        put_whole(con, first, "file_not_recognised")
        put_file(con, SourceFile(first, found.name, "workbook", sha256=digest, bytes=found.path.stat().st_size))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sheets(path: Path, errors: dict[str, tuple[Cell, ...]]) -> Iterator[_Sheet]:
    try:
        # From an open file, so that the name of the file has no say in what it is.
        with path.open("rb") as file:
            book = CalamineWorkbook.from_filelike(file)
            for meta in book.sheets_metadata:
                sheet = book.get_sheet_by_name(meta.name) if meta.typ is SheetTypeEnum.WorkSheet else None
                if sheet is not None and (rows := _rows(sheet)):
                    yield _Sheet(meta.name, rows, _merged(sheet), errors.get(meta.name, ()))
    except CalamineError as error:
        raise UnfitWorkbook("workbook_unreadable") from error


def _rows(sheet: CalamineSheet) -> list[list[Any]]:
    """All rows from the first of the sheet; none where the first row with something in it is not that of a return."""
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    header = next((row for row in rows if any(cell != "" for cell in row)), [])
    return rows if recognise([str(cell) for cell in header]) else []


def _merged(sheet: CalamineSheet) -> tuple[int, ...]:
    """Rows (from 1) in which merged cells begin."""
    return tuple(sorted({start[0] + 1 for start, _ in sheet.merged_cell_ranges or ()}))


def _stage_sheet(con: duckdb.DuckDBPyConnection, source: SourceFile, sheet: _Sheet, scratch: Path) -> None:
    draft, target = scratch / f"sheet-{source.file}.txt", scratch / f"file-{source.file}.txt"
    with draft.open("w", encoding="utf-8", errors="replace", newline="\n") as out:
        out.writelines(UNIT.join(map(_text, row)) + "\n" for row in sheet.rows)
    with draft.open("rb") as stream:
        physical = copy_lines(stream, target)
    draft.unlink()
    stage_text(con, source, Text(target, physical, quoted=False))
    put_problems(con, source.file, "workbook_merged_cells", [(row, None, None) for row in sheet.merged])
    cells: Sequence[Cell] = sheet.errors
    put_problems(
        con, source.file, "workbook_error_cell", [(row, None, f"column {column_letter(at)}") for row, at in cells]
    )


def _text(cell: object) -> str:
    """A cell as a return writes it."""
    if isinstance(cell, bool):
        return "Y" if cell else "N"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ") if cell.time() != dt.time() else cell.date().isoformat()
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell).translate(_NO_BREAKS)
