"""A pupil cannot leave a roll before joining it."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage

CHECK = Check(
    id="leaving_before_entry",
    title="Leaving before entry",
    stage=Stage.PLAUSIBLE,
    severity=Severity.WRONG,
    says="The day of leaving comes before the day of entry.",
    do="Correct whichever of the two dates is wrong.",
    queries=(Query("roll", "SELECT file, line FROM roll WHERE leaving_date < start_date", "leaving_date"),),
)
