"""Physical lines into raw rows: at full speed where every line is plain, line by line where one is not.

What comes in is told apart into rows that can be split, lines that are refused, and lines without anything; the three
always add up to the lines of the file. DuckDB splits plain lines; lines on which quotes do more than stand around a
cell are split one by one, so that a quote nobody closed costs one line and not the rest of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from ropewalk.core.errors import RopewalkError
from ropewalk.core.returns.physical_lines import LONGEST_LINE, Physical
from ropewalk.core.returns.putting import Place, put_problems
from ropewalk.core.returns.recognising import Header
from ropewalk.core.returns.splitting import QUOTE, UnclosedQuote, split_line

# Never in a line: copy_lines takes it out. A table of one column is a table of lines.
_NEVER = "\x01"
_BATCH = 20_000
_READ = (
    "auto_detect = false, header = false, quote = '', escape = '', strict_mode = true, "
    f"null_padding = false, max_line_size = {4 * LONGEST_LINE}"
)


@dataclass(frozen=True)
class TextTable:
    """A file of physical lines with its header found. ``quoted`` is whether quotes have their meaning in it."""

    file: int
    path: Path
    physical: Physical
    header: Header
    header_line: int
    quoted: bool = True

    @property
    def delimiter(self) -> str:
        """What stands between cells."""
        return self.physical.delimiter

    @property
    def is_even(self) -> bool:
        """Whether there are as many delimiters as if every line had as many cells as the header."""
        # DuckDB takes an empty cell too many for none, and would move the others of that line to a wrong column.
        return self.physical.delimiters == (self.data_lines + 1) * (self.header.width - 1)

    @property
    def raw(self) -> str:
        """Name of the table its rows go to."""
        return f"raw_{self.header.kind.id}"

    @property
    def data_lines(self) -> int:
        """How many lines come after the header, blank ones too."""
        return self.physical.lines - self.header_line


@dataclass
class _Refused:
    by_check: dict[str, list[Place]] = field(default_factory=dict)
    count: int = 0

    def add(self, line: int, check_id: str, detail: str | None = None) -> None:
        self.by_check.setdefault(check_id, []).append((line, None, detail))
        self.count += 1

    def put(self, con: duckdb.DuckDBPyConnection, file: int) -> None:
        """Put down what was met since the last time: of a file of bad lines not all are held at once."""
        for check_id, places in self.by_check.items():
            put_problems(con, file, check_id, places)
        self.by_check.clear()


def load(con: duckdb.DuckDBPyConnection, table: TextTable) -> tuple[int, int]:
    """Put every row of a table into its raw table; gives lines with something in them and lines without.

    Raises RopewalkError should they not add up, which would be a fault of ours.
    """
    refused = _Refused()
    blank = 0
    if not _load_plain(con, table):
        _load_simple_lines(con, table)
        if _loaded(con, table) != table.data_lines:
            blank = _load_one_by_one(con, table, refused)
    blank += _drop_blank(con, table)
    if _loaded(con, table) + refused.count + blank != table.data_lines:
        raise RopewalkError(
            f"The lines of file {table.file} do not add up: this is a fault in Ropewalk. Nothing was kept."
        )
    return table.data_lines - blank, blank


def lines_of(path: Path) -> str:
    """SQL for the physical lines of a file: ``line`` (from 1) and ``text``."""
    return (
        f"(SELECT row_number() OVER () AS line, text FROM read_csv({_sql_path(path)}, delim = '{_NEVER}', "  # noqa: S608
        f"columns = {{'text': 'VARCHAR'}}, {_READ}))"
    )


def _sql_path(path: Path) -> str:
    """A path as a literal in which nothing stands for other names."""
    return "'" + re.sub(r"([\[*?])", r"[\1]", str(path)).replace("'", "''") + "'"


def _columns(table: TextTable, cell: str) -> tuple[str, str]:
    """The columns that are there, and for each the expression that trims its cell (``cell`` formats a position)."""
    spaces = ", ' \t\xa0'" if table.physical.wide_spaces else ""
    names = ", ".join(f'"{name}"' for name in table.header.positions)
    cells = ", ".join(f"nullif(trim({cell.format(place)}{spaces}), '')" for place in table.header.positions.values())
    return names, cells


def _load_plain(con: duckdb.DuckDBPyConnection, table: TextTable) -> bool:
    """Load a file without a quote whose lines all have as many cells as the header; False when it is no such file."""
    if (table.quoted and table.physical.has_quotes) or table.physical.long or not table.is_even:
        return False
    names, cells = _columns(table, "c{}")
    every = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(table.header.width))
    try:
        con.execute(
            f"INSERT INTO {table.raw} (file, line, {names}) "  # noqa: S608 - names are our own
            f"SELECT ?, row_number() OVER () + ?, {cells} FROM read_csv({_sql_path(table.path)}, "
            f"delim = '{table.delimiter}', columns = {{{every}}}, skip = {table.header_line}, {_READ})",
            [table.file, table.header_line],
        )
    except duckdb.Error:
        return False
    if _loaded(con, table) == table.data_lines:
        return True
    con.execute(f"DELETE FROM {table.raw} WHERE file = ?", [table.file])  # noqa: S608
    return False


def _load_simple_lines(con: duckdb.DuckDBPyConnection, table: TextTable) -> None:
    """Load the lines whose quotes, where there are any, only stand around whole cells."""
    names, cells = _columns(table, "cells[{} + 1]")
    con.execute(
        f"INSERT INTO {table.raw} (file, line, {names}) SELECT ?, line, {cells} FROM ({_split(table)}) "  # noqa: S608
        f"WHERE is_simple AND len(cells) = {table.header.width}",
        [table.file],
    )


def _split(table: TextTable) -> str:
    """SQL for lines after the header: ``line``, ``text``, ``is_simple`` and ``cells``."""
    border = "\\t" if table.delimiter == "\t" else table.delimiter
    cell = f'(?:[^"{border}]*| *"[^"{border}]*" *)'
    simple, unquoted = "true", "text"
    if table.quoted:
        simple = f"(NOT contains(text, '{QUOTE}') OR regexp_full_match(text, '{cell}(?:{border}{cell})*'))"
        unquoted = f"replace(text, '{QUOTE}', '')"
    if table.physical.long:
        simple += f" AND line NOT IN ({', '.join(map(str, table.physical.long))})"
    return (
        f"SELECT line, text, {simple} AS is_simple, string_split({unquoted}, '{table.delimiter}') AS cells "  # noqa: S608
        f"FROM {lines_of(table.path)} WHERE line > {table.header_line}"
    )


def _load_one_by_one(con: duckdb.DuckDBPyConnection, table: TextTable, refused: _Refused) -> int:
    """Split the other lines exactly; gives the number of blank ones."""
    too_long = set(table.physical.long)
    blank = 0
    for batch in _other_lines(con, table):
        rows: list[tuple[int, list[str]]] = []
        for line, text in batch:
            if line in too_long:
                refused.add(line, "line_too_long")
            elif not text or not text.strip(f" \t\xa0{QUOTE}{table.delimiter}"):
                blank += 1
            else:
                _split_exactly(table, line, text, rows, refused)
        _insert(con, table, rows)
        refused.put(con, table.file)
    return blank


def _other_lines(con: duckdb.DuckDBPyConnection, table: TextTable) -> Iterator[list[tuple[int, str | None]]]:
    cursor = con.cursor()
    cursor.execute(
        f"SELECT line, text FROM ({_split(table)}) "  # noqa: S608
        f"WHERE text IS NULL OR NOT is_simple OR len(cells) <> {table.header.width}"
    )
    while batch := cursor.fetchmany(_BATCH):
        yield batch
    cursor.close()


def _split_exactly(
    table: TextTable, line: int, text: str, rows: list[tuple[int, list[str]]], refused: _Refused
) -> None:
    try:
        cells = split_line(text, table.delimiter) if table.quoted else text.split(table.delimiter)
    except UnclosedQuote:
        refused.add(line, "quote_unclosed")
        return
    if len(cells) == table.header.width:
        rows.append((line, cells))
    else:
        refused.add(line, "row_other_length", f"{len(cells)} cells, {table.header.width} columns")


def _insert(con: duckdb.DuckDBPyConnection, table: TextTable, rows: list[tuple[int, list[str]]]) -> None:
    if not rows:
        return
    names, cells = _columns(table, "cells[{} + 1]")
    con.execute(
        f"INSERT INTO {table.raw} (file, line, {names}) SELECT ?, line, {cells} "  # noqa: S608
        "FROM (SELECT unnest(?::INTEGER[]) AS line, unnest(?::VARCHAR[][]) AS cells)",
        [table.file, [line for line, _ in rows], [cells for _, cells in rows]],
    )


def _loaded(con: duckdb.DuckDBPyConnection, table: TextTable) -> int:
    row = con.execute(f"SELECT count(*) FROM {table.raw} WHERE file = ?", [table.file]).fetchone()  # noqa: S608
    return int(row[0]) if row else 0


def _drop_blank(con: duckdb.DuckDBPyConnection, table: TextTable) -> int:
    """Rows in which every cell is empty are blank lines that a spreadsheet left; gives their number."""
    empty = " AND ".join(f'"{name}" IS NULL' for name in table.header.positions)
    row = con.execute(f"DELETE FROM {table.raw} WHERE file = ? AND {empty}", [table.file]).fetchone()  # noqa: S608
    return int(row[0]) if row else 0
