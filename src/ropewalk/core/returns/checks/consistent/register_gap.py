"""A register has every week of term. Weeks in which schools commonly have holidays are not asked about.

Holidays differ from place to place (general knowledge), so the weeks around half terms, Christmas and Easter, and the
summer, are left out.
"""

from __future__ import annotations

from datetime import date, timedelta

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import FIRST_LINE
from ropewalk.core.schema.calendar import easter

FIRST_YEAR, LAST_YEAR = 2006, 2035
WEEK = timedelta(days=7)


def holidays(autumn: int) -> tuple[tuple[date, date], ...]:
    """From when to when (Mondays) schools may be on holiday in the academic year that begins in a calendar year."""
    spring = autumn + 1
    return (
        (date(autumn, 8, 1), date(autumn, 9, 11)),
        (date(autumn, 10, 13), date(autumn, 11, 2)),
        (date(autumn, 12, 15), date(spring, 1, 7)),
        (date(spring, 2, 8), date(spring, 2, 25)),
        (easter(spring) - 2 * WEEK - timedelta(days=6), easter(spring) + 2 * WEEK + timedelta(days=1)),
        (date(spring, 5, 22), date(spring, 6, 7)),
        (date(spring, 7, 11), date(spring, 7, 31)),
    )


_HOLIDAYS = ", ".join(
    f"(DATE '{start}', DATE '{end}')" for autumn in range(FIRST_YEAR, LAST_YEAR) for start, end in holidays(autumn)
)

SQL = f"""
WITH lines AS (SELECT urn, year, {FIRST_LINE} AS first FROM register GROUP BY urn, year),
weeks AS (
  SELECT DISTINCT urn, year, week FROM register
  UNION
  SELECT DISTINCT k.school, l.year, k.week FROM known_attendance AS k JOIN lines AS l
    ON l.urn = k.school AND k.week BETWEEN make_date(CAST(left(l.year, 4) AS INTEGER), 8, 1)
      AND make_date(CAST(left(l.year, 4) AS INTEGER) + 1, 7, 31)),
spans AS (SELECT urn, year, min(week) AS first_week, max(week) AS last_week FROM weeks GROUP BY urn, year),
calendar AS (
  SELECT urn, year, CAST(unnest(range(first_week, last_week, INTERVAL 7 DAY)) AS DATE) AS week FROM spans),
closed AS (SELECT * FROM (VALUES {_HOLIDAYS}) AS h(start, last))
SELECT l.first.file AS file, l.first.line AS line, c.week AS detail FROM lines AS l JOIN calendar AS c USING (urn, year)
WHERE NOT EXISTS (SELECT 1 FROM weeks AS w WHERE w.urn = c.urn AND w.week = c.week)
  AND NOT EXISTS (SELECT 1 FROM closed WHERE c.week BETWEEN closed.start AND closed.last)
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="register_gap",
    title="A week of the register was never sent",
    stage=Stage.CONSISTENT,
    severity=Severity.QUESTION,
    says=("Weeks before and after were sent, but the week named here never was. The line shown is the school's first."),
    do="Send the register of that week. If the school was closed, leave it.",
    queries=(Query("register", SQL, "week_beginning"),),
)
