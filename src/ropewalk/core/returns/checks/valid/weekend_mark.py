"""Mark on a weekend."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage
from ropewalk.core.returns.checks.over_columns import where_value

CHECK = Check(
    id="weekend_mark",
    title="Mark on a weekend",
    stage=Stage.VALID,
    severity=Severity.REFUSED,
    says="This date is a Saturday or a Sunday.",
    do="Correct the date.",
    queries=(where_value("marks", "date", "isodow(understood_day(text)) > 5"),),
)
