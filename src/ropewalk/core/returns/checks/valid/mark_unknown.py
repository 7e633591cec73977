"""Not an attendance code."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage
from ropewalk.core.returns.checks.over_marks import marks_queries

CHECK = Check(
    id="mark_unknown",
    title="Not an attendance code",
    stage=Stage.VALID,
    severity=Severity.REFUSED,
    says="This mark is not a national attendance code of any year.",
    do="Use the national codes; the template lists them.",
    queries=marks_queries("NOT EXISTS (SELECT 1 FROM attendance_code AS a WHERE a.code = used.code)"),
)
