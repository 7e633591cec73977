"""A suspension has a fixed length and reason; to extend one is a further one. A cancelled one may change at will."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage

SQL = """
SELECT s.file, s.line FROM suspensions AS s JOIN pupil_record AS p USING (pupil)
JOIN known_suspensions AS k
  ON k.school = s.urn AND k.record = p.record AND k.category = s.category AND k.start = s.start_date
WHERE (s.sessions <> k.sessions OR s.reason_1 <> k.reason_1)
  AND NOT coalesce(s.cancelled, FALSE) AND NOT coalesce(k.cancelled, FALSE)
"""

CHECK = Check(
    id="suspension_changed",
    title="Suspension differs from before",
    stage=Stage.CONSISTENT,
    severity=Severity.QUESTION,
    says="The length or the first reason of the suspension differs from what was sent before.",
    do=("If it is a correction, leave it. A further suspension needs a line of its own, with its own first day."),
    queries=(Query("suspensions", SQL, "sessions"),),
)
