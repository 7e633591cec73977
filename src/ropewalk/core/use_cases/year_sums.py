"""Sums and counts of academic years: made after a submission, read whenever figures of returns are wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from datetime import date

import duckdb

from ropewalk.core.engines.duckdb_engine import YEAR_COUNT
from ropewalk.core.engines.year_counts import is_over, make_year_counts
from ropewalk.core.engines.year_sums import YEAR_SUMS, make_year_sums, way_of_counting
from ropewalk.core.facts.assembling import assemble
from ropewalk.core.facts.catalogue import Snapshot
from ropewalk.core.facts.layout import ATTENDANCE, MOVES, RESULTS, ROLL, SUSPENSIONS
from ropewalk.core.facts.memory import in_memory
from ropewalk.core.facts.store import Facts
from ropewalk.core.facts.writing import quoted
from ropewalk.core.facts.year_sums import YearSums, rests_on, years_sent
from ropewalk.core.use_cases.sent import sent_by

Progress = Callable[[str], None]


def _silent(_what: str) -> None:
    """Say nothing."""


def assemble_for_pages(con: duckdb.DuckDBPyConnection, facts: Facts, *, as_of: str | None = None) -> Snapshot:
    """Assemble the relations as pages count them: a trust's schools in one place together, never those of two."""
    snapshot = assemble(con, facts, as_of=as_of)
    con.execute("UPDATE school SET trust = place || ' ' || trust WHERE trust IS NOT NULL")
    return snapshot


def keep_year_sums(facts: Facts, *, today: date | None = None, progress: Progress = _silent) -> None:
    """Make the sums that are missing for what is known now, so that the next figures come quickly.

    With ``today`` also the counts of years that are over by then, which pages alone read.
    """
    with closing(in_memory()) as con:
        make_what_is_missing(con, facts, assemble_for_pages(con, facts), today=today, progress=progress)


def make_what_is_missing(
    con: duckdb.DuckDBPyConnection,
    facts: Facts,
    snapshot: Snapshot,
    *,
    today: date | None,
    progress: Progress = _silent,
) -> None:
    """As ``keep_year_sums``, over the relations of a snapshot assembled for pages in ``con``."""
    shelf = YearSums(facts.folder)
    # Where nothing can be written, figures are counted without: slower and the same.
    with suppress(OSError, duckdb.IOException):
        for year in years_sent(snapshot):
            key = _sums_rest_on(con, snapshot, year)
            if shelf.find(YEAR_SUMS, year, key) is None:
                progress(f"Adding up {year}")
                make_year_sums(con, year)
                shelf.keep(con, YEAR_SUMS, year, key)
                _forget(con, "TABLE", YEAR_SUMS)
        for year, key in _count_keys(con, snapshot, today) if today else ():
            if shelf.find([YEAR_COUNT], year, key) is None:
                progress(f"Counting {year}")
                open_year_sums(con, facts, snapshot, [year])
                make_year_counts(con, year, sent_by(snapshot))
                shelf.keep(con, [YEAR_COUNT], year, key, order="level, measure, key")
                _forget(con, "TABLE", [YEAR_COUNT])
    if facts.catalogue.snapshot().erased != snapshot.erased:
        shelf.forget()


def open_year_sums(con: duckdb.DuckDBPyConnection, facts: Facts, snapshot: Snapshot, years: Iterable[str]) -> bool:
    """Make the sums of some years readable in ``con`` as the engine wants them; no when any is missing or damaged."""
    wanted = sorted(set(years) & set(years_sent(snapshot)))
    shelf = YearSums(facts.folder)
    found = [shelf.find(YEAR_SUMS, year, _sums_rest_on(con, snapshot, year)) for year in wanted]
    files = [one for one in found if one is not None]
    if not files or len(files) < len(found):
        return False
    return all(_open(con, name, [quoted(one[name]) for one in files]) for name in YEAR_SUMS)


def open_year_counts(
    con: duckdb.DuckDBPyConnection, facts: Facts, snapshot: Snapshot, *, today: date
) -> frozenset[str]:
    """Make the counts of years that are over readable in ``con``, assembled for pages; the years whose are there."""
    shelf, found = YearSums(facts.folder), {}
    for year, key in _count_keys(con, snapshot, today):
        files = shelf.find([YEAR_COUNT], year, key)
        if files is not None:
            found[year] = quoted(files[YEAR_COUNT])
    return frozenset(found) if found and _open(con, YEAR_COUNT, [*found.values()]) else frozenset()


def _open(con: duckdb.DuckDBPyConnection, name: str, files: Iterable[str]) -> bool:
    """Make files readable as one relation; no when one is damaged, which its end tells."""
    try:
        con.execute(f'CREATE OR REPLACE VIEW "{name}" AS SELECT * FROM read_parquet([{", ".join(files)}])')  # noqa: S608
        con.execute(f'SELECT count(*) FROM "{name}"')  # noqa: S608 - our own names
    except duckdb.Error:
        return False
    return True


def _forget(con: duckdb.DuckDBPyConnection, kind: str, names: Iterable[str]) -> None:
    for name in names:
        con.execute(f'DROP {kind} IF EXISTS "{name}"')


def _sums_rest_on(con: duckdb.DuckDBPyConnection, snapshot: Snapshot, year: str) -> str:
    return rests_on(snapshot, _links(con), year, way_of_counting(year))


def _count_keys(con: duckdb.DuckDBPyConnection, snapshot: Snapshot, today: date) -> list[tuple[str, str]]:
    """Years that are over; their counts rest on facts of the year, moves of any, and where each school stands."""
    over = [year for year in years_sent(snapshot) if is_over(year, today)]
    schools = con.execute("SELECT school, place, phase, trust FROM school ORDER BY school").fetchall() if over else []
    stands, links = f"{schools} {sorted(sent_by(snapshot))}", _links(con)
    tables = (ATTENDANCE.id, ROLL.id, SUSPENSIONS.id, RESULTS.id)
    return [
        (
            year,
            rests_on(
                snapshot,
                links,
                year,
                f"{way_of_counting(year)} {stands}",
                of_year=tables,
                of_any_year=(MOVES.id,),
            ),
        )
        for year in over
    ]


def _links(con: duckdb.DuckDBPyConnection) -> dict[int, int]:
    return dict(con.execute("SELECT record, child FROM live_child_of").fetchall())
