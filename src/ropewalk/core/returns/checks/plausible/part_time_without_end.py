"""A part-time timetable has an end date (definitions C4).

Twelve weeks, two half terms, is a figure of our own. One that is past its review is asked about there.
"""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import not_reported

DAYS = 84

SQL = f"""
SELECT file, line, (today - start_date) || ' days' AS detail FROM moves, context
WHERE lower(kind) = 'part_time_timetable' AND end_date IS NULL AND review_date >= today AND start_date + {DAYS} < today
  AND {not_reported("moves", "end_date")}
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="part_time_without_end",
    title="Part-time timetable for a long time",
    stage=Stage.PLAUSIBLE,
    severity=Severity.QUESTION,
    says="The part-time timetable has gone on for more than twelve weeks and has no last day.",
    do="If it has ended, fill in the last day. If not, look at the plan for a return to full time.",
    queries=(Query("moves", SQL, "end_date"),),
)
