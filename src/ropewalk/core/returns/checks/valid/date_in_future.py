"""Date in the future."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage
from ropewalk.core.returns.checks.over_columns import DATES, where_values

_MAY_LIE_AHEAD = frozenset({"review_date", "end_date"})

CHECK = Check(
    id="date_in_future",
    title="Date in the future",
    stage=Stage.VALID,
    severity=Severity.WRONG,
    says="This date has not come yet.",
    do="Correct the date.",
    queries=where_values(
        lambda field: field.kind in DATES and field.name not in _MAY_LIE_AHEAD,
        "understood_day(text) > (SELECT today FROM context)",
    ),
)
