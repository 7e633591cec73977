"""Lines that cannot be counted are set aside: kept as sent for whoever sent them, and taken out of the raw tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import duckdb

from ropewalk.core.errors import NotFound
from ropewalk.core.returns.checks import all_checks
from ropewalk.core.returns.csv_lines import lines_of
from ropewalk.core.returns.recognising import UNIT
from ropewalk.core.returns.running import refused_lines_sql
from ropewalk.core.schema.returns import RETURN_FILES


def set_aside(con: duckdb.DuckDBPyConnection, check_ids: Sequence[str] | None = None) -> None:
    """Take lines that were refused out of the raw tables; with ``check_ids`` only those these checks refused."""
    refused = refused_lines_sql()
    if check_ids is not None:
        listed = ", ".join(f"'{check_id}'" for check_id in check_ids)
        refused = f"SELECT DISTINCT file, line FROM problem WHERE line IS NOT NULL AND check_id IN ({listed})"  # noqa: S608
    con.execute(f"CREATE OR REPLACE TEMP TABLE set_aside AS {refused}")
    row = con.execute("SELECT count(*) FROM set_aside").fetchone()
    if not row or not row[0]:
        return
    for declared in RETURN_FILES.values():
        _keep_cells(con, declared.id)
        con.execute(
            f"DELETE FROM raw_{declared.id} AS r USING set_aside AS s WHERE r.file = s.file AND r.line = s.line"  # noqa: S608
        )


def _keep_cells(con: duckdb.DuckDBPyConnection, kind: str) -> None:
    """Keep the cells of refused rows that came from no text, as from XML: there is no line to give back."""
    columns = RETURN_FILES[kind].columns
    cells = ", ".join(f'r."{name}"' for name in columns)
    rows = con.execute(
        f"SELECT r.file, r.line, {cells} FROM raw_{kind} AS r JOIN set_aside AS s USING (file, line) "  # noqa: S608
        "WHERE r.file NOT IN (SELECT file FROM source_text)"
    ).fetchall()
    if rows:
        kept = [(file, line, _csv_line([cell or "" for cell in row])) for file, line, *row in rows]
        _put_lines(con, kept)


def keep_refused_text(con: duckdb.DuckDBPyConnection) -> None:
    """Keep the physical text of every refused line of every file that was read as text."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE refused AS {refused_lines_sql()}")
    files = con.execute(
        "SELECT file, path, delimiter FROM source_text WHERE file IN (SELECT file FROM refused) ORDER BY file"
    ).fetchall()
    for file, path, delimiter in files:
        con.execute(
            f"INSERT INTO refused_line SELECT ?, line, text FROM {lines_of(Path(path))} "  # noqa: S608
            "WHERE line IN (SELECT line FROM refused WHERE file = ?)",
            [file, file],
        )
        if delimiter == UNIT:
            _as_csv(con, file)


def _as_csv(con: duckdb.DuckDBPyConnection, file: int) -> None:
    rows = con.execute("SELECT line, text FROM refused_line WHERE file = ?", [file]).fetchall()
    con.execute("DELETE FROM refused_line WHERE file = ?", [file])
    kept = [(file, line, _csv_line((text or "").split(UNIT))) for line, text in rows]
    _put_lines(con, kept)


def _put_lines(con: duckdb.DuckDBPyConnection, kept: Sequence[tuple[int, int, str]]) -> None:
    if kept:
        columns = [list(column) for column in zip(*kept, strict=True)]
        con.execute("INSERT INTO refused_line SELECT unnest(?), unnest(?), unnest(?)", columns)


def _csv_line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()


def refused_csv(con: duckdb.DuckDBPyConnection, file: int) -> bytes:
    """The lines of a file that were set aside, as sent, below its header: to be mended and sent again.

    Of a file that could not be read these are all its lines, for as long as its copy is there. Raises NotFound when
    there is no such file.
    """
    known = con.execute("SELECT kind FROM source_file WHERE file = ?", [file]).fetchone()
    if known is None:
        raise NotFound(f"There is no file {file} in this return.")
    found = con.execute(
        "SELECT header, delimiter, path, header_line FROM source_text WHERE file = ?", [file]
    ).fetchone()
    if found is None:
        lines = [",".join(RETURN_FILES[known[0]].columns)] if known[0] in RETURN_FILES else []
    else:
        lines = [_csv_line(found[0].split(UNIT)) if found[1] == UNIT else found[0]]
    lines += _unread_lines(Path(found[2]), found[3]) if found and _is_unread(con, file) else _refused_lines(con, file)
    return "".join(line + "\r\n" for line in lines).encode("utf-8-sig")


def _refused_lines(con: duckdb.DuckDBPyConnection, file: int) -> list[str]:
    rows = con.execute("SELECT text FROM refused_line WHERE file = ? ORDER BY line", [file]).fetchall()
    return [text or "" for (text,) in rows]


def _is_unread(con: duckdb.DuckDBPyConnection, file: int) -> bool:
    whole = [check.id for check in all_checks().values() if check.whole_file]
    asked = "SELECT 1 FROM problem WHERE file = ? AND line IS NULL AND list_contains(?, check_id)"
    return con.execute(asked, [file, whole]).fetchone() is not None


def _unread_lines(path: Path, header_line: int) -> list[str]:
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n")[header_line:-1]
    return [_csv_line(line.split(UNIT)) if UNIT in line else line for line in lines]
