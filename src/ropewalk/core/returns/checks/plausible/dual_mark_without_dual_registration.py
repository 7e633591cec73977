"""D is for a pupil registered at two schools (definitions C2); the roll says so with M or S (definitions C6)."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import ENROLLED, NO_END, counted, sessions_of

SQL = f"""
WITH marked AS MATERIALIZED (
  SELECT file, line, urn, pupil, week, codes FROM register WHERE list_contains(codes, 'D')),
enrolled AS MATERIALIZED (
  SELECT urn, pupil, start_date, coalesce(leaving_date, {NO_END}) AS last, status FROM ({ENROLLED}))
SELECT file, line, {counted("count(*)", "session", "sessions")} AS detail FROM {sessions_of("marked")} AS s
WHERE code = 'D'
  AND EXISTS (
    SELECT 1 FROM enrolled AS e
    WHERE e.urn = s.urn AND e.pupil = s.pupil AND s.day BETWEEN e.start_date AND e.last AND e.status = 'C')
  AND NOT EXISTS (
    SELECT 1 FROM enrolled AS e
    WHERE e.urn = s.urn AND e.pupil = s.pupil AND s.day BETWEEN e.start_date AND e.last AND e.status <> 'C')
GROUP BY file, line
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="dual_mark_without_dual_registration",
    title="Marked as at the other school, registered at one",
    stage=Stage.PLAUSIBLE,
    severity=Severity.QUESTION,
    says=(
        "The mark D says that the pupil was expected at the other school, but the roll has the pupil as "
        "registered here only."
    ),
    do="Correct the status (M or S) on the roll, or the mark.",
    queries=(Query("register", SQL, "marks"),),
)
