"""A file of physical lines: its header found and judged, its rows loaded, its problems put down."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from ropewalk.core.returns.csv_lines import TextTable, load
from ropewalk.core.returns.physical_lines import Physical
from ropewalk.core.returns.putting import SourceFile, put_file, put_problems, put_whole
from ropewalk.core.returns.recognising import Header, column_letter, recognise
from ropewalk.core.returns.splitting import QUOTE, UnclosedQuote, split_line


@dataclass(frozen=True)
class Text:
    """Physical lines on their way into a raw table. ``quoted`` is whether quotes have their meaning in them."""

    path: Path
    physical: Physical
    quoted: bool = True


def stage_text(con: duckdb.DuckDBPyConnection, source: SourceFile, text: Text) -> None:
    """Load a table and put down what is wrong with it, its file and where its text is kept."""
    source.sha256 = source.sha256 or text.physical.sha256
    source.bytes = source.bytes or text.physical.bytes
    header_line, header_text = _first_line(text.path)
    if header_text is None:
        source.blank = text.physical.lines
        put_whole(con, source.file, "file_empty")
        put_file(con, source)
        return
    delimiter = text.physical.delimiter
    header = _recognised(header_text, delimiter, quoted=text.quoted)
    source.blank = header_line - 1
    source.lines = text.physical.lines - header_line
    if header is None:
        put_whole(con, source.file, "file_not_recognised")
    else:
        source.kind = header.kind.id
        if _put_header_problems(con, source.file, header, header_line):
            table = TextTable(source.file, text.path, text.physical, header, header_line, text.quoted)
            source.lines, blank = load(con, table)
            source.blank += blank
            _put_encodings(con, source.file, text.physical, header_line)
    con.execute(
        "INSERT INTO source_text VALUES (?, ?, ?, ?, ?)",
        [source.file, str(text.path), header_line, header_text, delimiter],
    )
    put_file(con, source)


def _first_line(path: Path) -> tuple[int, str | None]:
    """Number and text of the first line with something in it."""
    number = 0
    with path.open(encoding="utf-8", errors="replace", newline="\n") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip(f" \t\x1f,;{QUOTE}\n"):
                return number, line.rstrip("\n")
    return number, None


def _recognised(text: str, delimiter: str, *, quoted: bool) -> Header | None:
    try:
        return recognise(split_line(text, delimiter) if quoted else text.split(delimiter))
    except UnclosedQuote:
        return None


def _put_header_problems(con: duckdb.DuckDBPyConnection, file: int, header: Header, line: int) -> bool:
    """Put down what is wrong with a header; gives whether its rows can be read."""
    put_problems(con, file, "column_missing", [(None, name, None) for name in header.missing])
    put_problems(con, file, "column_twice", [(None, name, None) for name in header.twice])
    # The name itself may be anything, even a child's, where somebody deleted the header.
    unknown = [(line, None, f"column {column_letter(place)}") for place in header.unknown]
    put_problems(con, file, "column_unknown", unknown)
    return not header.missing and not header.twice


def _put_encodings(con: duckdb.DuckDBPyConnection, file: int, physical: Physical, header_line: int) -> None:
    if physical.mixed:
        places = [(line, None, None) for line in physical.recoded if line > header_line]
        put_problems(con, file, "encoding_mixed", places)
