"""A pupil who left has a reason for leaving: the roll must say on which ground a name was taken off (School Attendance
(Pupil Registration) (England) Regulations 2024; general knowledge).
"""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import not_reported

SQL = f"""
SELECT file, line FROM roll, context
WHERE leaving_date <= today AND leaving_reason IS NULL AND {not_reported("roll", "leaving_reason")}
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="leaver_without_reason",
    title="No reason for leaving",
    stage=Stage.PLAUSIBLE,
    severity=Severity.QUESTION,
    says="The pupil has left, and the reason for leaving is blank.",
    do="Fill in the reason. If nobody knows it yet, write UNK.",
    queries=(Query("roll", SQL, "leaving_reason"),),
)
