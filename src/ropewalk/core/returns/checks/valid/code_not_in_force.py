"""Code of another year."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.over_columns import columns, in_code_set
from ropewalk.core.schema.code_sets import code_set
from ropewalk.core.schema.returns import Field

# The day whose academic year decides: an enrolment goes on until its last day.
_DAY = {
    "roll": "coalesce(understood_day(leaving_date), (SELECT today FROM context))",
    "suspensions": "understood_day(start_date)",
    "moves": "understood_day(start_date)",
}


def _query(kind: str, field: Field) -> Query:
    """Lines with a known code that does not hold in the year of their day."""
    known = in_code_set(str(field.code_set)).replace("text", f'"{field.name}"')
    return Query(
        kind,
        f"SELECT file, line FROM raw_{kind} WHERE {known} AND {_DAY[kind]} IS NOT NULL AND NOT EXISTS ("  # noqa: S608
        f"SELECT 1 FROM code_in_set WHERE code_set = '{field.code_set}' AND code = upper(\"{field.name}\") "
        f"AND coalesce(since, '') <= academic_year({_DAY[kind]}) "
        f"AND coalesce(until, '9') >= academic_year({_DAY[kind]}))",
        field.name,
    )


_QUERIES = tuple(
    _query(kind, field)
    for kind, field in columns(lambda field: field.code_set is not None)
    if kind in _DAY and any(code.since or code.until for code in code_set(str(field.code_set)).codes)
)

CHECK = Check(
    id="code_not_in_force",
    title="Code of another year",
    stage=Stage.VALID,
    severity=Severity.WRONG,
    says="This code was not in use in that academic year.",
    do="Use a code of the year; the template lists them.",
    queries=_QUERIES,
)
