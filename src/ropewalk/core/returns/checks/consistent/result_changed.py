"""A result is final once published, but for reviews of marking (general knowledge)."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage

SQL = """
SELECT r.file, r.line FROM results AS r JOIN pupil_record AS p USING (pupil)
JOIN known_results AS k
  ON k.school = r.urn AND k.record = p.record AND k.year = r.year AND k.assessment = r.assessment
WHERE r.value <> k.value
"""

CHECK = Check(
    id="result_changed",
    title="Result differs from before",
    stage=Stage.CONSISTENT,
    severity=Severity.QUESTION,
    says="The result differs from what was sent before for the same pupil, year and assessment.",
    do="If it was re-marked or corrected, leave it.",
    queries=(Query("results", SQL, "value"),),
)
