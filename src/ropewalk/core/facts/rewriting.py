"""Writing the files of facts again without some of their rows, and the step of the catalogue that makes them live."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import duckdb

from ropewalk.core.facts.catalogue import Coverage, Erasing, Erasure, FactFile, Snapshot
from ropewalk.core.facts.erasing import Remainder, finish_erasures
from ropewalk.core.facts.layout import FACT_TABLES, FactTable
from ropewalk.core.facts.store import FACTS, Facts, believed
from ropewalk.core.facts.writing import SUBMISSION, quoted, span_year, write_rows
from ropewalk.core.identity.book import standings
from ropewalk.core.identity.lines_aside import forget_drafts
from ropewalk.core.identity.links import children

CHILD, SCHOOL, YEARS = "child", "school", "years"
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of a fact table that a submission brought about a school and academic year, and how many of them there are.

    Rows are counted whether or not later ones replaced them.
    """

    sequence: int
    table: str
    school: int
    year: str
    rows: int


@dataclass
class Rewritten:
    """What takes the place of the files that hold rows to be erased."""

    files: list[FactFile] = field(default_factory=list)
    coverage: list[Coverage] = field(default_factory=list)
    gone: list[tuple[int, str]] = field(default_factory=list)
    old: list[str] = field(default_factory=list)


# SQL that tells rows of a fact table to be erased from those that stay.
Condition = Callable[[FactTable], str]


def of_records(records: tuple[int, ...]) -> Condition:
    """Rows of some records."""
    listed = ", ".join(str(int(record)) for record in records) or "NULL"
    return lambda _table: f"record IN ({listed})"


def of_school(school: int) -> Condition:
    """Rows that a school sent."""
    return lambda _table: f"school = {int(school)}"


def of_years_before(year: str) -> Condition:
    """Rows about academic years before one, as 2019/20."""
    return lambda table: f"{span_year(table)} < '{year}'"


def parts(con: duckdb.DuckDBPyConnection, facts: Facts, snapshot: Snapshot, condition: Condition) -> list[Part]:
    """What there is of such rows, in every submission."""
    found: list[Part] = []
    for table in FACT_TABLES.values():
        files = [quoted(facts.folder / file.path) for file in snapshot.files if file.table == table.id]
        if files:
            rows = con.execute(
                f"SELECT {SUBMISSION}, '{table.id}', school, {span_year(table)} AS y, count(*) "  # noqa: S608
                f"FROM read_parquet([{', '.join(files)}]) WHERE {condition(table)} GROUP BY ALL ORDER BY ALL"
            ).fetchall()
            found += [Part(*row) for row in rows]
    return found


def records_without(
    con: duckdb.DuckDBPyConnection, facts: Facts, snapshot: Snapshot, condition: Condition
) -> tuple[int, ...]:
    """Records of which no facts stay without such rows, nor of any record that links hold to them."""
    child_of = children(facts.book, believed(snapshot, None))
    stay: set[int] = set()
    for table in FACT_TABLES.values():
        files = [quoted(facts.folder / file.path) for file in snapshot.files if file.table == table.id]
        if files:
            sql = (
                f"SELECT DISTINCT record FROM read_parquet([{', '.join(files)}]) "  # noqa: S608 - our own SQL
                f"WHERE ({condition(table)}) IS NOT TRUE"
            )
            stay |= {child_of.get(record, record) for (record,) in con.execute(sql).fetchall()}
    return tuple(sorted(record for record in standings(facts.book) if child_of.get(record, record) not in stay))


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Who erases what, when and why. ``put`` and ``delete`` see ``Remainder``; ``records`` leave the book."""

    kind: str
    at: str
    by: str
    reason: str
    condition: Condition
    records: tuple[int, ...] = ()
    put: dict[str, str] = field(default_factory=dict)
    delete: tuple[str, ...] = ()


def erase(
    con: duckdb.DuckDBPyConnection, facts: Facts, snapshot: Snapshot, wanted: Wanted, progress: Progress
) -> Erasure:
    """Take rows out of the facts for good. Only call it with the lock of the facts held.

    One committed row of the catalogue decides: a process killed before it has changed nothing, and what one killed
    after it left is done by the next that writes.
    """
    earlier = facts.catalogue.erasures()
    number = len(earlier) + 1
    found = parts(con, facts, snapshot, wanted.condition)
    done = _rewrite(con, facts, snapshot, (found, wanted.condition, number), progress)
    times = [
        wanted.at,
        *(one.erased_at for one in earlier[-1:]),
        *(one.recorded_at for one in snapshot.submissions[-1:]),
    ]
    erasure = Erasure(
        number,
        max(times),
        wanted.kind,
        wanted.by,
        wanted.reason,
        tuple(sorted({part.year for part in found if part.year})),
        sum(part.rows for part in found),
        len({part.table for part in found}),
    )
    old = tuple(f"{FACTS}/{path}" for path in done.old)
    left = Remainder(wanted.put, (*old, *wanted.delete), wanted.records)
    progress("Erasing")
    facts.catalogue.erase(Erasing(erasure, done.files, done.coverage, done.gone, left.text))
    progress("Erased; taking the last traces off the disk")
    finish_erasures(facts.root, facts.catalogue, facts.book)
    forget_drafts(facts.book)
    return erasure


def _rewrite(
    con: duckdb.DuckDBPyConnection,
    facts: Facts,
    snapshot: Snapshot,
    what: tuple[list[Part], Condition, int],
    progress: Progress,
) -> Rewritten:
    found, condition, number = what
    receipts = {submission.sequence: submission.id for submission in snapshot.submissions}
    rows: dict[tuple[int, str], int] = {}
    for part in found:
        rows[part.sequence, part.table] = rows.get((part.sequence, part.table), 0) + part.rows
    done = Rewritten()
    for file in snapshot.files:
        erased = rows.get((file.sequence, file.table), 0)
        if not erased:
            continue
        done.old.append(file.path)
        if erased == file.rows:
            done.gone.append((file.sequence, file.table))
            continue
        table = FACT_TABLES[file.table]
        progress(f"Writing {file.table} of {receipts[file.sequence]} again")
        kept = f"SELECT * FROM read_parquet({quoted(facts.folder / file.path)}) WHERE ({condition(table)}) IS NOT TRUE"  # noqa: S608
        path = facts.folder / table.id / f"{receipts[file.sequence]}-{number}.parquet"
        fresh, covered = write_rows(con, kept, table, path, file.sequence)
        done.files.append(fresh)
        done.coverage += covered
    return done
