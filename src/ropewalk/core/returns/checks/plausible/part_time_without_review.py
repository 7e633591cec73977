"""A part-time timetable is exceptional and has regular reviews (definitions C4)."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import not_reported

SQL = f"""
SELECT file, line FROM moves
WHERE lower(kind) = 'part_time_timetable' AND review_date IS NULL AND {not_reported("moves", "review_date")}
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="part_time_without_review",
    title="Part-time timetable without a review",
    stage=Stage.PLAUSIBLE,
    severity=Severity.WRONG,
    says="The part-time timetable has no day of review.",
    do="Fill in the day of the next review.",
    queries=(Query("moves", SQL, "review_date"),),
)
