"""A pupil is marked from the first day on roll; before it stands Z, not on the roll yet (definitions C2)."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import ENROLLED, NO_MARK, counted

# An entry still to come is a date in the future, which has a check of its own.
SQL = f"""
WITH entered AS (
  SELECT urn, pupil, min(start_date) AS first FROM ({ENROLLED}), context WHERE start_date <= today GROUP BY urn, pupil),
early AS MATERIALIZED (
  SELECT r.file, r.line, list_slice(r.codes, 1, least(10, 2 * (e.first - r.week))) AS before
  FROM register AS r JOIN entered AS e USING (urn, pupil) WHERE r.week < e.first),
found AS (SELECT file, line, len(list_filter(before, lambda code: code NOT IN {NO_MARK})) AS marks FROM early)
SELECT file, line, {counted("marks", "mark", "marks")} AS detail FROM found WHERE marks > 0
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="mark_before_entry",
    title="Marks before entry",
    stage=Stage.PLAUSIBLE,
    severity=Severity.WRONG,
    says="The week has marks from before the day the pupil joined the roll.",
    do="Correct the day of entry on the roll, or take the marks away (write Z or - there).",
    queries=(Query("register", SQL, "marks"),),
)
