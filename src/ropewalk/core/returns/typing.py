"""Raw rows become typed rows: numbers, dates and codes instead of text, and for each row the key of its pupil.

The raw tables hold by then only lines that are kept (see ``setting_aside``). A cell that cannot be understood is NULL;
a check has said so.
"""

from __future__ import annotations

from datetime import date

import duckdb

from ropewalk.core.returns.running import kinds_sent
from ropewalk.core.schema.calendar import academic_year
from ropewalk.core.schema.code_sets import code_set
from ropewalk.core.schema.returns import RETURN_FILES, Field, FieldKind, ReturnFile

# A pupil is followed by a number of the right shape, also where its letter does not fit: a mistyped number goes on to
# the next school with the child. Anything else is known within the school only.
_PUPIL = "CASE WHEN u.followed THEN u.upn ELSE {urn} || ' ' || coalesce(u.upn, 'line ' || r.file || ':' || r.line) END"
_UPPER = {"ethnicity": "[WMABCORN][A-Z]{3}", "first_language": "[A-Z]{3,4}"}
_OPEN = "DATE '9999-12-31'"
# Bits of a code's number in a packed week, and the places a packed word of five has.
_BITS = 6


def type_rows(con: duckdb.DuckDBPyConnection, *, year: str | None, today: date) -> None:
    """Fill the typed tables from the raw tables and the tables of texts (see ``understanding``).

    ``year`` is the academic year the roll describes, where it was told; ``today`` bounds what is guessed from dates.
    """
    sent = kinds_sent(con)
    if "register" in sent:
        _type_register(con)
    if "marks" in sent:
        _type_marks(con)
    for kind in ("suspensions", "moves", "results"):
        if kind in sent:
            _insert(con, RETURN_FILES[kind])
    # Last: what the roll describes is told by the registers.
    if "roll" in sent:
        _type_roll(con, year, today)


def _insert(con: duckdb.DuckDBPyConnection, declared: ReturnFile) -> None:
    years = ", academic_year(start_date)" if declared.id != "results" else ""
    con.execute(f"INSERT INTO {declared.id} SELECT *{years} FROM ({_typed(declared)})")  # noqa: S608 - our own SQL


def _typed(declared: ReturnFile) -> str:
    """SQL for the typed rows of a kind: file, line, pupil and every declared column."""
    urn = "from_urn" if declared.id == "moves" else "urn"
    cells = ", ".join(f'{_cell(field)} AS "{field.name}"' for field in declared.fields)
    pupil = _PUPIL.format(urn=f"left(r.{urn}, 6)")
    return (
        f"SELECT r.file, r.line, {pupil} AS pupil, {cells} FROM raw_{declared.id} AS r "  # noqa: S608
        "LEFT JOIN upn_text AS u ON u.text = r.upn"
    )


def _cell(field: Field) -> str:
    """SQL for what a cell means."""
    text = f'r."{field.name}"'
    if field.code_set is not None:
        return _code(text, field.code_set)
    if field.name in _UPPER:
        return f"CASE WHEN regexp_full_match(upper({text}), '{_UPPER[field.name]}') THEN upper({text}) END"
    if field.name == "former_upn":
        return f"CASE WHEN upn_letter_fits(cleaned_upn({text})) THEN cleaned_upn({text}) END"
    if field.name == "year":
        return f"understood_year({text})"
    return _BY_KIND.get(field.kind, "{}").format(text)


_BY_KIND = {
    FieldKind.UPN: "cleaned_upn({})",
    FieldKind.URN: "understood_urn({})",
    FieldKind.DATE: "understood_day({})",
    FieldKind.MONDAY: "understood_day({})",
    FieldKind.WHOLE: "understood_whole({})",
    FieldKind.DECIMAL: "understood_number({})",
    FieldKind.POSTCODE: "upper({})",
}


def _code(text: str, set_id: str) -> str:
    """SQL for a code as it is declared, whatever letters it was written in."""
    if set_id == "yes_no":
        return f"CASE upper({text}) WHEN 'Y' THEN true WHEN 'N' THEN false END"
    whens = " ".join(f"WHEN '{code.upper()}' THEN '{code}'" for code in sorted(code_set(set_id).known()))
    return f"CASE upper({text}) {whens} END"


