"""A subsidiary registration (S) goes with a main one (M) elsewhere (definitions C6).

Asked only of returns with the rolls of several schools: one school alone cannot show it.
"""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import ENROLLED, NO_END

SQL = f"""
WITH enrolled AS ({ENROLLED})
SELECT one.file, one.line FROM enrolled AS one
WHERE one.status = 'S' AND (SELECT count(DISTINCT urn) FROM roll) > 1
  AND NOT EXISTS (
    SELECT 1 FROM enrolled AS other
    WHERE other.pupil = one.pupil AND other.urn <> one.urn AND other.status = 'M'
      AND one.start_date <= coalesce(other.leaving_date, {NO_END})
      AND other.start_date <= coalesce(one.leaving_date, {NO_END}))
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="subsidiary_without_main",
    title="Other school without the main school",
    stage=Stage.PLAUSIBLE,
    severity=Severity.QUESTION,
    says=(
        "The pupil is registered here as at the other of two schools (S), but no other roll in this return "
        "has the pupil as M."
    ),
    do="Check with the main school, or change the status to C if this is the only school now.",
    queries=(Query("roll", SQL, "enrolment_status"),),
)
