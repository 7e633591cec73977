"""A register has every week of term. Weeks in which schools commonly have holidays are not asked about.

Holidays differ from place to place (general knowledge), so the weeks around half terms, Christmas and Easter, and the
summer, are left out.
"""

from __future__ import annotations

from datetime import date, timedelta

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import FIRST_LINE
from ropewalk.core.schema.calendar import easter, monday_of

FIRST_YEAR, LAST_YEAR = 2006, 2035
WEEK = timedelta(days=7)


def term_weeks(autumn: int) -> list[date]:
    """Mondays of the academic year that begins in a calendar year on which schools everywhere are open."""
    spring = autumn + 1
    closed = (
        (date(autumn, 10, 13), date(autumn, 11, 2)),
        (date(autumn, 12, 15), date(spring, 1, 7)),
        (date(spring, 2, 8), date(spring, 2, 25)),
        (easter(spring) - 2 * WEEK - timedelta(days=6), easter(spring) + 2 * WEEK + timedelta(days=1)),
        (date(spring, 5, 22), date(spring, 6, 7)),
    )
    first = monday_of(date(autumn, 9, 14))
    mondays = [first + number * WEEK for number in range((date(spring, 7, 10) - first).days // 7 + 1)]
    return [monday for monday in mondays if not any(start <= monday <= end for start, end in closed)]


_TERM = ", ".join(
    f"('{autumn}/{(autumn + 1) % 100:02d}', DATE '{monday}')"
    for autumn in range(FIRST_YEAR, LAST_YEAR)
    for monday in term_weeks(autumn)
)

SQL = f"""
WITH lines AS (SELECT urn, year, {FIRST_LINE} AS first FROM register GROUP BY urn, year),
weeks AS (
  SELECT DISTINCT urn, year, week FROM register
  UNION
  SELECT DISTINCT k.school, l.year, k.week FROM known_attendance AS k JOIN lines AS l
    ON l.urn = k.school AND k.week BETWEEN make_date(CAST(left(l.year, 4) AS INTEGER), 8, 1)
      AND make_date(CAST(left(l.year, 4) AS INTEGER) + 1, 7, 31)),
spans AS (SELECT urn, year, min(week) AS first_week, max(week) AS last_week FROM weeks GROUP BY urn, year)
SELECT l.first.file AS file, l.first.line AS line, t.week AS detail
FROM lines AS l JOIN spans AS s USING (urn, year)
JOIN (VALUES {_TERM}) AS t(year, week) ON t.year = l.year AND t.week BETWEEN s.first_week AND s.last_week
WHERE NOT EXISTS (SELECT 1 FROM weeks AS w WHERE w.urn = l.urn AND w.week = t.week)
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
