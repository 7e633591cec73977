"""A whole year group without a register in a week in which most of the school has one.

Nursery classes, and Year 11 and above once examinations are over, are not asked about (general knowledge).
"""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import counted

# Fewer pupils may all be away for a reason.
CLASS = 8
# A week counts as sent when at least this share of the other pupils is in it.
COVERED = 0.5

SQL = f"""
WITH pupils AS (
  SELECT DISTINCT urn, year, year_group, pupil, start_date, leaving_date FROM roll
  WHERE year_group NOT IN ('N1', 'N2') AND coalesce(enrolment_status, 'C') IN ('C', 'M', 'S')),
groups AS (SELECT DISTINCT urn, year, year_group FROM pupils),
sizes AS (SELECT urn, year, week, count(*) AS sent FROM register GROUP BY ALL),
seen AS (
  SELECT DISTINCT r.urn, r.year, r.week, p.year_group
  FROM register AS r JOIN (SELECT DISTINCT urn, year, pupil, year_group FROM pupils) AS p USING (urn, year, pupil)),
unseen AS (
  SELECT g.urn, g.year, g.year_group, s.week, s.sent FROM groups AS g JOIN sizes AS s USING (urn, year)
  WHERE NOT (g.year_group IN ('11', '12', '13', '14') AND month(s.week) BETWEEN 6 AND 8)
    AND NOT EXISTS (
      SELECT 1 FROM seen
      WHERE seen.urn = g.urn AND seen.year = g.year AND seen.year_group = g.year_group AND seen.week = s.week)),
expected AS (
  SELECT u.urn, u.year, u.year_group, u.week, any_value(u.sent) AS sent,
    count(*) FILTER (p.year_group = u.year_group) AS missing, count(*) FILTER (p.year_group <> u.year_group) AS others
  FROM unseen AS u JOIN pupils AS p USING (urn, year)
  WHERE p.start_date <= u.week
    AND (p.leaving_date IS NULL OR p.leaving_date >= u.week + 4 OR p.leaving_date < p.start_date)
  GROUP BY u.urn, u.year, u.year_group, u.week),
gone AS (
  SELECT urn, year, year_group, count(*) AS weeks, min(week) AS first FROM expected
  WHERE missing >= {CLASS} AND sent >= {COVERED} * others AND others > 0 GROUP BY urn, year, year_group)
SELECT r.file, min(r.line) AS line,
  {counted("any_value(weeks)", "week", "weeks")} || ', first ' || any_value(first) AS detail
FROM roll AS r JOIN gone AS g ON g.urn = r.urn AND g.year = r.year AND g.year_group = r.year_group
GROUP BY r.file, r.urn, r.year, r.year_group
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="register_missing_for_class",
    title="No register of a year group",
    stage=Stage.PLAUSIBLE,
    severity=Severity.WRONG,
    says=("The register of at least one week has the school's other pupils, but nobody of this year group."),
    do=("Send the register of that year group. The line shown is the first pupil of the year group on the roll."),
    queries=(Query("roll", SQL, "year_group"),),
)
