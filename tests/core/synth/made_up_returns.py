"""Returns of a made-up place, written for tests and read by Python's own csv module."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from ropewalk.core.returns.checks import Severity, all_checks
from ropewalk.core.returns.reading import School, read_return
from ropewalk.core.returns.tables import open_tables
from ropewalk.core.synth.returns import PlaceWanted, make_up_returns

Rows = list[dict[str, str]]


def quietly(_what: str, _done: int, _of: int) -> None:
    """No progress."""


def make(folder: Path, **wanted: object) -> list[Path]:
    """A made-up place."""
    return make_up_returns(folder, PlaceWanted(**wanted), progress=quietly)  # type: ignore[arg-type]


def rows(path: Path) -> Rows:
    """Rows of a file, spoilt or not: each line for itself."""
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        return list(csv.DictReader(file, quoting=csv.QUOTE_NONE))


def checksums(folder: Path) -> dict[str, str]:
    """What every file holds, by its path in the folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def schools(place: Path) -> list[School]:
    """The schools of the place, as a register would have them."""
    return [
        (int(row["urn"]), row["name"], row["place"], row["phase"], row["trust"] or None, None)
        for row in rows(place / "schools.csv")
    ]


@contextmanager
def checked(place: Path, paths: list[Path], today: date) -> Iterator[duckdb.DuckDBPyConnection]:
    """Files read and checked as a school's return would be."""
    with TemporaryDirectory() as scratch:
        con = open_tables(Path(scratch))
        try:
            read_return(con, paths, scratch=Path(scratch), year=None, today=today, schools=schools(place))
            yield con
        finally:
            con.close()


def found(con: duckdb.DuckDBPyConnection) -> set[tuple[str, int | None, str]]:
    """What the checks found: file, line, check."""
    return set(
        con.execute("SELECT f.name, p.line, p.check_id FROM problem AS p JOIN source_file AS f USING (file)").fetchall()
    )


def severity(check_id: str) -> Severity:
    """How much a check matters."""
    return all_checks()[check_id].severity
