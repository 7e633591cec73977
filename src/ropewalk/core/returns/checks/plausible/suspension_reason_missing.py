"""Up to three reasons, at least one (definitions C3)."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import not_reported

SQL = f"""
SELECT file, line FROM suspensions
WHERE coalesce(reason_1, reason_2, reason_3) IS NULL AND NOT coalesce(cancelled, FALSE)
  AND {not_reported("suspensions", "reason_1")}
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="suspension_reason_missing",
    title="No reason for the suspension",
    stage=Stage.PLAUSIBLE,
    severity=Severity.WRONG,
    says="The suspension or exclusion has no first reason.",
    do="Fill in the code of the first reason.",
    queries=(Query("suspensions", SQL, "reason_1"),),
)
