"""At most 45 school days in a school year, across schools (definitions C3): School Discipline (Pupil Exclusions and
Reviews) (England) Regulations 2012. A lunchtime suspension counts as half a day.
"""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage

MOST_DAYS = 45

# The suspension that goes beyond the limit is shown, and each later one of that year.
SQL = f"""
WITH lengths AS (
  SELECT file, line, pupil, year, start_date,
    coalesce(sessions, CASE WHEN category = 'LNCH' THEN 1 ELSE 0 END) AS sessions
  FROM suspensions WHERE category IN ('SUSP', 'LNCH') AND NOT coalesce(cancelled, FALSE)),
running AS (
  SELECT file, line, sum(sessions) OVER (PARTITION BY pupil, year ORDER BY start_date, file, line) AS half_days
  FROM lengths)
SELECT file, line, half_days // 2 || CASE WHEN half_days % 2 = 1 THEN '.5' ELSE '' END || ' days' AS detail
FROM running WHERE half_days > 2 * {MOST_DAYS}
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="suspended_too_long",
    title="Suspended for more than 45 days in a year",
    stage=Stage.PLAUSIBLE,
    severity=Severity.WRONG,
    says=(
        "With this suspension the pupil has been suspended for more than 45 school days in one academic "
        "year, at all schools together."
    ),
    do=(
        "Check the lengths, and whether a suspension stands twice. The law allows no more than 45 school "
        "days in a year."
    ),
    queries=(Query("suspensions", SQL, "sessions"),),
)
