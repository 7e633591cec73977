"""Attendance code of a later year."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage
from ropewalk.core.returns.checks.over_marks import marks_queries

_LATER = (
    "used.year IS NOT NULL AND EXISTS (SELECT 1 FROM attendance_code AS a WHERE a.code = used.code) "
    "AND NOT EXISTS (SELECT 1 FROM attendance_code AS a WHERE a.code = used.code AND a.year = used.year)"
)

CHECK = Check(
    id="mark_not_yet_in_force",
    title="Attendance code of a later year",
    stage=Stage.VALID,
    severity=Severity.REFUSED,
    says="This attendance code was not in use yet in that academic year.",
    do="Use the codes of the year of the date; the template lists them.",
    queries=marks_queries(_LATER),
)
