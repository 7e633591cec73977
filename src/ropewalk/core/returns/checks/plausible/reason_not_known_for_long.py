"""N must be corrected within five school days (definitions C2)."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import sessions_of

# Five school days are a week of the calendar.
DAYS = 7

SQL = f"""
WITH unknown AS MATERIALIZED (
  SELECT file, line, week, codes, today FROM register, context
  WHERE list_contains(codes, 'N') AND week + {DAYS} < today)
SELECT file, line, (any_value(today) - min(day)) || ' days' AS detail FROM {sessions_of("unknown")} AS s
WHERE code = 'N' AND day + {DAYS} < today GROUP BY file, line
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="reason_not_known_for_long",
    title="Reason not known for long",
    stage=Stage.PLAUSIBLE,
    severity=Severity.WRONG,
    says="The mark N (reason not yet known) has stood for more than five school days.",
    do="Write the reason. If none was found, the mark is O.",
    queries=(Query("register", SQL, "marks"),),
)