def _type_register(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(f"""
        INSERT INTO register
        SELECT r.file, r.line, {_PUPIL.format(urn="left(r.urn, 6)")}, TRY_CAST(left(r.urn, 6) AS INTEGER), u.upn, d.day,
          array_to_string(m.codes, ' '), d.day, d.year, m.codes
        FROM raw_register AS r
        JOIN upn_text AS u ON u.text = r.upn
        JOIN day_text AS d ON d.text = r.week_beginning
        JOIN marks_text AS m ON m.text = r.marks AND m.year = d.year
        """)  # noqa: S608 - our own SQL


def _type_marks(con: duckdb.DuckDBPyConnection) -> None:
    """Marks sent one by one become weeks. Each code has a small number; ten of them are packed into one."""
    con.execute(f"""
        CREATE OR REPLACE TABLE code_number AS
        SELECT code, row_number() OVER (ORDER BY code) AS number
        FROM (SELECT DISTINCT code FROM code_text WHERE code <> '-');
        CREATE OR REPLACE TABLE packed_week AS
        SELECT r.urn, u.id, d.monday, min((CAST(r.file AS BIGINT) << 32) + r.line) AS first,
          sum(coalesce(n.number, 0) << CAST({_BITS} * (d.sessions_before + CAST(upper(r.session) = 'PM' AS INTEGER))
              AS INTEGER)) AS packed
        FROM (SELECT file, line, left(urn, 6) AS urn, upn, date, session, code FROM raw_marks) AS r
        JOIN upn_text AS u ON u.text = r.upn JOIN day_text AS d ON d.text = r.date
        JOIN code_text AS c ON c.text = r.code AND c.year = d.year LEFT JOIN code_number AS n ON n.code = c.code
        GROUP BY r.urn, u.id, d.monday;
        CREATE OR REPLACE TABLE unpacked AS
        SELECT packed, list_transform(range(10), lambda place: coalesce(
            list_extract(names, (CAST(packed AS BIGINT) >> CAST({_BITS} * place AS INTEGER)) & {2**_BITS - 1}), '-'))
          AS codes
        FROM (SELECT DISTINCT packed FROM packed_week), (SELECT list(code ORDER BY number) AS names FROM code_number);
        INSERT INTO register
        SELECT CAST(p.first >> 32 AS INTEGER), CAST(p.first & 4294967295 AS INTEGER), {_PUPIL_OF_WEEK},
          TRY_CAST(p.urn AS INTEGER), u.upn, p.monday, array_to_string(m.codes, ' '), p.monday,
          academic_year(p.monday), m.codes
        FROM packed_week AS p JOIN upn_text AS u ON u.id = p.id JOIN unpacked AS m ON m.packed = p.packed;
        DROP TABLE packed_week;
        DROP TABLE unpacked;
        """)  # noqa: S608 - our own SQL


_PUPIL_OF_WEEK = "CASE WHEN u.followed THEN u.upn ELSE p.urn || ' ' || u.upn END"


def _type_roll(con: duckdb.DuckDBPyConnection, year: str | None, today: date) -> None:
    """Roll rows, one for each academic year they describe: the one told, else those of registers sent, else guessed."""
    typed = _typed(RETURN_FILES["roll"])
    if year is not None:
        con.execute(f"INSERT INTO roll SELECT *, ? FROM ({typed})", [year])  # noqa: S608 - our own SQL
        return
    con.execute(
        f"""
        INSERT INTO roll
        WITH typed AS ({typed}),
        sent AS (
          SELECT urn, year, make_date(CAST(left(year, 4) AS INTEGER), 8, 1) AS first_day,
            make_date(CAST(left(year, 4) AS INTEGER) + 1, 7, 31) AS last_day
          FROM (SELECT DISTINCT urn, year FROM register)),
        described AS (
          SELECT t.file, t.line, s.year FROM typed AS t JOIN sent AS s
          ON s.urn = t.urn AND t.start_date <= s.last_day AND coalesce(t.leaving_date, {_OPEN}) >= s.first_day),
        newest AS (
          SELECT urn, coalesce(academic_year(max(day)), $this_year) AS year
          FROM (SELECT urn, unnest([start_date, leaving_date]) AS day FROM typed) WHERE day <= $today GROUP BY urn)
        SELECT t.*, coalesce(d.year, n.year, academic_year(t.start_date))
        FROM typed AS t LEFT JOIN described AS d ON d.file = t.file AND d.line = t.line
        LEFT JOIN newest AS n ON n.urn = t.urn
        """,  # noqa: S608 - our own SQL
        {"today": today, "this_year": academic_year(today)},
    )
