"""A child educated at home instead of at school is not on a school's roll (definitions C4).

Two weeks, for the paper, is a figure of our own.
"""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import ENROLLED, NO_END

DAYS = 14

SQL = f"""
SELECT e.file, e.line, max(least(today, coalesce(e.leaving_date, {NO_END})) - m.start_date) || ' days' AS detail
FROM ({ENROLLED}) AS e JOIN moves AS m ON m.from_urn = e.urn AND m.pupil = e.pupil, context
WHERE lower(m.kind) = 'moved_to_home_education' AND m.end_date IS NULL AND e.clear AND e.start_date <= m.start_date
  AND today > m.start_date + {DAYS} AND coalesce(e.leaving_date, {NO_END}) > m.start_date + {DAYS}
GROUP BY e.file, e.line
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="home_education_still_on_roll",
    title="Home education and still on roll",
    stage=Stage.PLAUSIBLE,
    severity=Severity.QUESTION,
    says=("The pupil moved to home education more than two weeks before, but has no day of leaving at this school."),
    do=("Fill in the day of leaving. If the pupil stayed or came back, fill in the last day of the move."),
    queries=(Query("roll", SQL, "leaving_date"),),
)
