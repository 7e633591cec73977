"""A pupil leaves the roll by a day of leaving, not by going missing from the file.

Same academic year only: from one year to the next others leave and join.
"""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import FIRST_LINE, counted

SQL = f"""
WITH named AS (
  SELECT DISTINCT r.urn, p.record FROM roll AS r JOIN pupil_record AS p USING (pupil) WHERE p.record IS NOT NULL),
years AS (SELECT urn, year, {FIRST_LINE} AS first FROM roll WHERE year IS NOT NULL GROUP BY urn, year),
unnamed AS (
  SELECT y.urn, any_value(y.first) AS first, count(DISTINCT k.record) AS pupils
  FROM known_roll AS k JOIN years AS y ON y.urn = k.school AND y.year = k.year
  WHERE k.leaving IS NULL
    AND NOT EXISTS (SELECT 1 FROM named AS n WHERE n.urn = k.school AND n.record = k.record)
  GROUP BY y.urn, y.year)
SELECT first.file AS file, first.line AS line, {counted("pupils", "pupil", "pupils")} AS detail FROM unnamed
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="pupils_no_longer_named",
    title="Pupils no longer named",
    stage=Stage.CONSISTENT,
    severity=Severity.QUESTION,
    says=(
        "Pupils who were on the school's roll in what was sent before are missing from this roll. The line "
        "shown is the school's first."
    ),
    do=("Send a line with the day of leaving for each pupil who left. Until then what was sent before holds for them."),
    queries=(Query("roll", SQL, "upn"),),
)
