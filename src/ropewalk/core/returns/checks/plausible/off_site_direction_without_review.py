"""An off-site direction is time-limited and regularly reviewed (definitions C4)."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import not_reported

SQL = f"""
SELECT file, line FROM moves
WHERE lower(kind) = 'off_site_direction' AND review_date IS NULL AND {not_reported("moves", "review_date")}
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="off_site_direction_without_review",
    title="Off-site direction without a review",
    stage=Stage.PLAUSIBLE,
    severity=Severity.WRONG,
    says="The direction off site has no day of review.",
    do="Fill in the day of the next review.",
    queries=(Query("moves", SQL, "review_date"),),
)
