"""Year group against age on 31 August before the academic year: Reception 4, Year 1 five, and so on. General knowledge.

One year either way is common: summer-born children who start later, children who repeat a year.
"""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.plausible.birth_date_implausible import OLDEST

AGE_IN_RECEPTION = 4
TOLERATED = 1

# The oldest ages, and birthdays after the day of entry, belong to the check of the date of birth itself. A line that
# stands for several academic years is asked about only when it fits none of them.
SQL = f"""
WITH aged AS (
  SELECT file, line,
    date_sub('year', date_of_birth, make_date(CAST(left(year, 4) AS INTEGER), 8, 31)) AS age,
    CASE year_group WHEN 'N1' THEN -2 WHEN 'N2' THEN -1 WHEN 'R' THEN 0
      ELSE TRY_CAST(year_group AS INTEGER) END AS taught
  FROM roll
  WHERE date_of_birth <= start_date - INTERVAL 2 YEAR)
SELECT file, line, min(abs(age - {AGE_IN_RECEPTION} - taught)) || ' years' AS detail FROM aged
WHERE taught IS NOT NULL AND age < {OLDEST}
GROUP BY file, line HAVING min(abs(age - {AGE_IN_RECEPTION} - taught)) > {TOLERATED}
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="year_group_against_age",
    title="Year group and age differ",
    stage=Stage.PLAUSIBLE,
    severity=Severity.QUESTION,
    says="The pupil is taught two or more year groups away from other children of the same age.",
    do="Check date of birth and year group. If both are right, leave them as they are.",
    queries=(Query("roll", SQL, "year_group"),),
)
