"""Week does not begin on a Monday."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage
from ropewalk.core.returns.checks.over_columns import where_value

CHECK = Check(
    id="week_not_monday",
    title="Week does not begin on a Monday",
    stage=Stage.VALID,
    severity=Severity.REFUSED,
    says="A week begins on a Monday; this date is another day.",
    do="Give the Monday of the week.",
    queries=(where_value("register", "week_beginning", "isodow(understood_day(text)) <> 1"),),
)
