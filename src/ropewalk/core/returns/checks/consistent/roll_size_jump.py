"""The number of pupils on roll hardly changes by a fifth within an academic year.

Pupils whom this roll does not name keep what was said before (another check asks about them), so they count on both
sides.
"""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import FIRST_LINE

SHARE = 0.2
PUPILS = 20

SQL = f"""
WITH sent AS (
  SELECT r.urn, r.year, r.pupil, any_value(p.record) AS record, bool_or(r.leaving_date IS NULL) AS stays
  FROM roll AS r LEFT JOIN pupil_record AS p USING (pupil) GROUP BY r.urn, r.year, r.pupil),
known AS (SELECT school AS urn, year, record FROM known_roll WHERE leaving IS NULL GROUP BY ALL),
unnamed AS (
  SELECT urn, year, count(*) AS pupils FROM known AS k
  WHERE NOT EXISTS (SELECT 1 FROM sent AS s WHERE s.urn = k.urn AND s.year = k.year AND s.record = k.record)
  GROUP BY urn, year),
before AS (SELECT urn, year, count(*) AS pupils FROM known GROUP BY urn, year),
now AS (SELECT urn, year, count(*) FILTER (stays) AS pupils FROM sent GROUP BY urn, year),
sizes AS (
  SELECT urn, year, b.pupils AS before, n.pupils + coalesce(u.pupils, 0) AS now
  FROM before AS b JOIN now AS n USING (urn, year) LEFT JOIN unnamed AS u USING (urn, year)),
lines AS (SELECT urn, year, {FIRST_LINE} AS first FROM roll GROUP BY urn, year)
SELECT first.file AS file, first.line AS line, before || ' pupils before, ' || now || ' now' AS detail
FROM sizes JOIN lines USING (urn, year)
WHERE abs(now - before) >= {PUPILS} AND abs(now - before) > {SHARE} * before
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="roll_size_jump",
    title="Size of the roll jumped",
    stage=Stage.CONSISTENT,
    severity=Severity.QUESTION,
    says=(
        "With this return the number of pupils on the school's roll changes by more than a fifth. The line "
        "shown is the school's first."
    ),
    do="Check that the file is the whole roll of this school, and of this academic year.",
    queries=(Query("roll", SQL, "upn"),),
)
