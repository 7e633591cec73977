"""The length of a suspension is given in sessions (definitions C3). A permanent exclusion has none."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import not_reported

SQL = f"""
SELECT file, line FROM suspensions
WHERE category = 'SUSP' AND sessions IS NULL AND NOT coalesce(cancelled, FALSE)
  AND {not_reported("suspensions", "sessions")}
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="suspension_sessions_missing",
    title="No length of the suspension",
    stage=Stage.PLAUSIBLE,
    severity=Severity.WRONG,
    says="The suspension does not say how many sessions it lasted.",
    do="Fill in the number of half days.",
    queries=(Query("suspensions", SQL, "sessions"),),
)
