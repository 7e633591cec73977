"""Return files written for a test, and read as a whole command would read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from ropewalk.core.returns.reading import School, read_return
from ropewalk.core.returns.tables import open_tables
from ropewalk.core.schema.returns import return_file

TODAY = date(2026, 3, 2)
SCHOOLS: tuple[School, ...] = (
    (113533, "Example School", "E06000026", "secondary", None, "8794001"),
    (113534, "Other School", "E06000026", "primary", None, "8792001"),
)


def example(kind: str, /, **cells: str) -> dict[str, str]:
    """A row of the declared examples, with some cells replaced."""
    return {field.name: field.example for field in return_file(kind).fields} | cells


def csv_of(rows: Sequence[Mapping[str, str]], *, delimiter: str = ",", end: str = "\n") -> str:
    """Rows as a file with a header, as plain as can be."""
    lines = [delimiter.join(rows[0]), *(delimiter.join(row.values()) for row in rows)]
    return "".join(line + end for line in lines)


@contextmanager
def read(
    folder: Path, files: Mapping[str, bytes | str], *, year: str | None = None, schools: Sequence[School] = SCHOOLS
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The tables of a return of these files (name to content)."""
    paths = []
    for name, content in files.items():
        path = folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        paths.append(path)
    with TemporaryDirectory(dir=folder) as scratch:
        con = open_tables(Path(scratch))
        try:
            read_return(con, paths, scratch=Path(scratch), year=year, today=TODAY, schools=schools)
            yield con
        finally:
            con.close()


def problems(con: duckdb.DuckDBPyConnection) -> list[tuple[str, int | None, str | None]]:
    """What was found: check, line, column."""
    found = con.execute("SELECT check_id, line, column_name FROM problem ORDER BY file, line, check_id, column_name")
    return found.fetchall()


def physical_lines(content: bytes | str) -> int:
    """Lines as an editor counts them."""
    data = content.encode() if isinstance(content, str) else content
    text = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return text.count(b"\n") + (not text.endswith(b"\n") and bool(text))
