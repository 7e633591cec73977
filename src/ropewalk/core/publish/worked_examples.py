"""Worked examples of measures as a page: tables in, figures out. Tests hold every engine to them."""

from __future__ import annotations

from collections.abc import Iterator

from ropewalk.core.engines.examples import Example, all_examples
from ropewalk.core.engines.examples.declaration import read
from ropewalk.core.measures import measure
from ropewalk.core.measures.meaning import RESULT_GRAIN, DaysLost, ResultMean, is_count
from ropewalk.core.schema.periods import words

_TABLES = {
    "school": "Schools",
    "enrolment": "Roll",
    "attendance": "Register, in sessions",
    "suspension": "Suspensions and exclusions",
    "move": "Moves",
    "result": "Results",
}


def worked_examples_page() -> str:
    """All worked examples, as Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Worked examples of figures from returns\n"
    yield "Written from `src/ropewalk/core/engines/examples/` by `make docs`; every engine is held to these figures."
    yield "Schools and children are made up. A blank cell means that nothing is known or sent."
    for example in all_examples():
        yield from _one(example)


def _one(example: Example) -> Iterator[str]:
    yield f"\n## {example.title}\n"
    yield "\n\n".join(example.says)
    for name, title in _TABLES.items():
        rows = read(example.tables.get(name, ""))
        if rows:
            yield f"\n{title}\n"
            yield from _table(list(rows[0]), [list(row.values()) for row in rows])
    yield f"\nFigures, as on {words(example.today.isoformat())}\n"
    columns = read(example.figures)
    shown = [name for name in columns[0] if name not in ("numerator", "denominator")]
    yield from _table(
        [*shown, "numerator", "denominator", "value"],
        [[*(row[name] for name in shown), row["numerator"], row["denominator"], _value(row)] for row in columns],
    )


def _table(names: list[str], rows: list[list[str]]) -> Iterator[str]:
    yield f"| {' | '.join(names)} |"
    yield f"|{'|'.join('---' for _ in names)}|"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _value(row: dict[str, str]) -> str:
    """The value with the unit a reader sees, or why there is none."""
    declared = measure(row["measure"])
    meaning = declared.meaning
    if meaning is None or not row["numerator"]:
        return "not available"
    numerator = int(row["numerator"])
    if isinstance(meaning, DaysLost):
        return f"{numerator / 2:g} days"
    if is_count(meaning):
        return f"{numerator:,}"
    if not row["denominator"]:
        return "not available"
    if row["denominator"] == "0":
        return "does not apply"
    if isinstance(meaning, ResultMean):
        return f"{numerator / RESULT_GRAIN / int(row['denominator']):g}"
    return f"{100 * numerator / int(row['denominator']):.{declared.digits}f}%"
