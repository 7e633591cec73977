"""A pupil with status C has one school (definitions C6).

Within a return ``two_sole_rolls_same_day`` looks; this looks at what was sent before. What was known of a year says
nothing of the next one, so days are compared within a year.
"""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import NO_END, not_reported

SQL = f"""
WITH children AS (SELECT DISTINCT record, child FROM known_roll),
sole AS (
  SELECT r.file, r.line, r.year, r.urn, r.pupil, r.start_date, coalesce(r.leaving_date, {NO_END}) AS last, c.child
  FROM roll AS r JOIN pupil_record AS p USING (pupil) JOIN children AS c USING (record)
  WHERE coalesce(r.enrolment_status, 'C') = 'C' AND (r.leaving_date IS NULL OR r.leaving_date >= r.start_date)
    AND {not_reported("r", "enrolment_status")}),
known AS (
  SELECT school, child, year, start, coalesce(leaving, {NO_END}) AS last FROM known_roll
  WHERE coalesce(status, 'C') = 'C' AND (leaving IS NULL OR leaving >= start))
SELECT s.file, s.line FROM sole AS s
JOIN known AS k ON k.year = s.year AND k.child = s.child AND k.school <> s.urn
WHERE s.start_date <= k.last AND k.start <= s.last
  AND NOT EXISTS (SELECT 1 FROM roll AS r WHERE r.urn = k.school AND r.pupil = s.pupil)
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="on_another_sole_roll",
    title="On another school's roll as the only school",
    stage=Stage.CONSISTENT,
    severity=Severity.WRONG,
    says=("Another school has sent the pupil as registered there only (C, or blank) for some of the same days."),
    do=(
        "Agree with the other school: either one of the two has a day of leaving, or the pupil is registered "
        "at both (M and S)."
    ),
    queries=(Query("roll", SQL, "enrolment_status"),),
)
