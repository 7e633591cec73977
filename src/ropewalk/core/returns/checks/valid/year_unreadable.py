"""Academic year cannot be read."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage
from ropewalk.core.returns.checks.over_columns import where_value

CHECK = Check(
    id="year_unreadable",
    title="Academic year cannot be read",
    stage=Stage.VALID,
    severity=Severity.REFUSED,
    says="This is not an academic year, written 2024/25.",
    do="Correct the year and send the line again.",
    queries=(where_value("results", "year", "understood_year(text) IS NULL"),),
)
