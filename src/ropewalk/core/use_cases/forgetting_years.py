"""What is kept no longer: facts of school years long over, and lines set aside that nobody mended within a year."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import duckdb

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.facts.catalogue import Erasure, Snapshot
from ropewalk.core.facts.memory import in_memory
from ropewalk.core.facts.rewriting import YEARS, Part, Wanted, erase, of_years_before, parts, records_without
from ropewalk.core.facts.store import Facts, written_moment
from ropewalk.core.facts.writing import tidy
from ropewalk.core.identity.lines_aside import files_with_lines, forget_lines
from ropewalk.core.schema.calendar import academic_year
from ropewalk.core.use_cases.store_snapshot import forget_leftovers

Progress = Callable[[str], None]
LINES_KEPT = timedelta(days=366)
_FEWEST_YEARS = 1


@dataclass(frozen=True)
class Over:
    """Facts of years that are over: the first year that stays, the years and rows that go, and records without any."""

    first_kept: str
    years: tuple[str, ...]
    rows: int
    records: tuple[int, ...]


def years_over(facts: Facts, *, older_than: int, today: date) -> Over:
    """What would go of the academic years before the last so many. Raises InputRefused for fewer than one."""
    first = _first_kept(older_than, today)
    snapshot = facts.snapshot()
    with closing(in_memory()) as con:
        return _over(con, facts, snapshot, first)


def forget_years(
    facts: Facts, *, older_than: int, by: str, reason: str, now: datetime, progress: Progress = lambda _: None
) -> Erasure | None:
    """Erase facts of the academic years before the last so many, and who is known by nothing else then.

    None where there is nothing. Raises InputRefused for fewer than one year, StoreFault when nothing could be written.
    """
    first = _first_kept(older_than, now.date())
    with facts.writing(), closing(in_memory()) as con:
        snapshot = facts.snapshot()
        tidy(facts, snapshot)
        over = _over(con, facts, snapshot, first)
        if not over.rows:
            return None
        wanted = Wanted(
            kind=YEARS,
            at=written_moment(now),
            by=by,
            reason=reason,
            condition=of_years_before(first),
            records=over.records,
        )
        done = erase(con, facts, snapshot, wanted, progress)
    forget_leftovers(facts.root)
    return done


def forget_old_lines(facts: Facts, *, now: datetime, only_count: bool = False) -> int:
    """Delete lines set aside by submissions more than a year ago; how many files of them."""
    before = written_moment(now - LINES_KEPT)
    found = [
        (one.id, file)
        for one in facts.catalogue.snapshot(before).submissions
        for file in files_with_lines(facts.book, one.id)
    ]
    if found and not only_count:
        with facts.writing():
            for receipt, file in found:
                forget_lines(facts.book, receipt, file)
    return len(found)


def _first_kept(older_than: int, today: date) -> str:
    if older_than < _FEWEST_YEARS:
        raise InputRefused([Problem("Facts cannot be kept for less than a year.", "Say at least 1.")])
    start = int(academic_year(today)[:4]) - older_than
    return f"{start}/{(start + 1) % 100:02d}"


def _over(con: duckdb.DuckDBPyConnection, facts: Facts, snapshot: Snapshot, first: str) -> Over:
    every: list[Part] = parts(con, facts, snapshot, of_years_before(first))
    rows = sum(part.rows for part in every)
    records = records_without(con, facts, snapshot, of_years_before(first)) if rows else ()
    return Over(first, tuple(sorted({part.year for part in every})), rows, records)
