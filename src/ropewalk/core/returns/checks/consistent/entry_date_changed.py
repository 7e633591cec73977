"""An entry is a fact that does not move. A new entry after a day of leaving is a return to the school, and in order."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage

SQL = """
WITH sent AS (
  SELECT DISTINCT r.file, r.line, r.urn, r.year, r.start_date, p.record
  FROM roll AS r JOIN pupil_record AS p USING (pupil)
  WHERE p.record IS NOT NULL),
dropped AS (
  SELECT k.school, k.record, k.year, k.leaving FROM known_roll AS k
  WHERE NOT EXISTS (
    SELECT 1 FROM sent AS s
    WHERE s.urn = k.school AND s.record = k.record AND s.year = k.year AND s.start_date = k.start))
SELECT s.file, s.line FROM sent AS s
JOIN dropped AS d ON d.school = s.urn AND d.record = s.record AND d.year = s.year
WHERE (d.leaving IS NULL OR d.leaving >= s.start_date)
  AND NOT EXISTS (
    SELECT 1 FROM known_roll AS k
    WHERE k.school = s.urn AND k.record = s.record AND k.year = s.year AND k.start = s.start_date)
"""

CHECK = Check(
    id="entry_date_changed",
    title="Date of entry differs from before",
    stage=Stage.CONSISTENT,
    severity=Severity.QUESTION,
    says="The pupil's date of entry at this school is not the one sent before.",
    do=("Check the date. If the pupil left and came back, send the earlier enrolment too, with its day of leaving."),
    queries=(Query("roll", SQL, "start_date"),),
)
