"""Managed moves are voluntary and agreed by all; part-time timetables are agreed with parents (definitions C4)."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import not_reported

SQL = f"""
SELECT file, line FROM moves
WHERE lower(kind) IN ('managed_move', 'part_time_timetable') AND agreed_by_parent IS DISTINCT FROM TRUE
  AND {not_reported("moves", "agreed_by_parent")}
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="move_not_agreed",
    title="Not said that a parent agreed",
    stage=Stage.PLAUSIBLE,
    severity=Severity.QUESTION,
    says=(
        "A managed move or part-time timetable needs a parent's agreement, and the row does not say that there is one."
    ),
    do="Write Y once a parent has agreed. Without agreement it is another kind of move.",
    queries=(Query("moves", SQL, "agreed_by_parent"),),
)
