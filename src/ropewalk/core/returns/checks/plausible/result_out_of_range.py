"""What each assessment can give (definitions C5; the scales are general knowledge).

Phonics 0 to 40, scaled scores 80 to 120, GCSE grades 0 to 9, Attainment 8 up to 90 (ten times a 9), 1 or 0 for a
standard reached or not.
"""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import not_reported

# Assessment, lowest, highest, whole numbers only.
RANGES = """
  ('GLD', 0, 1, TRUE), ('PHONICS', 0, 40, TRUE), ('KS2_READING', 80, 120, TRUE), ('KS2_WRITING', 0, 1, TRUE),
  ('KS2_MATHS', 80, 120, TRUE), ('KS4_A8', 0, 90, FALSE), ('KS4_ENGLISH', 0, 9, TRUE), ('KS4_MATHS', 0, 9, TRUE)
"""

SQL = f"""
SELECT r.file, r.line FROM results AS r
JOIN (VALUES {RANGES}) AS can(assessment, lowest, highest, whole) USING (assessment)
WHERE (r.value NOT BETWEEN lowest AND highest OR whole AND r.value <> floor(r.value)) AND {not_reported("r", "value")}
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="result_out_of_range",
    title="A result the assessment does not have",
    stage=Stage.PLAUSIBLE,
    severity=Severity.WRONG,
    says="The result is not one the assessment can give.",
    do="Write the score, grade or mark as a number; for GLD and KS2_WRITING 1 or 0.",
    queries=(Query("results", SQL, "value"),),
)
