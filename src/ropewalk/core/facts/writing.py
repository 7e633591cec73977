"""Writing the facts of a submission: one Parquet file for each fact table, then one committed row that makes all live.

Files are written under another name, flushed to the disk and renamed; the catalogue's transaction comes last. What a
killed process left behind is in no catalogue and is removed by the next submission.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb

from ropewalk.core.facts.catalogue import Coverage, FactFile, Snapshot
from ropewalk.core.facts.flushing import flush
from ropewalk.core.facts.layout import ATTENDANCE, FACT_TABLES, MOVES, RESULTS, ROLL, SUSPENSIONS, FactTable
from ropewalk.core.facts.store import Facts

# Beside the declared columns each file says which submission its rows are of.
SUBMISSION = "submission"
# The column that says when a row holds, part of every key.
SPAN = {ROLL.id: "year", ATTENDANCE.id: "week", SUSPENSIONS.id: "start", MOVES.id: "start", RESULTS.id: "year"}
_DRAFT = ".part"
_ROW_GROUP = 122_880


def year_of(day: str) -> str:
    """SQL for the academic year of a day, as 2024/25; it begins on 1 August."""
    start = f"(year({day}) - CAST(month({day}) < 8 AS INTEGER))"
    return f"printf('%d/%02d', {start}, ({start} + 1) % 100)"


def span_year(table: FactTable) -> str:
    """SQL for the academic year of a row."""
    return "year" if SPAN[table.id] == "year" else year_of(f'"{SPAN[table.id]}"')


def write_facts(
    con: duckdb.DuckDBPyConnection, facts: Facts, table_id: str, receipt: str, sequence: int
) -> tuple[FactFile, list[Coverage]]:
    """Write the rows of ``fact_<table>`` in ``con`` (columns of ``layout``); what the catalogue must know of them."""
    table = FACT_TABLES[table_id]
    path = facts.folder / table.id / f"{receipt}.parquet"
    order = ", ".join(f'"{name}"' for name in table.key)
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    rows = f"SELECT {columns}, CAST({sequence} AS INTEGER) AS {SUBMISSION} FROM fact_{table.id} ORDER BY {order}"  # noqa: S608
    return write_rows(con, rows, table, path, sequence)


def write_rows(
    con: duckdb.DuckDBPyConnection, rows: str, table: FactTable, path: Path, sequence: int
) -> tuple[FactFile, list[Coverage]]:
    """Write the rows (SQL) of a submission whole or not at all; what the catalogue must know of them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + _DRAFT)
    con.execute(f"COPY ({rows}) TO {quoted(draft)} (FORMAT PARQUET, COMPRESSION ZSTD, ROW_GROUP_SIZE {_ROW_GROUP})")
    flush(draft)
    draft.rename(path)
    flush(path.parent)
    # Read back from the file: what is in the catalogue was on the disk.
    coverage = _coverage(con, path, table, sequence)
    count = sum(one.rows for one in coverage)
    return FactFile(sequence, table.id, f"{table.id}/{path.name}", count, path.stat().st_size, _digest(path)), coverage


def quoted(path: Path) -> str:
    """A path as DuckDB's SQL wants it."""
    return "'" + str(path).replace("'", "''") + "'"


def _coverage(con: duckdb.DuckDBPyConnection, path: Path, table: FactTable, sequence: int) -> list[Coverage]:
    span = SPAN[table.id]
    rows = con.execute(
        f"SELECT school, {span_year(table)} AS y, CAST(min({span}) AS VARCHAR), CAST(max({span}) AS VARCHAR), "  # noqa: S608
        f"count(*), count(DISTINCT record) FROM read_parquet({quoted(path)}) GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    return [Coverage(sequence, table.id, *row) for row in rows]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def tidy(facts: Facts, snapshot: Snapshot) -> None:
    """Remove files of submissions that never went live. Only call it with the lock of the facts held."""
    live = {file.path for file in snapshot.files}
    for table in FACT_TABLES:
        folder = facts.folder / table
        for path in folder.iterdir() if folder.is_dir() else ():
            if f"{table}/{path.name}" not in live:
                path.unlink()
    facts.book.tidy([submission.id for submission in snapshot.submissions])


def damaged_files(facts: Facts, snapshot: Snapshot) -> list[str]:
    """Paths of live files that are missing or are not what was written."""
    found = []
    for file in snapshot.files:
        path = facts.folder / file.path
        if not path.exists() or _digest(path) != file.sha256:
            found.append(file.path)
    return found
