"""Not ten marks."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage

CHECK = Check(
    id="marks_not_ten",
    title="Not ten marks",
    stage=Stage.VALID,
    severity=Severity.REFUSED,
    says="A week has ten marks, Monday morning to Friday afternoon, with spaces between them.",
    do="Write - for a session without a mark, and # for a day the school was closed.",
    queries=(
        Query(
            "register",
            "SELECT file, line FROM raw_register WHERE marks IN (SELECT text FROM marks_text WHERE len(codes) <> 10)",
            "marks",
        ),
    ),
)
