"""Header row again."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.schema.returns import RETURN_FILES, ReturnFile


def _repeated(declared: ReturnFile) -> Query:
    """Lines whose cells, in all needed columns, are the names of the columns."""
    same = " AND ".join(
        f"regexp_replace(lower(\"{field.name}\"), '[\\s_-]', '', 'g') = '{field.name.replace('_', '')}'"
        for field in declared.fields
        if field.needed
    )
    return Query(declared.id, f"SELECT file, line FROM raw_{declared.id} WHERE {same}")  # noqa: S608


CHECK = Check(
    id="header_repeated",
    title="Header row again",
    stage=Stage.SHAPED,
    severity=Severity.REFUSED,
    says="The header row stands here again, between the rows.",
    do="Nothing: the line holds no data. Joining files without their header rows avoids this.",
    queries=tuple(_repeated(declared) for declared in RETURN_FILES.values()),
)
