"""From bytes to records: decoding, framing and counting, so that no line is lost without a word.

One unclosed quote makes ordinary readers swallow the rest of a file in silence. Here every physical line is counted
and accounted for: header, records, the further lines of records that span several, blank lines.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.open_data.files import PublishedFile, opened

if TYPE_CHECKING:
    from _csv import Reader

LONGEST_LINE = 1024 * 1024
LONGEST_CELL = 131_072
# Lines one record may span where the publication has texts of several lines.
MOST_LINES = 80
PEEK = 256 * 1024


@dataclass
class Tally:
    """What was met while reading: physical lines, records, rows that are blank."""

    lines: int = 0
    records: int = 0
    blank_rows: list[int] = field(default_factory=list)


def header_of(file: PublishedFile) -> tuple[str, ...]:
    """Column names in the first line, as far as the first 256 KiB show them; empty when there is no text."""
    with opened(file) as stream:
        start = stream.read(PEEK)
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ()
    text = start.decode("utf-8-sig", errors="replace")
    first = text.splitlines()[0] if text.strip() else ""
    try:
        return tuple(name.strip() for name in next(csv.reader([first]), ()))
    except csv.Error:
        return ()


def refused(file: str, what: str, do: str, row: int | None = None, column: str | None = None) -> InputRefused:
    """One problem as an error."""
    return InputRefused([Problem(what=what, do=do, file=file, row=row, column=column)])


def _lines(text: io.TextIOBase, name: str, tally: Tally) -> Iterator[str]:
    while line := text.readline(LONGEST_LINE + 1):
        tally.lines += 1
        if len(line) > LONGEST_LINE:
            raise refused(
                name,
                f"Line {tally.lines:,} is longer than {LONGEST_LINE:,} characters.",
                "This is not a table with one record per line; download the file again.",
                row=tally.lines,
            )
        if "\0" in line:
            raise refused(name, "There are bytes that are not text.", "Download the file again.", row=tally.lines)
        yield line


def records(file: PublishedFile, *, encoding: str, multiline: bool, tally: Tally) -> Iterator[list[str]]:
    """The header and then every record, each with exactly as many cells as the header has names.

    Raises InputRefused for an unclosed quote, a record with too many or too few cells, text in another encoding,
    or a line without end; UnicodeDecodeError is the caller's to handle (another encoding may fit).
    """
    with opened(file) as raw, io.TextIOWrapper(raw, encoding=encoding, newline="") as text:
        csv.field_size_limit(LONGEST_CELL)
        reader = csv.reader(_lines(text, file.name, tally), strict=True)
        yield from _framed(reader, file.name, MOST_LINES if multiline else 1, tally)
        if reader.line_num != tally.lines:
            what = f"{tally.lines:,} lines were read but {reader.line_num:,} understood."
            raise refused(file.name, what, "Download the file again.")


def _framed(reader: Reader, name: str, most_lines: int, tally: Tally) -> Iterator[list[str]]:
    """Records of a CSV reader, each checked for the lines it spans and the cells it has."""
    width = row = ended = 0
    while True:
        row += 1
        try:
            record = next(reader, None)
        except csv.Error as error:
            raise _broken(name, row, ended + 1, error) from error
        if record is None:
            return
        if reader.line_num - ended > most_lines and row > 1:
            raise _unclosed(name, row, ended + 1)
        ended = reader.line_num
        if width and len(record) != width and not any(cell.strip() for cell in record):
            tally.blank_rows.append(row)
            continue
        if width and len(record) != width:
            what = f"This row has {len(record)} cells, the header has {width}."
            raise refused(
                name, what, "Look for a missing or extra comma or an unclosed quote in or before it.", row=row
            )
        width = width or len(record)
        tally.records += row > 1
        yield record


def _unclosed(name: str, row: int, line: int) -> InputRefused:
    return refused(
        name,
        f"A quotation mark opened in line {line:,} is not closed on that line.",
        "Close it or remove it; what follows cannot be read until then.",
        row=row,
    )


def _broken(name: str, row: int, line: int, error: csv.Error) -> InputRefused:
    if "unexpected end" in str(error) or "field larger" in str(error):
        return _unclosed(name, row, line)
    return refused(
        name, "A quotation mark stands where none may.", "Look for a stray or unclosed quote in this row.", row=row
    )
