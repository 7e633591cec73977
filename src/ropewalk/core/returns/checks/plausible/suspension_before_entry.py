"""Only a pupil on the roll can be suspended by the school. Only asked where the roll is part of the return."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import ENROLLED

# An entry still to come is a date in the future, which has a check of its own.
SQL = f"""
WITH entered AS (
  SELECT urn, pupil, min(start_date) AS first FROM ({ENROLLED}), context WHERE start_date <= today GROUP BY urn, pupil)
SELECT s.file, s.line FROM suspensions AS s JOIN entered AS e USING (urn, pupil)
WHERE s.start_date < e.first AND NOT coalesce(s.cancelled, FALSE)
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="suspension_before_entry",
    title="Suspended before entry",
    stage=Stage.PLAUSIBLE,
    severity=Severity.WRONG,
    says="The suspension or exclusion begins before the pupil joined the roll of this school.",
    do="Correct the first day of the suspension, or the day of entry on the roll.",
    queries=(Query("suspensions", SQL, "start_date"),),
)
