"""Registers are corrected for about two weeks (definitions C1: live dashboards lag two weeks for late corrections).

A reason found later replaces N at any time (definitions C2).
"""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import counted

DAYS = 14
# Friday of the week.
LAST_DAY = 4

SQL = f"""
WITH changed AS MATERIALIZED (
  SELECT r.file, r.line, r.codes, string_split(k.marks, ' ') AS known
  FROM register AS r JOIN pupil_record AS p USING (pupil)
  JOIN known_attendance AS k ON k.school = r.urn AND k.record = p.record AND k.week = r.week, context
  WHERE coalesce(r.marks, array_to_string(r.codes, ' ')) <> k.marks AND r.week + {LAST_DAY} + {DAYS} < today),
places AS (SELECT file, line, unnest(codes) AS code, unnest(known) AS known FROM changed)
SELECT file, line, {counted("count(*)", "mark", "marks")} AS detail FROM places
WHERE code IS DISTINCT FROM known AND known NOT IN ('-', 'N') GROUP BY file, line
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="earlier_marks_changed",
    title="Marks of an earlier week changed",
    stage=Stage.CONSISTENT,
    severity=Severity.QUESTION,
    says=("Marks of a week some time ago differ from what was sent before, and they were not blank or N then."),
    do=("If it is a correction, leave it. If not, check that the rows belong to the right week and pupil."),
    queries=(Query("register", SQL, "marks"),),
)
