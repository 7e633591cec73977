"""Needed cell empty."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.over_columns import columns

_QUERIES = tuple(
    Query(kind, f'SELECT file, line FROM raw_{kind} WHERE "{field.name}" IS NULL', field.name)  # noqa: S608
    for kind, field in columns(lambda field: field.needed)
)

CHECK = Check(
    id="value_missing",
    title="Needed cell empty",
    stage=Stage.SHAPED,
    severity=Severity.REFUSED,
    says="A cell that every row needs is empty.",
    do="Fill it in and send the line again.",
    queries=_QUERIES,
)
