"""A pupil is marked until the last day on roll. Between two enrolments at a school there are no marks either."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import ENROLLED, NO_END, NO_MARK, counted, sessions_of

SQL = f"""
WITH enrolled AS MATERIALIZED ({ENROLLED}),
leavers AS (
  SELECT urn, pupil, min(start_date) AS first, min(leaving_date) AS last FROM enrolled GROUP BY ALL
  HAVING min(leaving_date) IS NOT NULL),
late AS MATERIALIZED (
  SELECT r.file, r.line, r.urn, r.pupil, r.week, r.codes, l.first
  FROM register AS r JOIN leavers AS l USING (urn, pupil) WHERE r.week + 4 > l.last)
SELECT s.file, s.line, {counted("count(*)", "mark", "marks")} AS detail FROM {sessions_of("late")} AS s
WHERE s.code NOT IN {NO_MARK} AND s.day >= s.first
  AND NOT EXISTS (
    SELECT 1 FROM enrolled AS e
    WHERE e.urn = s.urn AND e.pupil = s.pupil AND s.day BETWEEN e.start_date AND coalesce(e.leaving_date, {NO_END}))
GROUP BY s.file, s.line
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="mark_after_leaving",
    title="Marks after leaving",
    stage=Stage.PLAUSIBLE,
    severity=Severity.WRONG,
    says="The week has marks from after the day the pupil left the roll.",
    do=("Correct the day of leaving on the roll, add the line of a second enrolment, or take the marks away."),
    queries=(Query("register", SQL, "marks"),),
)
