"""Which rows hold at a moment: of rows with one key those of the submission recorded last.

In the common case nothing was sent twice; the catalogue's coverage shows that without a look at the rows, and the
files are read as they are. Where the spans of two submissions for one school meet, and where links hold records
together as one child, the rows that hold are sought out once into a table of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import duckdb

from ropewalk.core.facts.catalogue import Coverage, Snapshot
from ropewalk.core.facts.filling import fill
from ropewalk.core.facts.layout import ATTENDANCE, FactTable
from ropewalk.core.facts.store import Facts
from ropewalk.core.facts.writing import SPAN, SUBMISSION, quoted

CHILD_OF = "child_of"


@dataclass(frozen=True)
class LiveFacts:
    """Where the live rows of a moment are found. ``prefix`` keeps the names of helping tables apart from others."""

    facts: Facts
    snapshot: Snapshot
    prefix: str = "live_"


def fill_children(con: duckdb.DuckDBPyConnection, live: LiveFacts, children: dict[int, int]) -> None:
    """Make the small table of records that links hold to others: ``record``, ``child``."""
    fill(
        con,
        f"{live.prefix}{CHILD_OF}",
        {"record": ("INTEGER", children.keys()), "child": ("INTEGER", children.values())},
    )


def live_rows(
    con: duckdb.DuckDBPyConnection,
    live: LiveFacts,
    table: FactTable,
    columns: Sequence[str] | None = None,
    schools: Iterable[int] | None = None,
) -> str:
    """SQL (a SELECT) for the live rows of a fact table: its columns, or those named, then ``child``.

    ``schools`` None is all of them. ``fill_children`` must have run. May make a helping table in ``con``.
    """
    names = list(columns or [column.name for column in table.columns])
    wanted = None if schools is None else set(schools)
    coverage = [
        one for one in live.snapshot.coverage if one.table == table.id and (wanted is None or one.school in wanted)
    ]
    if not coverage:
        return _none(table, names)
    source = _source(live, table, {one.sequence for one in coverage}, wanted)
    doubtful = _doubtful(con, live, table, coverage)
    listed = ", ".join(f"f.{name}" for name in _quoted(names))
    # One condition after the other: each is a look-up of its own, where one of several would be tried row by row.
    certain = " AND ".join(f"NOT ({condition})" for condition in doubtful) or "true"
    sql = f"SELECT {listed}, f.record AS child FROM {source} AS f WHERE {certain}"  # noqa: S608 - our own names
    if not doubtful:
        return sql
    settled = _settle(con, live, table, (source, " OR ".join(doubtful), names))
    return f"{sql} UNION ALL SELECT {', '.join(_quoted(names))}, child FROM {settled}"  # noqa: S608


def _none(table: FactTable, names: Sequence[str]) -> str:
    types = {column.name: column.type for column in table.columns}
    empty = ", ".join(f'CAST(NULL AS {types[name]}) AS "{name}"' for name in names)
    return f"SELECT {empty}, CAST(NULL AS INTEGER) AS child WHERE false"


def _source(live: LiveFacts, table: FactTable, sequences: set[int], schools: set[int] | None) -> str:
    """The files of these submissions, as something to select from."""
    files = [
        quoted(live.facts.folder / file.path)
        for file in live.snapshot.files
        if file.table == table.id and file.sequence in sequences
    ]
    read = f"read_parquet([{', '.join(files)}])"
    if schools is None:
        return read
    return f"(SELECT * FROM {read} WHERE school IN ({', '.join(str(int(school)) for school in sorted(schools))}))"  # noqa: S608


def _doubtful(
    con: duckdb.DuckDBPyConnection, live: LiveFacts, table: FactTable, coverage: Iterable[Coverage]
) -> list[str]:
    """SQL conditions on a row ``f``, each of them a reason why another row may have its key."""
    linked = f"f.record IN (SELECT record FROM {live.prefix}{CHILD_OF})"  # noqa: S608
    [(count,)] = con.execute(f"SELECT count(*) FROM {live.prefix}{CHILD_OF}").fetchall()  # noqa: S608
    conditions = [linked] if count else []
    met = meeting_spans(coverage)
    if met:
        name = f"{live.prefix}met_{table.id}"
        schools, first, last = zip(*met, strict=True)
        fill(con, name, {"school": ("INTEGER", schools), "first": ("VARCHAR", first), "last": ("VARCHAR", last)})
        conditions.append(_meets(con, name, table))
    return conditions


def _meets(con: duckdb.DuckDBPyConnection, name: str, table: FactTable) -> str:
    span = f'f."{SPAN[table.id]}"'
    if table is not ATTENDANCE:
        inside = f"m.school = f.school AND CAST({span} AS VARCHAR) BETWEEN m.first AND m.last"
        return f"EXISTS (SELECT 1 FROM {name} AS m WHERE {inside})"  # noqa: S608 - our own names
    # Weeks are few: named one by one, as one number with the school, they are looked up instead of compared.
    con.execute(
        f"CREATE OR REPLACE TABLE {name}_weeks AS SELECT DISTINCT {_school_week('school', 'week')} AS school_week "  # noqa: S608
        "FROM (SELECT school, CAST(unnest(generate_series("
        f"CAST(first AS TIMESTAMP), CAST(last AS TIMESTAMP), INTERVAL 7 DAY)) AS DATE) AS week FROM {name})"
    )
    return f"{_school_week('f.school', span)} IN (SELECT school_week FROM {name}_weeks)"  # noqa: S608


def _school_week(school: str, week: str) -> str:
    return f"(CAST({school} AS BIGINT) * 1000000 + ({week} - DATE '1970-01-01'))"


def meeting_spans(coverage: Iterable[Coverage]) -> list[tuple[int, str, str]]:
    """Schools and spans (first and last day, as written) that more than one submission covers."""
    found: list[tuple[int, str, str]] = []
    reach: dict[int, tuple[str, str]] = {}
    for one in sorted(coverage, key=lambda c: (c.school, c.first, c.last)):
        before = reach.get(one.school)
        if before and one.first <= before[1]:
            found.append((one.school, one.first, min(one.last, before[1])))
        if before is None or one.last > before[1]:
            reach[one.school] = (one.first, one.last)
    return found


def _settle(
    con: duckdb.DuckDBPyConnection, live: LiveFacts, table: FactTable, parts: tuple[str, str, list[str]]
) -> str:
    """A table of the rows that hold among the doubtful ones. Keys speak of the child, not of the record."""
    source, doubtful, names = parts
    name = f"{live.prefix}settled_{table.id}"
    key = ", ".join("child" if part == "record" else f'"{part}"' for part in table.key)
    needed = ", ".join(f"f.{part}" for part in _quoted(dict.fromkeys([*table.key, *names])))
    rows = (
        f"SELECT {needed}, f.{SUBMISSION}, coalesce(l.child, f.record) AS child FROM {source} AS f "  # noqa: S608
        f"LEFT JOIN {live.prefix}{CHILD_OF} AS l ON l.record = f.record WHERE {doubtful}"
    )
    newest = f"SELECT {key}, max({SUBMISSION}) AS {SUBMISSION} FROM doubtful GROUP BY ALL"  # noqa: S608
    # Doubtful rows are few among millions: look for them once.
    con.execute(
        f"CREATE OR REPLACE TABLE {name} AS WITH doubtful AS MATERIALIZED ({rows}) "  # noqa: S608
        f"SELECT {', '.join(_quoted(names))}, child FROM doubtful JOIN ({newest}) USING ({key}, {SUBMISSION})"
    )
    return name


def _quoted(names: Iterable[str]) -> list[str]:
    return [f'"{name}"' for name in names]
