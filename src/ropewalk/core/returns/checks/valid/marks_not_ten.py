"""Not ten marks."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage
from ropewalk.core.returns.checks.over_columns import where_value

CHECK = Check(
    id="marks_not_ten",
    title="Not ten marks",
    stage=Stage.VALID,
    severity=Severity.REFUSED,
    says="A week has ten marks, Monday morning to Friday afternoon, with spaces between them.",
    do="Write - for a session without a mark, and # for a day the school was closed.",
    queries=(where_value("register", "marks", "len(split_marks(text)) <> 10"),),
)
