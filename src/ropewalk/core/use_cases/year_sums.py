"""Sums of academic years: made after a submission, read whenever figures of returns are wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing, suppress

import duckdb

from ropewalk.core.engines.year_sums import YEAR_SUMS, make_year_sums, way_of_counting
from ropewalk.core.facts.assembling import assemble
from ropewalk.core.facts.catalogue import Snapshot
from ropewalk.core.facts.memory import in_memory
from ropewalk.core.facts.store import Facts
from ropewalk.core.facts.writing import quoted
from ropewalk.core.facts.year_sums import YearSums, rests_on, years_sent

Progress = Callable[[str], None]


def _silent(_what: str) -> None:
    """Say nothing."""


def keep_year_sums(facts: Facts, *, progress: Progress = _silent) -> None:
    """Make the sums that are missing for what is known now, so that the next figures come quickly."""
    with closing(in_memory()) as con:
        make_year_sums_if_missing(con, facts, assemble(con, facts), progress=progress)


def make_year_sums_if_missing(
    con: duckdb.DuckDBPyConnection, facts: Facts, snapshot: Snapshot, *, progress: Progress = _silent
) -> None:
    """As ``keep_year_sums``, over the relations of a snapshot assembled in ``con``."""
    shelf = YearSums(facts.folder)
    # Where nothing can be written, figures are counted without: slower and the same.
    with suppress(OSError, duckdb.IOException):
        for year, key in _keys(con, snapshot, years_sent(snapshot)):
            if shelf.find(YEAR_SUMS, year, key) is None:
                progress(f"Adding up {year}")
                make_year_sums(con, year)
                shelf.keep(con, YEAR_SUMS, year, key)
    for name in YEAR_SUMS:
        con.execute(f'DROP TABLE IF EXISTS "{name}"')


def open_year_sums(con: duckdb.DuckDBPyConnection, facts: Facts, snapshot: Snapshot, years: Iterable[str]) -> bool:
    """Make the sums of some years readable in ``con`` as the engine wants them; no when any is missing or damaged."""
    wanted = sorted(set(years) & set(years_sent(snapshot)))
    found = [YearSums(facts.folder).find(YEAR_SUMS, year, key) for year, key in _keys(con, snapshot, wanted)]
    files = [one for one in found if one is not None]
    if not files or len(files) < len(found):
        return False
    try:
        for name in YEAR_SUMS:
            listed = ", ".join(quoted(one[name]) for one in files)
            con.execute(f'CREATE OR REPLACE VIEW "{name}" AS SELECT * FROM read_parquet([{listed}])')  # noqa: S608
            # Looks at the end of each file: a damaged one is found here, and figures are counted without.
            con.execute(f'SELECT count(*) FROM "{name}"')  # noqa: S608 - our own names
    except duckdb.Error:
        return False
    return True


def _keys(con: duckdb.DuckDBPyConnection, snapshot: Snapshot, years: Iterable[str]) -> list[tuple[str, str]]:
    links = dict(con.execute("SELECT record, child FROM live_child_of").fetchall())
    return [(year, rests_on(snapshot, links, year, way_of_counting(year))) for year in years]
