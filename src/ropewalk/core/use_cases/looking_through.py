"""A return looked through before it is submitted: what was found, every problem, lines set aside, what would change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from ropewalk.core.facts.assembling import fill_known
from ropewalk.core.facts.store import Facts
from ropewalk.core.returns.checks import Stage
from ropewalk.core.returns.identifying import find_pupils
from ropewalk.core.returns.reading import read_return
from ropewalk.core.returns.report import ReturnReport, report
from ropewalk.core.returns.running import run_stage
from ropewalk.core.returns.setting_aside import refused_csv
from ropewalk.core.returns.submitting import schools_of
from ropewalk.core.returns.tables import open_tables
from ropewalk.core.use_cases.returns import checked_year, registered_rows

Progress = Callable[[str], None]

# For each kind: what its rows are about (a day), and what tells a row sent before from a new one.
_KINDS = {
    "roll": ("roll", "start_date", "k.school = r.urn AND k.year = r.year"),
    "register": ("attendance", "week", "k.school = r.urn AND k.week = r.week"),
    "suspensions": (
        "suspensions",
        "start_date",
        "k.school = r.urn AND k.start = r.start_date AND k.category = r.category",
    ),
    "moves": ("moves", "start_date", "k.school = r.from_urn AND k.start = r.start_date AND k.kind = r.kind"),
    "results": ("results", "NULL::DATE", "k.school = r.urn AND k.year = r.year AND k.assessment = r.assessment"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """What a return would change in one kind. Rows are counted once each.

    ``again`` of its ``rows`` take the place of rows sent before; ``pupils`` are those it names, ``unseen`` of them
    were never named in this kind by the schools it is of. ``before`` are the rows known of these schools now. Nothing
    is said of rows of other schools, which would tell whether a child is known there.
    """

    kind: str
    rows: int
    again: int
    pupils: int
    unseen: int
    before: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class ProblemAt:
    """One problem: its rule by id, and where it stands."""

    check: str
    file: str
    line: int | None
    column: str | None
    detail: str | None


@dataclass(frozen=True)
class LookedThrough:
    """Everything to be said of a return before it is stored.

    ``refused`` are, by number of the file, the lines set aside below their header, as sent: for whoever sent them.
    ``schools`` are the URNs its rows speak of.
    """

    report: ReturnReport
    problems: tuple[ProblemAt, ...]
    refused: dict[int, bytes]
    changes: tuple[Change, ...]
    schools: tuple[int, ...]


def look_through(  # noqa: PLR0913 - a return is read in one place and one moment
    facts: Facts,
    paths: Sequence[Path],
    *,
    scratch: Path,
    today: date,
    key: bytes,
    year: str | None = None,
    progress: Progress = lambda _: None,
) -> LookedThrough:
    """Check files against everything there is, and store nothing.

    Raises InputRefused for paths that cannot be opened and for a year that is none, StoreFault when the key is not
    the store's.
    """
    with closing(open_tables(scratch)) as con:
        read_return(
            con,
            paths,
            scratch=scratch,
            year=checked_year(year),
            today=today,
            schools=registered_rows(facts),
            progress=progress,
        )
        progress("Comparing with what was sent before")
        schools = tuple(schools_of(con))
        find_pupils(con, facts.book, key)
        fill_known(con, facts, schools)
        run_stage(con, Stage.CONSISTENT)
        found = report(con)
        return LookedThrough(found, _problems(con), _refused(con, found), _changes(con, schools), schools)


def _problems(con: duckdb.DuckDBPyConnection) -> tuple[ProblemAt, ...]:
    rows = con.execute(
        "SELECT check_id, name, line, column_name, detail FROM problem JOIN source_file USING (file) "
        "ORDER BY file, line, check_id, column_name"
    ).fetchall()
    return tuple(ProblemAt(*row) for row in rows)


def _refused(con: duckdb.DuckDBPyConnection, found: ReturnReport) -> dict[int, bytes]:
    return {file.file: refused_csv(con, file.file) for file in found.files if file.refused}


def _changes(con: duckdb.DuckDBPyConnection, schools: Iterable[int]) -> tuple[Change, ...]:
    here = ", ".join(str(int(school)) for school in schools) or "NULL"
    found = (_change(con, kind, here) for kind in _KINDS)
    return tuple(change for change in found if change.rows)


def _change(con: duckdb.DuckDBPyConnection, kind: str, here: str) -> Change:
    table, day, same = _KINDS[kind]
    # The known roll and suspensions hold rows of other schools too, for the checks alone.
    own = f"(SELECT * FROM known_{table} WHERE school IN ({here}))"  # noqa: S608 - whole numbers
    row = con.execute(
        f"SELECT count(*), count(*) FILTER (EXISTS (SELECT 1 FROM {own} AS k WHERE k.record = p.record AND {same})), "  # noqa: S608
        f"count(DISTINCT pupil), count(DISTINCT pupil) FILTER (NOT EXISTS (SELECT 1 FROM {own} AS k "
        f"WHERE k.record = p.record)), min({day}), max({day}) "
        f"FROM {kind} AS r LEFT JOIN pupil_record AS p USING (pupil)"
    ).fetchone()
    [(before,)] = con.execute(f"SELECT count(*) FROM {own}").fetchall()  # noqa: S608 - whole numbers
    rows, again, pupils, unseen, first, last = row or (0, 0, 0, 0, None, None)
    return Change(kind, rows, again, pupils, unseen, before, first, last)
