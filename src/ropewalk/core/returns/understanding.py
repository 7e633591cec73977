"""What the texts of columns mean, worked out once for each different text and not for each of a million rows.

``text_sent`` holds every different text of every column in which texts come again and again.
``upn_text`` holds every unique pupil number as sent, cleaned, with a number of its own and whether it can be followed
from school to school. ``day_text`` holds every date of registers and keys. ``marks_text`` holds every week of marks in
each academic year it occurs in, split; ``code_text`` every code of marks sent one by one.
"""

from __future__ import annotations

import duckdb

from ropewalk.core.returns.running import kinds_sent
from ropewalk.core.schema.returns import RETURN_FILES, FieldKind


def understand(con: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of texts from the raw tables as they are now."""
    con.execute("CREATE OR REPLACE TABLE text_sent (kind VARCHAR, column_name VARCHAR, text VARCHAR)")
    for kind in kinds_sent(con):
        columns = [field.name for field in RETURN_FILES[kind].fields if field.kind is not FieldKind.MARKS]
        con.execute("; ".join(_texts(kind, column) for column in columns))
    con.execute("""
        CREATE OR REPLACE TABLE upn_text AS
        SELECT text, cleaned_upn(text) AS upn, upn_has_shape(cleaned_upn(text)) AS followed,
          CAST(row_number() OVER () AS INTEGER) AS id
        FROM (SELECT DISTINCT text FROM text_sent WHERE column_name = 'upn');
        CREATE OR REPLACE TABLE day_text AS
        SELECT text, day, academic_year(day) AS year, day - CAST(isodow(day) - 1 AS INTEGER) AS monday,
          2 * (isodow(day) - 1) AS sessions_before
        FROM (SELECT text, understood_day(text) AS day FROM (
          SELECT DISTINCT text FROM text_sent WHERE column_name IN ('date', 'week_beginning', 'start_date')));
        CREATE OR REPLACE TABLE marks_text AS
        SELECT year, text, split_marks(text) AS codes
        FROM (SELECT DISTINCT d.year, r.marks AS text FROM raw_register AS r
              LEFT JOIN day_text AS d ON d.text = r.week_beginning WHERE r.marks IS NOT NULL);
        CREATE OR REPLACE TABLE code_text AS
        SELECT year, text, upper(text) AS code
        FROM (SELECT DISTINCT d.year, r.code AS text FROM raw_marks AS r
              LEFT JOIN day_text AS d ON d.text = r.date WHERE r.code IS NOT NULL);
        """)


def _texts(kind: str, column: str) -> str:
    return (
        f"INSERT INTO text_sent SELECT '{kind}', '{column}', text "  # noqa: S608 - names are our own
        f'FROM (SELECT DISTINCT "{column}" AS text FROM raw_{kind}) WHERE text IS NOT NULL'
    )
