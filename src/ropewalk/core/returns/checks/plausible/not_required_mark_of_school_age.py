"""X is only for pupils not of compulsory school age (definitions C2).

Compulsory school age begins on the first of 31 March, 31 August and 31 December on or after the fifth birthday, and
ends on the last Friday of June of the school year in which the pupil turns 16 (Education Act 1996, section 8; Education
(Start of Compulsory School Age) Order 1998; general knowledge, not yet checked against the text).
"""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import counted, sessions_of

# In these years X also stood for absences because of coronavirus (general knowledge).
OTHER_MEANING = "('2019/20', '2020/21', '2021/22')"

SQL = f"""
WITH marked AS MATERIALIZED (
  SELECT file, line, urn, pupil, week, codes FROM register
  WHERE list_contains(codes, 'X') AND year NOT IN {OTHER_MEANING}),
birthdays AS (
  SELECT urn, pupil, CAST(max(date_of_birth) + INTERVAL 5 YEAR AS DATE) AS fifth,
    CAST(max(date_of_birth) + INTERVAL 16 YEAR AS DATE) AS sixteenth
  FROM roll WHERE date_of_birth IS NOT NULL GROUP BY urn, pupil),
ages AS (
  SELECT urn, pupil,
    CASE WHEN month(fifth) <= 3 THEN make_date(year(fifth), 3, 31)
      WHEN month(fifth) <= 8 THEN make_date(year(fifth), 8, 31) ELSE make_date(year(fifth), 12, 31) END AS begins,
    make_date(year(sixteenth) + CASE WHEN month(sixteenth) >= 9 THEN 1 ELSE 0 END, 6, 30) AS end_of_june
  FROM birthdays),
compulsory AS (
  SELECT urn, pupil, begins, end_of_june - CAST((isodow(end_of_june) + 2) % 7 AS INTEGER) AS ends FROM ages)
SELECT s.file, s.line, {counted("count(*)", "session", "sessions")} AS detail
FROM {sessions_of("marked")} AS s JOIN compulsory AS c USING (urn, pupil)
WHERE s.code = 'X' AND s.day BETWEEN c.begins AND c.ends GROUP BY s.file, s.line
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="not_required_mark_of_school_age",
    title="Not required to attend, but of school age",
    stage=Stage.PLAUSIBLE,
    severity=Severity.WRONG,
    says=(
        "The mark X (not of compulsory school age and not required) stands for a pupil who is of compulsory school age."
    ),
    do="Correct the mark, or the date of birth on the roll.",
    queries=(Query("register", SQL, "marks"),),
)
