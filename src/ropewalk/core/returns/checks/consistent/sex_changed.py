"""The same pupil number with another sex is more often two pupils on one number than a changed record."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage

SQL = """
WITH known AS (
  SELECT school, record, arg_max(sex, year) AS sex FROM known_roll WHERE sex IS NOT NULL GROUP BY school, record)
SELECT r.file, r.line FROM roll AS r JOIN pupil_record AS p USING (pupil)
JOIN known AS k ON k.school = r.urn AND k.record = p.record
WHERE r.sex <> k.sex
"""

CHECK = Check(
    id="sex_changed",
    title="Sex differs from before",
    stage=Stage.CONSISTENT,
    severity=Severity.QUESTION,
    says="The sex recorded for the pupil differs from what the school sent before.",
    do=("Check that the line is of the right pupil. If it is, and the record was changed on purpose, leave it."),
    queries=(Query("roll", SQL, "sex"),),
)
