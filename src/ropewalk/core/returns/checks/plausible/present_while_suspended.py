"""A suspended pupil is not in school; the length of a suspension is given in sessions (definitions C3).

A suspension may begin in the morning or at noon, so only sessions it covers either way are looked at. Days the
school was closed only push the real end later.
"""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import IN_SCHOOL, counted, school_day

SQL = f"""
WITH covered AS (
  SELECT urn, pupil, start_date, unnest(range(1, CAST(sessions AS BIGINT))) AS number
  FROM suspensions WHERE category = 'SUSP' AND NOT coalesce(cancelled, FALSE) AND sessions > 1),
days AS (
  SELECT DISTINCT urn, pupil, {school_day("start_date", "number // 2")} AS day, number % 2 AS half FROM covered),
places AS (
  SELECT urn, pupil, CAST(date_trunc('week', day) AS DATE) AS week, 2 * isodow(day) - 1 + half AS place FROM days)
SELECT r.file, r.line, {counted("count(*)", "session", "sessions")} AS detail
FROM register AS r JOIN places AS p ON p.urn = r.urn AND p.pupil = r.pupil AND p.week = r.week
WHERE r.codes[p.place] IN {IN_SCHOOL} GROUP BY r.file, r.line
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="present_while_suspended",
    title="Present while suspended",
    stage=Stage.PLAUSIBLE,
    severity=Severity.WRONG,
    says="The pupil is marked present in sessions in which a suspension was running.",
    do="Correct the marks, or the first day or the number of sessions of the suspension.",
    queries=(Query("register", SQL, "marks"),),
)
