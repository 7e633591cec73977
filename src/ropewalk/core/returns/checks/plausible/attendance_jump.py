"""A jump nobody expects from one week to the next: a column that slipped, a code that changed its meaning, half a file.

A week without any absence is left to the check of everyone present.
"""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import ABSENT, FIRST_LINE

FOLD = 30
_ALL_PRESENT = "['/', '\\', '/', '\\', '/', '\\', '/', '\\', '/', '\\']"


def _jump(one: str, other: str) -> str:
    return f"coalesce(greatest({one}, {other}) >= {FOLD} * least({one}, {other}) AND least({one}, {other}) > 0, FALSE)"


def _odd(number: str) -> str:
    """SQL for a jump on the week before, unless that week was the odd one and this is as the one before it."""
    before, earlier = f"{number}_before", f"{number}_earlier"
    back = f"{_jump(before, earlier)} AND NOT {_jump(number, earlier)}"
    return f"({number} IS NOT NULL AND {before} IS NOT NULL AND {_jump(number, before)} AND NOT ({back}))"


# Most weeks of most pupils are without absence; their sessions need not be looked at.
SQL = f"""
WITH weeks AS (
  SELECT urn, week, {FIRST_LINE} AS first, count(*) AS pupils FROM register GROUP BY urn, week),
others AS (SELECT urn, week, codes FROM register WHERE codes <> {_ALL_PRESENT}),
absences AS (
  SELECT urn, week, count(*) AS absent FROM (SELECT urn, week, unnest(codes) AS code FROM others)
  WHERE code IN {ABSENT} GROUP BY urn, week),
series AS (
  SELECT urn, week, first, pupils, absent,
    lag(pupils) OVER by_week AS pupils_before, lag(absent) OVER by_week AS absent_before,
    lag(pupils, 2) OVER by_week AS pupils_earlier, lag(absent, 2) OVER by_week AS absent_earlier
  FROM weeks LEFT JOIN absences USING (urn, week) WINDOW by_week AS (PARTITION BY urn ORDER BY week))
SELECT first.file AS file, first.line AS line,
  coalesce(absent_before, 0) || ' absences of ' || pupils_before || ' pupils before, '
    || coalesce(absent, 0) || ' of ' || pupils || ' now' AS detail
FROM series
WHERE {_odd("absent")} OR {_odd("pupils")}
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="attendance_jump",
    title="Thirty times last week",
    stage=Stage.PLAUSIBLE,
    severity=Severity.QUESTION,
    says=(
        "The school's absences, or the pupils in its register, are 30 times those of the week before, or a "
        "thirtieth of them. The line shown is the first of that week."
    ),
    do="Check that both weeks are complete and that marks mean the same in both.",
    queries=(Query("register", SQL, "marks"),),
)
