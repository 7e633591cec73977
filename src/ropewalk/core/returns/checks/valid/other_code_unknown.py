"""Code not known."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Severity, Stage
from ropewalk.core.returns.checks.over_columns import columns, in_code_set, where_value

_QUERIES = tuple(
    where_value(kind, field.name, f"NOT {in_code_set(str(field.code_set))}")
    for kind, field in columns(lambda field: field.code_set is not None and not field.needed)
)

CHECK = Check(
    id="other_code_unknown",
    title="Code not known",
    stage=Stage.VALID,
    severity=Severity.WRONG,
    says="This is not a code of the list for this column. It was left out.",
    do="Use a code of the list in the template.",
    queries=_QUERIES,
)
