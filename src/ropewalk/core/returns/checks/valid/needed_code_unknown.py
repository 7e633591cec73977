"""Needed code not known."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage
from ropewalk.core.returns.checks.over_columns import columns, in_code_set, where_value

_QUERIES = tuple(
    where_value(kind, field.name, f"NOT {in_code_set(str(field.code_set))}")
    for kind, field in columns(lambda field: field.code_set is not None and field.needed)
)

CHECK = Check(
    id="needed_code_unknown",
    title="Needed code not known",
    stage=Stage.VALID,
    severity=Severity.REFUSED,
    says="This cell needs one of the codes of its list; it holds another.",
    do="Use a code of the list in the template, and send the line again.",
    queries=_QUERIES,
)
