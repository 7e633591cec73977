"""A mark is taken for every pupil on roll in every session the school is open (definitions C2)."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import ENROLLED, NO_END, counted, sessions_of

# A session counts as taken when fewer than this share of the school's pupils lack a mark.
LACKING = 0.5

SQL = f"""
WITH gaps AS MATERIALIZED (SELECT file, line, urn, pupil, week, codes FROM register WHERE list_contains(codes, '-')),
sessions AS MATERIALIZED (
  SELECT file, line, urn, pupil, week, place, day FROM {sessions_of("gaps")}, context
  WHERE code = '-' AND day <= today),
sizes AS (
  SELECT urn, week, count(*) AS pupils FROM register AS r
  WHERE EXISTS (SELECT 1 FROM gaps AS g WHERE g.urn = r.urn AND g.week = r.week) GROUP BY ALL),
taken AS (
  SELECT s.urn, s.week, s.place FROM sessions AS s JOIN sizes AS z USING (urn, week)
  GROUP BY s.urn, s.week, s.place, z.pupils HAVING count(*) < {LACKING} * z.pupils),
nursery AS (SELECT DISTINCT urn, pupil FROM roll WHERE year_group IN ('N1', 'N2')),
named AS (SELECT DISTINCT urn, pupil FROM roll),
enrolled AS ({ENROLLED})
SELECT s.file, s.line, {counted("count(*)", "session", "sessions")} AS detail
FROM sessions AS s JOIN taken USING (urn, week, place)
WHERE NOT EXISTS (SELECT 1 FROM nursery AS n WHERE n.urn = s.urn AND n.pupil = s.pupil)
  AND (NOT EXISTS (SELECT 1 FROM named AS n WHERE n.urn = s.urn AND n.pupil = s.pupil)
    OR EXISTS (
      SELECT 1 FROM enrolled AS e
      WHERE e.urn = s.urn AND e.pupil = s.pupil AND s.day BETWEEN e.start_date AND coalesce(e.leaving_date, {NO_END})))
GROUP BY s.file, s.line
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="mark_missing",
    title="No mark taken",
    stage=Stage.PLAUSIBLE,
    severity=Severity.QUESTION,
    says="A session has no mark for this pupil (-), while most pupils of the school have one.",
    do="Fill in the mark. For a nursery child who attends part of the week, leave it.",
    queries=(Query("register", SQL, "marks"),),
)
