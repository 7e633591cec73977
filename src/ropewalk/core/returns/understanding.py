"""What the texts of big columns mean, worked out once for each different text and not for each of a million rows.

``upn_text`` holds every unique pupil number as sent, cleaned, with a number of its own and whether it can be followed
from school to school. ``day_text`` holds every date of registers and keys. ``marks_text`` holds every week of marks in
each academic year it occurs in, split; ``code_text`` every code of marks sent one by one.
"""

from __future__ import annotations

from collections.abc import Callable

import duckdb

from ropewalk.core.schema.returns import RETURN_FILES, Field, FieldKind

_DATES = frozenset({FieldKind.DATE, FieldKind.MONDAY})


def understand(con: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of texts from the raw tables as they are now."""
    upns = _every_text(lambda field, _: field.name == "upn")
    days = _every_text(lambda field, key: field.kind in _DATES and field.name in key)
    con.execute(f"""
        CREATE OR REPLACE TABLE upn_text AS
        SELECT text, cleaned_upn(text) AS upn, upn_letter_fits(cleaned_upn(text)) AS fits,
          CAST(row_number() OVER () AS INTEGER) AS id FROM ({upns});
        CREATE OR REPLACE TABLE day_text AS
        SELECT text, day, academic_year(day) AS year, day - CAST(isodow(day) - 1 AS INTEGER) AS monday,
          2 * (isodow(day) - 1) AS sessions_before
        FROM (SELECT text, understood_day(text) AS day FROM ({days}));
        CREATE OR REPLACE TABLE marks_text AS
        SELECT year, text, split_marks(text) AS codes
        FROM (SELECT DISTINCT d.year, r.marks AS text FROM raw_register AS r
              LEFT JOIN day_text AS d ON d.text = r.week_beginning WHERE r.marks IS NOT NULL);
        CREATE OR REPLACE TABLE code_text AS
        SELECT year, text, upper(text) AS code
        FROM (SELECT DISTINCT d.year, r.code AS text FROM raw_marks AS r
              LEFT JOIN day_text AS d ON d.text = r.date WHERE r.code IS NOT NULL);
        """)  # noqa: S608 - names are our own


def _every_text(wanted: Callable[[Field, tuple[str, ...]], bool]) -> str:
    """SQL for the different texts of every wanted column of every kind."""
    return " UNION ".join(
        f'SELECT DISTINCT "{field.name}" AS text FROM raw_{declared.id} WHERE "{field.name}" IS NOT NULL'  # noqa: S608
        for declared in RETURN_FILES.values()
        for field in declared.fields
        if wanted(field, declared.key)
    )
