"""Putting down what the reader meets, and where each file came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

# Details say nothing of a child: numbers, names of our own columns, letters of a spreadsheet's columns.
Place = tuple[int | None, str | None, str | None]


@dataclass
class SourceFile:
    """One row of ``source_file``; ``lines`` are data lines, ``blank`` those without anything."""

    file: int
    name: str
    format: str
    kind: str | None = None
    sha256: str = ""
    bytes: int = 0
    lines: int = 0
    blank: int = 0
    note: str | None = None


def next_file(con: duckdb.DuckDBPyConnection) -> int:
    """The number of the next file."""
    row = con.execute("SELECT coalesce(max(file), 0) + 1 FROM source_file").fetchone()
    return int(row[0]) if row else 1


def put_file(con: duckdb.DuckDBPyConnection, source: SourceFile) -> None:
    """Put a file down, or put it down anew."""
    con.execute("DELETE FROM source_file WHERE file = ?", [source.file])
    con.execute(
        "INSERT INTO source_file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            source.file,
            source.name,
            source.kind,
            source.format,
            source.sha256,
            source.bytes,
            source.lines,
            source.blank,
            source.note,
        ],
    )


def put_problems(con: duckdb.DuckDBPyConnection, file: int, check_id: str, places: Sequence[Place]) -> None:
    """Put problems of one check down: line (None for the whole file), column and detail of each."""
    if places:
        lines, columns, details = (list(part) for part in zip(*places, strict=True))
        con.execute(
            "INSERT INTO problem SELECT ?, line, ?, column_name, detail FROM (SELECT unnest(?::INTEGER[]) AS line, "
            "unnest(?::VARCHAR[]) AS column_name, unnest(?::VARCHAR[]) AS detail)",
            [file, check_id, lines, columns, details],
        )


def put_whole(con: duckdb.DuckDBPyConnection, file: int, check_id: str, detail: str | None = None) -> None:
    """Put a problem of the whole file down."""
    put_problems(con, file, check_id, [(None, None, detail)])
