"""From typed rows of a return to facts: rows with record numbers, weeks with their sessions counted by category."""

from __future__ import annotations

import duckdb

from ropewalk.core.facts.layout import ATTENDANCE, FACT_TABLES, MOVES, RESULTS, ROLL, SUSPENSIONS
from ropewalk.core.facts.writing import year_of
from ropewalk.core.schema.attendance_codes import Category

# Typed table that each fact table comes from.
SOURCES = {
    ROLL.id: "roll",
    ATTENDANCE.id: "register",
    SUSPENSIONS.id: "suspensions",
    MOVES.id: "moves",
    RESULTS.id: "results",
}
PART_TIME, SUSPENDED, ILLNESS = "C2", "E", "I"

# Where a fact's column has another name than the return's, or is worked out.
_WORDED = {
    ROLL.id: {
        "school": "urn",
        "year": f"coalesce(year, {year_of('start_date')})",
        "start": "start_date",
        "leaving": "leaving_date",
        "destination": "destination_urn",
        "status": "enrolment_status",
        "fsm": "fsm_eligible",
        "sen": "sen_provision",
    },
    SUSPENSIONS.id: {"school": "urn", "start": "start_date", "sessions": "TRY_CAST(sessions AS SMALLINT)"},
    MOVES.id: {
        "school": "from_urn",
        "to_school": "to_urn",
        "start": "start_date",
        "review": "review_date",
        "end": "end_date",
    },
    RESULTS.id: {"school": "urn"},
}
_COUNTED = {
    "possible": " OR ".join(f"category = '{one.value}'" for one in Category if one.is_possible),
    "present": f"category = '{Category.PRESENT.value}'",
    "approved": f"category = '{Category.APPROVED_ACTIVITY.value}'",
    "authorised": f"category = '{Category.AUTHORISED.value}'",
    "unauthorised": f"category = '{Category.UNAUTHORISED.value}'",
    "late": "late",
    "part_time": f"code = '{PART_TIME}'",
    "suspended": f"code = '{SUSPENDED}'",
    "illness": f"code = '{ILLNESS}'",
}


def make_facts(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Make the views ``fact_roll`` … of the return's rows (``pupil_record`` filled); ids of those that have any."""
    present = [
        table
        for table, source in SOURCES.items()
        if con.execute(f"SELECT 1 FROM {source} LIMIT 1").fetchall()  # noqa: S608 - our own names
    ]
    for table in present:
        if table == ATTENDANCE.id:
            _make_attendance(con)
        else:
            _make(con, table)
    return present


def _make(con: duckdb.DuckDBPyConnection, table_id: str) -> None:
    table, worded = FACT_TABLES[table_id], _WORDED[table_id]
    columns = ", ".join(
        f'CAST({worded.get(column.name, column.name)} AS {column.type}) AS "{column.name}"' for column in table.columns
    )
    # A line that says what an earlier one said already adds nothing; of an enrolment the first day tells two apart.
    key = ", ".join(f'"{name}"' for name in dict.fromkeys([*table.key, *(["start"] if table is ROLL else [])]))
    con.execute(
        f"CREATE OR REPLACE TEMP VIEW fact_{table_id} AS SELECT * EXCLUDE (file, line) FROM ("  # noqa: S608
        f"SELECT file, line, {columns} FROM {SOURCES[table_id]} JOIN pupil_record USING (pupil)) "
        f"QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY file, line) = 1"
    )


def _make_attendance(con: duckdb.DuckDBPyConnection) -> None:
    """Weeks with the same marks are counted once: most weeks of most pupils are alike."""
    counted = ", ".join(
        f"CAST(count(*) FILTER ({condition}) AS UTINYINT) AS {name}" for name, condition in _COUNTED.items()
    )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE week_counts AS WITH week AS ("  # noqa: S608 - our own SQL
        "SELECT DISTINCT array_to_string(codes, ' ') AS marks, codes, year FROM register), mark AS ("
        "SELECT marks, year, unnest(codes) AS code FROM week) "
        f"SELECT marks, year, {counted} FROM mark LEFT JOIN attendance_code USING (code, year) GROUP BY marks, year"
    )
    rows = (
        "SELECT r.file, r.line, r.urn AS school, p.record, r.week, c.* EXCLUDE (year) FROM ("
        "SELECT file, line, urn, pupil, week, year, array_to_string(codes, ' ') AS marks FROM register) AS r "
        "JOIN pupil_record AS p USING (pupil) JOIN week_counts AS c ON c.marks = r.marks AND c.year = r.year"
    )
    if _any_twice(con):
        rows += " QUALIFY row_number() OVER (PARTITION BY r.urn, p.record, r.week ORDER BY r.file, r.line) = 1"
    con.execute(f"CREATE OR REPLACE TEMP VIEW fact_attendance AS SELECT * EXCLUDE (file, line) FROM ({rows})")  # noqa: S608


def _any_twice(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether a pupil has two rows for one week at one school, as when two files speak of it."""
    sql = (
        "SELECT 1 FROM register JOIN pupil_record USING (pupil) GROUP BY urn, record, week HAVING count(*) > 1 LIMIT 1"
    )
    return bool(con.execute(sql).fetchall())
