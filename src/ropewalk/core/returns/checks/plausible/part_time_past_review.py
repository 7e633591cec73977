"""A part-time timetable has regular reviews with the pupil and an end (definitions C4)."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import not_reported

SQL = f"""
SELECT file, line, (today - review_date) || ' days' AS detail FROM moves, context
WHERE lower(kind) = 'part_time_timetable' AND review_date < today AND end_date IS NULL
  AND {not_reported("moves", "end_date")}
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="part_time_past_review",
    title="Part-time timetable past its review",
    stage=Stage.PLAUSIBLE,
    severity=Severity.QUESTION,
    says=("The day of review has passed, and the part-time timetable has neither an end nor a new day of review."),
    do="Fill in the last day, or the day of the next review.",
    queries=(Query("moves", SQL, "review_date"),),
)
