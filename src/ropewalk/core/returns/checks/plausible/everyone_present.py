"""A week without one absence in a school of some size hardly happens: 30 pupils at the usual 5 per cent of absence."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import ABSENT, FIRST_LINE, IN_SCHOOL, sessions_of

PUPILS = 30

# Nearly every week of a school has an illness, so most weeks fall away before their sessions are looked at.
SQL = f"""
WITH weeks AS (
  SELECT urn, week FROM register GROUP BY ALL
  HAVING count(*) >= {PUPILS} AND NOT bool_or(list_contains(codes, 'I') OR list_contains(codes, 'O'))),
rows_left AS MATERIALIZED (SELECT file, line, urn, pupil, week, codes FROM register JOIN weeks USING (urn, week)),
found AS (
  SELECT {FIRST_LINE} AS first, count(DISTINCT pupil) FILTER (code IN {IN_SCHOOL}) AS pupils
  FROM {sessions_of("rows_left")} AS s
  GROUP BY urn, week HAVING count(*) FILTER (code IN {ABSENT}) = 0 AND pupils >= {PUPILS})
SELECT first.file AS file, first.line AS line, pupils || ' pupils' AS detail FROM found
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="everyone_present",
    title="Everyone present all week",
    stage=Stage.PLAUSIBLE,
    severity=Severity.QUESTION,
    says=("Not one pupil of the school was absent in the whole week. The line shown is the first of that week."),
    do="Check that the registers were really taken, and not filled in as present beforehand.",
    queries=(Query("register", SQL, "marks"),),
)
