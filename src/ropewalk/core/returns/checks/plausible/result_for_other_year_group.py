"""When assessments are taken (general knowledge).

GLD at the end of Reception, phonics in Year 1 (again in Year 2), key stage 2 in Year 6, key stage 4 in Year 11.
"""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage

TAKEN_IN = """
  ('GLD', ['R']), ('PHONICS', ['1', '2']), ('KS2_READING', ['6']), ('KS2_WRITING', ['6']), ('KS2_MATHS', ['6']),
  ('KS4_A8', ['11']), ('KS4_ENGLISH', ['11']), ('KS4_MATHS', ['11'])
"""

SQL = f"""
WITH taught AS (
  SELECT urn, pupil, year, list(DISTINCT year_group) AS year_groups FROM roll
  WHERE year_group IS NOT NULL GROUP BY urn, pupil, year)
SELECT r.file, r.line FROM results AS r JOIN taught AS t USING (urn, pupil, year)
JOIN (VALUES {TAKEN_IN}) AS usual(assessment, year_groups) USING (assessment)
WHERE NOT list_has_any(t.year_groups, usual.year_groups)
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="result_for_other_year_group",
    title="A result of another year group",
    stage=Stage.PLAUSIBLE,
    severity=Severity.QUESTION,
    says="The roll has the pupil in a year group in which this assessment is not usually taken.",
    do="Check assessment, academic year and year group. If the pupil took it early or late, leave it.",
    queries=(Query("results", SQL, "assessment"),),
)
