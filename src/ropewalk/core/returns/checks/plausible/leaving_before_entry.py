"""A pupil cannot leave a roll before joining it."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage

# An entry still to come is a date in the future, which has a check of its own.
SQL = "SELECT file, line FROM roll, context WHERE leaving_date < start_date AND start_date <= today"

CHECK = Check(
    id="leaving_before_entry",
    title="Leaving before entry",
    stage=Stage.PLAUSIBLE,
    severity=Severity.WRONG,
    says="The day of leaving comes before the day of entry.",
    do="Correct whichever of the two dates is wrong.",
    queries=(Query("roll", SQL, "leaving_date"),),
)
