"""How the text of a cell is understood, as DuckDB macros, so that checks and typing understand it alike.

A macro gives NULL for text it cannot understand. Excel leaves its traces in exports: a number written 113533.0, a date
with midnight behind it, an apostrophe before a unique pupil number; those are understood, guesses are not made.
"""

from __future__ import annotations

import duckdb

from ropewalk.core.identity.upn import ALPHABET, SHAPE

# Position times digit over positions 2 to 13; a last letter stands for its place in the list.
_CHECK_SUM = " + ".join(f"{place} * TRY_CAST(substr(upn, {place}, 1) AS INTEGER)" for place in range(2, 13))
_LAST = (
    "CASE WHEN substr(upn, 13, 1) BETWEEN '0' AND '9' THEN TRY_CAST(substr(upn, 13, 1) AS INTEGER) "
    f"ELSE instr('{ALPHABET}', substr(upn, 13, 1)) - 1 END"
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2100

_MACROS = f"""
CREATE MACRO cleaned_upn(t) AS upper(regexp_replace(t, '[\\s\\x{{00A0}}''"=-]', '', 'g'));
CREATE MACRO upn_has_shape(upn) AS regexp_full_match(upn, '{SHAPE}');
CREATE MACRO upn_letter_fits(upn) AS
  CASE WHEN upn_has_shape(upn)
  THEN substr('{ALPHABET}', 1 + ({_CHECK_SUM} + 13 * {_LAST}) % 23, 1) = left(upn, 1) ELSE false END;
CREATE MACRO understood_urn(t) AS
  CASE WHEN regexp_full_match(t, '[1-9][0-9]{{5}}(\\.0+)?') THEN TRY_CAST(left(t, 6) AS INTEGER) END;
CREATE MACRO without_midnight(t) AS regexp_replace(t, '[T ]0?0:00(:00(\\.0+)?)?Z?$', '');
CREATE MACRO date_has_two_digits(t) AS regexp_full_match(without_midnight(t), '[0-9]{{1,2}}/[0-9]{{1,2}}/[0-9]{{2}}');
CREATE MACRO written_day(t) AS
  CASE WHEN regexp_full_match(t, '[0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}}') THEN try_strptime(t, '%Y-%m-%d')
  WHEN regexp_full_match(t, '[0-9]{{1,2}}/[0-9]{{1,2}}/[0-9]{{4}}') THEN try_strptime(t, '%d/%m/%Y')
  -- Nobody at school was born, and nothing here happened, before 2000.
  WHEN regexp_full_match(t, '[0-9]{{1,2}}/[0-9]{{1,2}}/[0-9]{{2}}')
  THEN try_strptime(left(t, length(t) - 2) || '20' || right(t, 2), '%d/%m/%Y') END;
CREATE MACRO understood_day(t) AS
  CASE WHEN year(written_day(without_midnight(t))) BETWEEN {_FIRST_YEAR} AND {_LAST_YEAR}
  THEN CAST(written_day(without_midnight(t)) AS DATE) END;
CREATE MACRO understood_number(t) AS
  CASE WHEN regexp_full_match(t, '[+-]?[0-9]{{1,12}}(\\.[0-9]{{1,12}})?') THEN TRY_CAST(t AS DOUBLE) END;
CREATE MACRO understood_whole(t) AS
  CASE WHEN regexp_full_match(t, '[+-]?[0-9]{{1,9}}(\\.0+)?') THEN TRY_CAST(understood_number(t) AS INTEGER) END;
CREATE MACRO academic_year(day) AS
  CASE WHEN month(day) >= 8 THEN year(day) || '/' || right(CAST(year(day) + 1 AS VARCHAR), 2)
  ELSE (year(day) - 1) || '/' || right(CAST(year(day) AS VARCHAR), 2) END;
CREATE MACRO year_ending(ends) AS (ends - 1) || '/' || right(CAST(ends AS VARCHAR), 2);
CREATE MACRO understood_year(t) AS
  CASE WHEN regexp_full_match(t, '20[0-9]{{2}}(\\.0+)?') THEN year_ending(TRY_CAST(left(t, 4) AS INTEGER))
  WHEN regexp_full_match(t, '20[0-9]{{2}}[/-]?(20)?[0-9]{{2}}(\\.0+)?')
  AND (TRY_CAST(left(t, 4) AS INTEGER) + 1) % 100 = TRY_CAST(right(regexp_replace(t, '\\.0+$', ''), 2) AS INTEGER)
  THEN year_ending(TRY_CAST(left(t, 4) AS INTEGER) + 1) END;
CREATE MACRO split_marks(t) AS string_split(upper(regexp_replace(trim(t), '\\s+', ' ', 'g')), ' ');
"""


def make_macros(con: duckdb.DuckDBPyConnection) -> None:
    """Define the macros in a connection."""
    con.execute(_MACROS)
