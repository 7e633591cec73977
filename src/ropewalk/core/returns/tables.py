"""The tables a return is read into, in one DuckDB connection: raw cells first, then typed rows.

``raw_<kind>`` holds every cell as text, a row for each physical line that could be split. ``problem`` holds
what checks find. Typed tables (``roll``, ``register`` …) hold the lines that were not refused. What was sent before,
the national codes and the register of schools stand beside them, so that a check is nothing but SQL.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from ropewalk.core.facts.layout import FACT_TABLES
from ropewalk.core.returns.macros import make_macros
from ropewalk.core.schema.attendance_codes import CODES, AttendanceCode, meaning
from ropewalk.core.schema.code_sets import all_code_sets
from ropewalk.core.schema.returns import RETURN_FILES, Field, FieldKind, ReturnFile

MEMORY = "1200MB"
_TYPES = {
    FieldKind.URN: "INTEGER",
    FieldKind.DATE: "DATE",
    FieldKind.MONDAY: "DATE",
    FieldKind.WHOLE: "INTEGER",
    FieldKind.DECIMAL: "DOUBLE",
}
# Besides the declared columns; marks have no typed table of their own: they are pivoted into weeks.
EXTRA = {
    "roll": "year VARCHAR",
    "register": "week DATE, year VARCHAR, codes VARCHAR[]",
    "suspensions": "year VARCHAR",
    "moves": "year VARCHAR",
    "results": "",
}
FIRST_YEAR, LAST_YEAR = 2006, 2035

_SHARED = """
CREATE TABLE source_file (
  file INTEGER, name VARCHAR, kind VARCHAR, format VARCHAR, sha256 VARCHAR, bytes BIGINT, lines BIGINT, blank BIGINT,
  note VARCHAR);
CREATE TABLE problem (file INTEGER, line INTEGER, check_id VARCHAR, column_name VARCHAR, detail VARCHAR);
CREATE TABLE refused_line (file INTEGER, line INTEGER, text VARCHAR);
CREATE TABLE source_text (file INTEGER, path VARCHAR, header_line INTEGER, header VARCHAR, delimiter VARCHAR);
CREATE TABLE school (
  urn INTEGER, name VARCHAR, place VARCHAR, phase VARCHAR, trust VARCHAR, laestab VARCHAR);
CREATE TABLE context (today DATE);
CREATE TABLE pupil_record (pupil VARCHAR, record INTEGER);
CREATE TABLE code_in_set (code_set VARCHAR, code VARCHAR, since VARCHAR, until VARCHAR);
CREATE TABLE attendance_code (code VARCHAR, year VARCHAR, category VARCHAR, late BOOLEAN, in_force BOOLEAN);
"""
_MARK = """
CREATE VIEW mark AS
SELECT file, line, urn, pupil, week, (week + CAST((place - 1) // 2 AS INTEGER)) AS day,
  CASE WHEN place % 2 = 1 THEN 'AM' ELSE 'PM' END AS session, place, m.code, a.category, m.year
FROM (SELECT file, line, urn, pupil, week, year, unnest(codes) AS code, unnest(range(1, len(codes) + 1)) AS place
      FROM register) AS m
LEFT JOIN attendance_code AS a ON a.code = m.code AND a.year = m.year
"""


def open_tables(scratch: Path, *, memory: str = MEMORY) -> duckdb.DuckDBPyConnection:
    """A new connection with all tables, empty but for codes. ``scratch`` is a folder DuckDB may write to."""
    con = duckdb.connect(config={"threads": 2, "memory_limit": memory, "temp_directory": str(scratch)})
    make_macros(con)
    con.execute(_SHARED)
    for declared in RETURN_FILES.values():
        raw = ", ".join(f'"{name}" VARCHAR' for name in declared.columns)
        con.execute(f"CREATE TABLE raw_{declared.id} (file INTEGER, line INTEGER, {raw})")
        if declared.id in EXTRA:
            con.execute(f"CREATE TABLE {declared.id} ({typed_columns(declared)})")
    for table in FACT_TABLES.values():
        con.execute(f"CREATE TABLE known_{table.id} ({table.ddl}, child INTEGER)")
    con.execute(_MARK)
    _fill_codes(con)
    return con


def typed_columns(declared: ReturnFile) -> str:
    """Names and types of a kind's typed table, as CREATE TABLE wants them."""
    columns = [f'"{field.name}" {column_type(field)}' for field in declared.fields]
    return ", ".join(
        part for part in ("file INTEGER, line INTEGER, pupil VARCHAR", *columns, EXTRA[declared.id]) if part
    )


def column_type(field: Field) -> str:
    """DuckDB type of a column once it is understood."""
    if field.code_set == "yes_no":
        return "BOOLEAN"
    return _TYPES.get(field.kind, "VARCHAR")


def _fill_codes(con: duckdb.DuckDBPyConnection) -> None:
    # One statement each: a statement a row takes longer than a school's return does.
    codes = [(one.id, code.code, code.since, code.until) for one in all_code_sets().values() for code in one.codes]
    _insert(con, "code_in_set", codes)
    years = [f"{start}/{(start + 1) % 100:02d}" for start in range(FIRST_YEAR, LAST_YEAR)]
    every = tuple(dict.fromkeys(declared.code for declared in CODES))
    _insert(con, "attendance_code", [row for code in every for year in years if (row := _in_year(code, year))])


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    columns = [list(column) for column in zip(*rows, strict=True)]
    con.execute(f"INSERT INTO {table} SELECT {', '.join(['unnest(?)'] * len(columns))}", columns)


def _in_year(code: str, year: str) -> tuple[str, str, str, bool, bool] | None:
    """What a code means in a year: code, year, category, late, in force; None before its first year."""
    known = [declared for declared in CODES if declared.code == code]
    if all(declared.since is not None and declared.since > year for declared in known):
        return None
    meant: AttendanceCode = meaning(code, year)
    return code, year, meant.category.value, meant.late, meant.in_force(year)
