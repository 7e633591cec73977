"""Nothing ends before it begins."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage

CHECK = Check(
    id="move_ends_before_start",
    title="Move ends before it begins",
    stage=Stage.PLAUSIBLE,
    severity=Severity.WRONG,
    says="The last day comes before the first day.",
    do="Correct whichever of the two dates is wrong.",
    queries=(Query("moves", "SELECT file, line FROM moves WHERE end_date < start_date", "end_date"),),
)
