"""Example row left in."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.schema.returns import RETURN_FILES

# The first cell of the template's example row begins with this word.
_QUERIES = tuple(
    Query(kind, f"SELECT file, line FROM raw_{kind} WHERE \"{declared.columns[0]}\" ILIKE 'example%'")  # noqa: S608
    for kind, declared in RETURN_FILES.items()
)

CHECK = Check(
    id="example_left_in",
    title="Example row left in",
    stage=Stage.SHAPED,
    severity=Severity.REFUSED,
    says="The template's example row is still there.",
    do="Nothing: the line is not counted. Deleting it from the file keeps the list of problems short.",
    queries=_QUERIES,
)
