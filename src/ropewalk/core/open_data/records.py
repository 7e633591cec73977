"""From bytes to records: decoding, framing and counting, so that no line is lost without a word.

One unclosed quote makes ordinary readers swallow the rest of a file in silence. Here every physical line is counted
and accounted for: header, records, the further lines of records that span several, blank lines.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.open_data.files import LONGEST_LINE, PublishedFile, endless_line, opened

if TYPE_CHECKING:
    from _csv import Reader

LONGEST_CELL = 131_072
# Lines one record may span where the publication has texts of several lines.
MOST_LINES = 80
PEEK = 256 * 1024
MOST_PROBLEMS = 20
_PIECE = 16 * 1024
_LINE_END = re.compile(r"\r\n|\n|\r")
# Two bytes or more that are one letter in UTF-8; in Windows-1252 they would be an unlikely pair such as "Ã©".
_UTF8_LETTER = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


@dataclass
class Tally:
    """What was met while reading: physical lines, records, rows that are blank; ``print`` tells records apart.

    Two records with the same text have the same print; it is of use within one run only.
    """

    lines: int = 0
    print: int = 0
    records: int = 0
    blank_rows: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Header:
    """Column names of the first record; ``fault`` says what is wrong with it and ``do`` what to do about that."""

    names: tuple[str, ...]
    fault: str | None = None
    do: str = ""


def header_of(file: PublishedFile) -> Header:
    """Column names as far as the first 256 KiB show them.

    Raises InputRefused when nothing can be read at all, or the first line has no end.
    """
    start, goes_on = _start(file)
    encoding = "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = start.decode(encoding, errors="replace")
    if not text.strip(" \r\n\t\0"):
        return Header((), "The file is empty.", "Download it again.")
    first = _LINE_END.split(text, maxsplit=1)[0]
    if goes_on and len(first) == len(text):
        raise endless_line(file.name, 1)
    loose = tuple(name.strip() for name in first.replace("\0", "").replace('"', "").split(","))
    if encoding == "utf-16" or "\0" in first:
        return Header(loose, "The text is not UTF-8 (it looks like UTF-16).", "Save the file as 'CSV UTF-8'.")
    try:
        names = next(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        return Header(loose, "A quotation mark in the header is not closed.", "Close it or remove it.")
    if any("\n" in name or "\r" in name for name in names) and first.count('"') % 2:
        names = names if "," not in first else list(loose)
        return Header(
            tuple(names), "A quotation mark in the header is not closed on its line.", "Close it or remove it."
        )
    return Header(tuple(name.strip() for name in names))


def _start(file: PublishedFile) -> tuple[bytes, bool]:
    """The first bytes and whether more follow; damage after the first line is left for later to find."""
    start = b""
    with opened(file, _PIECE) as stream:
        while len(start) < PEEK:
            try:
                piece = stream.read1(_PIECE)
            except InputRefused:
                if not _LINE_END.search(start.decode("latin-1")):
                    raise
                return start, True
            if not piece:
                return start, False
            start += piece
    return start, True


def refused(file: str, what: str, do: str, row: int | None = None, column: str | None = None) -> InputRefused:
    """One problem as an error."""
    return InputRefused([Problem(what=what, do=do, file=file, row=row, column=column)])


def _lines(text: io.TextIOBase, name: str, tally: Tally) -> Iterator[str]:
    while line := text.readline(LONGEST_LINE + 1):
        tally.lines += 1
        if len(line) > LONGEST_LINE:
            raise endless_line(name, tally.lines)
        if "\0" in line:
            raise refused(name, "There are bytes that are not text.", "Download the file again.", row=tally.lines)
        tally.print = hash((tally.print, line)) if tally.print else hash(line.rstrip("\r\n"))
        yield line


def records(file: PublishedFile, *, encoding: str, multiline: bool, tally: Tally) -> Iterator[list[str]]:
    """The header and then every record, each with exactly as many cells as the header has names.

    Raises InputRefused for an unclosed quote, records with too many or too few cells (all of them together), or a
    line without end; UnicodeDecodeError is the caller's to handle (another encoding may fit).
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
    header = _next(reader, name, 1, 1)
    if not header:
        return
    yield header
    width, row, ended = len(header), 1, reader.line_num
    problems: list[Problem] = []
    tally.print = 0
    while (record := _next(reader, name, row + 1, ended + 1)) is not None:
        row += 1
        if reader.line_num - ended > 1 and (reader.line_num - ended > most_lines or _swallowed(record, width)):
            raise InputRefused([*problems, _unclosed(name, row, ended + 1)])
        ended = reader.line_num
        if not (record and record[0].strip()) and not any(cell.strip() for cell in record):
            tally.blank_rows.append(row)
        elif len(record) != width:
            what = f"This row has {len(record)} cells, the header has {width}."
            do = "Look for a missing or extra comma or an unclosed quote in or before it."
            problems.append(Problem(what=what, do=do, file=name, row=row))
            if len(problems) >= MOST_PROBLEMS:
                break
        else:
            tally.records += 1
            yield record
        tally.print = 0
    if problems:
        raise InputRefused(problems)


def _next(reader: Reader, name: str, row: int, line: int) -> list[str] | None:
    try:
        return next(reader, None)
    except csv.Error as error:
        if "unexpected end" in str(error) or "field larger" in str(error):
            raise InputRefused([_unclosed(name, row, line)]) from error
        what = "A quotation mark stands where none may."
        raise refused(name, what, "Look for a stray or unclosed quote in this row.", row=row) from error


def _swallowed(record: list[str], width: int) -> bool:
    """Whether a cell of several lines holds a line that is a record itself: then a quote was left open before it."""
    inner = (line for cell in record for line in _LINE_END.split(cell)[1:])
    return width > 1 and any(line.count(",") == width - 1 for line in inner)


def _unclosed(name: str, row: int, line: int) -> Problem:
    what = f"A quotation mark opened in line {line:,} is not closed where it should be."
    return Problem(what=what, do="Close it or remove it; what follows cannot be read until then.", file=name, row=row)


def first_line_not_in(file: PublishedFile, encoding: str) -> int | None:
    """The first physical line whose bytes are no text in an encoding; None when all are."""
    with opened(file) as stream:
        for number, line in enumerate(iter(lambda: stream.readline(LONGEST_LINE), b""), 1):
            try:
                line.decode(encoding)
            except UnicodeDecodeError:
                return number
    return None


def has_utf8_letters(file: PublishedFile) -> bool:
    """Whether some bytes beyond ASCII are letters in UTF-8, so that the file is not in a one-byte encoding."""
    with opened(file) as stream:
        return any(_UTF8_LETTER.search(line) for line in iter(lambda: stream.readline(LONGEST_LINE), b""))
