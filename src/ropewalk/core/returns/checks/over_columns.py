"""SQL for checks that hold for every column of a kind, so that a new column needs no new rule.

Values are judged once each and not once a row (see ``understanding``): a city's million rows hold a few hundred
different dates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ropewalk.core.returns.checks.declaration import Query
from ropewalk.core.schema.returns import RETURN_FILES, Field, FieldKind

DATES = frozenset({FieldKind.DATE, FieldKind.MONDAY})
NUMBERS = frozenset({FieldKind.WHOLE, FieldKind.DECIMAL})


def columns(wanted: Callable[[Field], bool]) -> Iterator[tuple[str, Field]]:
    """Kind of return and column, of every column that is wanted."""
    for declared in RETURN_FILES.values():
        yield from ((declared.id, field) for field in declared.fields if wanted(field))


def where_value(kind: str, column: str, condition: str) -> Query:
    """Lines whose cell in a column meets a condition over ``text``; empty cells never do."""
    return Query(
        kind,
        f'SELECT file, line FROM raw_{kind} WHERE "{column}" IN ('  # noqa: S608 - names are our own
        f"SELECT text FROM text_sent WHERE kind = '{kind}' AND column_name = '{column}' AND ({condition}))",
        column,
    )


def where_values(wanted: Callable[[Field], bool], condition: str) -> tuple[Query, ...]:
    """``where_value`` for every column that is wanted."""
    return tuple(where_value(kind, field.name, condition) for kind, field in columns(wanted))


def as_number(field: Field) -> str:
    """The macro that understands a number of the column's kind."""
    return "understood_whole(text)" if field.kind is FieldKind.WHOLE else "understood_number(text)"


def in_code_set(code_set: str) -> str:
    """Condition: ``text`` was ever in the set."""
    return f"upper(text) IN (SELECT upper(code) FROM code_in_set WHERE code_set = '{code_set}')"  # noqa: S608
