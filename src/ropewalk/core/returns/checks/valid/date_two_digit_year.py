"""Year with two digits."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage
from ropewalk.core.returns.checks.over_columns import DATES, where_values

CHECK = Check(
    id="date_two_digit_year",
    title="Year with two digits",
    stage=Stage.VALID,
    severity=Severity.WRONG,
    says="The year has only two digits. It was read as 20xx.",
    do="Write the year with four digits.",
    queries=where_values(
        lambda field: field.kind in DATES, "date_has_two_digits(text) AND understood_day(text) IS NOT NULL"
    ),
)
