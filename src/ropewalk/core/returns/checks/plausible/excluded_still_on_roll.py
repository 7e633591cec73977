"""A permanently excluded pupil leaves the roll once the time for a review has run out. General knowledge: the governing
board meets within 15 school days, a review may be asked for within 15 more, and is held within 15 more: 90 days of the
calendar with a holiday between.
"""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import ENROLLED, NO_END

DAYS = 90

SQL = f"""
SELECT e.file, e.line, max(today - s.start_date) || ' days' AS detail
FROM ({ENROLLED}) AS e JOIN suspensions AS s ON s.urn = e.urn AND s.pupil = e.pupil, context
WHERE s.category = 'PERM' AND NOT coalesce(s.cancelled, FALSE) AND e.clear AND e.start_date <= s.start_date
  AND today > s.start_date + {DAYS} AND coalesce(e.leaving_date, {NO_END}) > s.start_date + {DAYS}
GROUP BY e.file, e.line
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="excluded_still_on_roll",
    title="Permanently excluded and still on roll",
    stage=Stage.PLAUSIBLE,
    severity=Severity.QUESTION,
    says="The pupil was permanently excluded a long time ago, but has no day of leaving at this school.",
    do=(
        "Fill in the day of leaving. If the exclusion was cancelled or the pupil reinstated, mark the "
        "exclusion as cancelled."
    ),
    queries=(Query("roll", SQL, "leaving_date"),),
)
