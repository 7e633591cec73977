"""# is the planned closure of the school (definitions C2). Year groups may begin a term on different days, so rows are
compared within a year group (general knowledge). The fewer of the two kinds are shown.
"""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import counted, sessions_of

SQL = f"""
WITH weeks AS (SELECT DISTINCT urn, week FROM register WHERE list_contains(codes, '#')),
groups AS (SELECT urn, pupil, min(year_group) AS year_group FROM roll GROUP BY urn, pupil),
near AS MATERIALIZED (
  SELECT r.file, r.line, r.urn, r.week, r.codes, g.year_group FROM register AS r
  JOIN weeks USING (urn, week) LEFT JOIN groups AS g ON g.urn = r.urn AND g.pupil = r.pupil),
sessions AS MATERIALIZED (
  SELECT file, line, urn, week, year_group, place, code = '#' AS closed FROM {sessions_of("near")}
  WHERE code NOT IN ('-', 'Z')),
mixed AS (
  SELECT urn, week, year_group, place, count(*) FILTER (closed) * 2 <= count(*) AS fewer_closed FROM sessions
  GROUP BY ALL HAVING bool_or(closed) AND NOT bool_and(closed))
SELECT s.file, s.line, {counted("count(*)", "session", "sessions")} AS detail FROM sessions AS s
JOIN mixed AS m ON m.urn = s.urn AND m.week = s.week AND m.place = s.place
  AND m.year_group IS NOT DISTINCT FROM s.year_group AND m.fewer_closed = s.closed
GROUP BY s.file, s.line
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="closed_for_some",
    title="Closed for some of a year group",
    stage=Stage.PLAUSIBLE,
    severity=Severity.QUESTION,
    says=("In one session part of a year group has the mark of a closed school (#), and part has other marks."),
    do="Make the marks agree: # stands for everybody a planned closure holds for, and for nobody else.",
    queries=(Query("register", SQL, "marks"),),
)
