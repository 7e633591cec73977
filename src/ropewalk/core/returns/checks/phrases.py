"""Pieces of SQL that several checks share: enrolments, school days, marks that say a pupil was expected."""

from __future__ import annotations

from ropewalk.core.schema.attendance_codes import CODES, Category

# No mark taken, not on the roll yet, school closed: nothing that says a pupil was expected that session.
NO_MARK = "('-', 'Z', '#')"
IN_SCHOOL = "('/', '\\', 'L')"
_ABSENCE = {Category.AUTHORISED, Category.UNAUTHORISED}
ABSENT = "(" + ", ".join(sorted({f"'{declared.code}'" for declared in CODES if declared.category in _ABSENCE})) + ")"
# A blank end is no end.
NO_END = "DATE '9999-12-31'"

# One row for each line of the roll, however many academic years it stands for. A day of leaving before the day of
# entry is not believed (a check of its own asks about it): such an enrolment is not ``clear``, and has no end.
# A blank status counts as C; one that could not be read as none of the codes.
ENROLLED = """
SELECT DISTINCT r.file, r.line, urn, pupil, start_date,
  CASE WHEN leaving_date >= start_date THEN leaving_date END AS leaving_date,
  coalesce(enrolment_status, CASE WHEN unread.file IS NULL THEN 'C' ELSE '?' END) AS status,
  leaving_date IS NULL OR leaving_date >= start_date AS clear
FROM roll AS r
LEFT JOIN (SELECT DISTINCT file, line FROM problem WHERE column_name = 'enrolment_status') AS unread
  ON unread.file = r.file AND unread.line = r.line
"""

# The first line of a group of rows, as a struct of file and line.
FIRST_LINE = "min(struct_pack(file := file, line := line))"


def sessions_of(rows: str) -> str:
    """SQL that gives each session of register rows: all their columns, ``place`` 1 to 10, ``code`` and ``day``.

    ``rows`` names a table or common table expression with ``week`` and ``codes``. Narrow it down first: a city's
    year has 15 million sessions.
    """
    return (
        "(SELECT *, week + CAST((place - 1) // 2 AS INTEGER) AS day FROM "  # noqa: S608 - our own SQL
        f"(SELECT *, unnest(codes) AS code, unnest(range(1, 11)) AS place FROM {rows}))"
    )


def school_day(start: str, number: str) -> str:
    """SQL for the day that comes ``number`` school days after ``start``, Monday to Friday, holidays not known.

    A start at a weekend counts as the Monday after it.
    """
    weekday = f"least(isodow({start}) - 1, 5)"
    days = f"7 * (({weekday} + {number}) // 5) + ({weekday} + {number}) % 5"
    return f"(CAST(date_trunc('week', {start}) AS DATE) + CAST({days} AS INTEGER))"


def refused_numbers(kind: str) -> str:
    """SQL for the pupil numbers (``upn``) in lines of a kind that were set aside: what is refused is not missing."""
    return (
        "(SELECT DISTINCT unnest(regexp_extract_all(upper(text), '[A-Z][0-9]{11}[0-9A-Z]')) AS upn "  # noqa: S608
        f"FROM refused_line JOIN source_file USING (file) WHERE kind = '{kind}')"
    )


def counted(number: str, one: str, many: str) -> str:
    """SQL for a number with its noun, as ``1 session`` or ``12 sessions``."""
    return f"({number} || CASE WHEN {number} = 1 THEN ' {one}' ELSE ' {many}' END)"


def not_reported(row: str, column: str) -> str:
    """SQL that is true when no problem was found yet in that column of the row: what is unreadable is not missing."""
    return (
        "NOT EXISTS (SELECT 1 FROM problem AS found "  # noqa: S608 - our own SQL
        f"WHERE found.file = {row}.file AND found.line = {row}.line AND found.column_name = '{column}')"
    )
