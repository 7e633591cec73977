"""Attendance code no longer in use."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage
from ropewalk.core.returns.checks.over_marks import marks_queries

_WITHDRAWN = (
    "EXISTS (SELECT 1 FROM attendance_code AS a WHERE a.code = used.code AND a.year = used.year AND NOT a.in_force)"
)

CHECK = Check(
    id="mark_withdrawn",
    title="Attendance code no longer in use",
    stage=Stage.VALID,
    severity=Severity.WRONG,
    says="This attendance code had been withdrawn by that academic year. It was counted as it was last defined.",
    do="Replace it by the code in use; the template lists them.",
    queries=marks_queries(_WITHDRAWN),
)
