"""A suspension has a fixed length; another may follow it but not run beside it. General knowledge of the guidance.

Counted in whole school days, Monday to Friday, that the earlier one surely covers: a half day at its end may be free.
"""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import school_day

SQL = f"""
WITH spells AS (
  SELECT file, line, urn, pupil, start_date, {school_day("start_date", "sessions // 2 - 1")} AS last
  FROM suspensions WHERE category = 'SUSP' AND sessions > 1 AND NOT coalesce(cancelled, FALSE))
SELECT later.file, later.line FROM suspensions AS later JOIN spells AS earlier
  ON earlier.urn = later.urn AND earlier.pupil = later.pupil
WHERE later.category = 'SUSP' AND NOT coalesce(later.cancelled, FALSE)
  AND later.start_date > earlier.start_date AND later.start_date <= earlier.last
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="suspension_overlap",
    title="Suspensions overlap",
    stage=Stage.PLAUSIBLE,
    severity=Severity.WRONG,
    says="The suspension begins while an earlier one of the same pupil was still running.",
    do=(
        "Correct the dates or the lengths. A suspension cannot be extended; a further one begins when the "
        "first has ended."
    ),
    queries=(Query("suspensions", SQL, "start_date"),),
)
