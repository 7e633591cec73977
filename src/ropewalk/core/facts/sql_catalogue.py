"""The catalogue in a database: a SQLite file in the store, or PostgreSQL.

Both speak DB-API and the same SQL; a ``Dialect`` holds what differs.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Protocol

from ropewalk.core.errors import StoreFault
from ropewalk.core.facts.catalogue import (
    Coverage,
    Erasing,
    Erasure,
    FactFile,
    NewSubmission,
    SchoolPlace,
    Snapshot,
    Submission,
)

FILE = "catalogue.sqlite"
# Seconds a writer waits for another one.
PATIENCE = 60.0
_TABLES = """
CREATE TABLE facts_store (id TEXT NOT NULL);
CREATE TABLE facts_submission (
  sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, recorded_at TEXT NOT NULL, by_whom TEXT NOT NULL,
  content TEXT NOT NULL, receipt TEXT NOT NULL);
CREATE INDEX facts_submission_content ON facts_submission (content);
CREATE TABLE facts_file (
  sequence INTEGER NOT NULL, fact_table TEXT NOT NULL, path TEXT NOT NULL, row_count BIGINT NOT NULL,
  byte_count BIGINT NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (sequence, fact_table));
CREATE TABLE facts_coverage (
  sequence INTEGER NOT NULL, fact_table TEXT NOT NULL, school INTEGER NOT NULL, year TEXT NOT NULL,
  first_day TEXT NOT NULL, last_day TEXT NOT NULL, row_count BIGINT NOT NULL, pupils BIGINT NOT NULL,
  PRIMARY KEY (sequence, fact_table, school, year));
CREATE TABLE facts_school (
  sequence INTEGER NOT NULL, school INTEGER NOT NULL, place TEXT, place_from TEXT NOT NULL,
  PRIMARY KEY (sequence, school));
"""
# Came later than the others: made with the first erasure.
_ERASURES = """
CREATE TABLE facts_erasure (
  number INTEGER PRIMARY KEY, erased_at TEXT NOT NULL, kind TEXT NOT NULL, by_whom TEXT NOT NULL, reason TEXT NOT NULL,
  years TEXT NOT NULL, row_count BIGINT NOT NULL, table_count INTEGER NOT NULL, unfinished TEXT NOT NULL)
"""


def catalogue_tables() -> list[str]:
    """The statements that make all tables of a catalogue: for whoever brings one back from a backup."""
    return [statement for statement in (*_TABLES.split(";"), _ERASURES) if statement.strip()]


class Cursor(Protocol):
    """What is used of a DB-API cursor."""

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> object:
        """Run a statement."""

    def executemany(self, sql: str, values: Sequence[Sequence[Any]], /) -> object:
        """Run a statement for each of many values."""

    def fetchall(self) -> list[Any]:
        """All rows of the last statement."""


class Connection(Protocol):
    """What is used of a DB-API connection that commits by itself unless told BEGIN."""

    def cursor(self) -> Cursor:
        """A DB-API cursor."""

    def close(self) -> None:
        """Close it."""


@dataclass(frozen=True)
class Dialect:
    """What differs between databases. ``placeholder`` stands for a value; ``begin`` opens a transaction that writes,
    and keeps other writers out until it ends; ``begin_reading`` one that sees a single state; ``has_table`` asks for
    a table by name."""

    placeholder: str
    begin: tuple[str, ...]
    begin_reading: str
    has_table: str


SQLITE = Dialect(
    placeholder="?",
    begin=("BEGIN IMMEDIATE",),
    begin_reading="BEGIN",
    has_table="SELECT 1 FROM sqlite_master WHERE name = ?",
)


class SqlCatalogue:
    """A catalogue in a database; ``connect`` gives a new connection that commits by itself unless told BEGIN."""

    def __init__(self, connect: Callable[[], Connection], dialect: Dialect = SQLITE) -> None:
        """Remember how to connect; nothing is opened yet."""
        self._connect = connect
        self._dialect = dialect

    @contextmanager
    def _transaction(self, begin: tuple[str, ...]) -> Iterator[Cursor]:
        with closing(self._connect()) as con:
            cursor = con.cursor()
            for statement in begin:
                cursor.execute(statement)
            try:
                yield cursor
            except BaseException:
                cursor.execute("ROLLBACK")
                raise
            cursor.execute("COMMIT")

    @contextmanager
    def _reading(self) -> Iterator[Cursor | None]:
        """A cursor that sees one state; None when there are no tables yet."""
        with self._transaction((self._dialect.begin_reading,)) as cursor:
            yield cursor if self._has(cursor, "facts_school") else None

    def _has(self, cursor: Cursor, table: str) -> bool:
        return bool(self._rows(cursor, self._dialect.has_table, [table]))

    def store_id(self) -> str | None:
        """Id of the folder of facts this catalogue belongs to; None before the first submission."""
        with self._reading() as cursor:
            rows = self._rows(cursor, "SELECT id FROM facts_store") if cursor else []
            return str(rows[0][0]) if rows else None

    def snapshot(self, until: str | None = None) -> Snapshot:
        """What was live at a moment, written as ``Submission.recorded_at`` is (None: now)."""
        with self._reading() as cursor:
            if cursor is None:
                return Snapshot()
            submissions = self._submissions(cursor, "recorded_at <= ?" if until else "1 = 1", [until] if until else [])
            newest = [submissions[-1].sequence if submissions else 0]
            found = [
                self._rows(cursor, f"SELECT * FROM {table} WHERE sequence <= ? ORDER BY 1, 2, 3", newest)  # noqa: S608
                for table in ("facts_file", "facts_coverage", "facts_school")
            ]
            erased = len(self._erasures(cursor))
        return Snapshot(
            tuple(submissions),
            tuple(FactFile(*row) for row in found[0]),
            tuple(Coverage(*row) for row in found[1]),
            tuple(SchoolPlace(*row) for row in found[2]),
            erased,
        )

    def by_content(self, content: str) -> Submission | None:
        """The newest submission with this content."""
        return self._newest("content = ?", content)

    def by_id(self, receipt: str) -> Submission | None:
        """The submission with this receipt."""
        return self._newest("id = ?", receipt)

    def _newest(self, condition: str, value: str) -> Submission | None:
        with self._reading() as cursor:
            found = self._submissions(cursor, condition, [value]) if cursor else []
        return found[-1] if found else None

    def commit(self, new: NewSubmission, *, store_id: str) -> None:
        """Make a submission live. Raises StoreFault when another one took its number in between."""
        with self._transaction(self._dialect.begin) as cursor:
            if not self._has(cursor, "facts_school"):
                for statement in filter(str.strip, _TABLES.split(";")):
                    cursor.execute(statement)
                self._insert(cursor, "facts_store", [(store_id,)])
            (newest,) = self._rows(cursor, "SELECT coalesce(max(sequence), 0) FROM facts_submission")[0]
            if newest + 1 != new.submission.sequence:
                raise StoreFault("Another submission was recorded at the same moment. Nothing was changed: try again.")
            self._insert(cursor, "facts_submission", [_values(new.submission)])
            self._insert(cursor, "facts_file", [_values(row) for row in new.files])
            self._insert(cursor, "facts_coverage", [_values(row) for row in new.coverage])
            self._insert(cursor, "facts_school", [_values(row) for row in new.places])

    def erasures(self) -> list[Erasure]:
        """What was ever erased, oldest first."""
        with self._reading() as cursor:
            return self._erasures(cursor) if cursor else []

    def erase(self, new: Erasing) -> None:
        """Put the files and coverage of an erasure in place. Raises StoreFault when another one came in between."""
        with self._transaction(self._dialect.begin) as cursor:
            if not self._has(cursor, "facts_erasure"):
                cursor.execute(_ERASURES)
            if len(self._erasures(cursor)) + 1 != new.erasure.number:
                raise StoreFault("Something else was erased at the same moment. Nothing was changed: try again.")
            for sequence, table in [*((file.sequence, file.table) for file in new.files), *new.gone]:
                for name in ("facts_file", "facts_coverage"):
                    sql = f"DELETE FROM {name} WHERE sequence = ? AND fact_table = ?"  # noqa: S608 - our own names
                    self._run(cursor, sql, [sequence, table])
            self._insert(cursor, "facts_file", [_values(row) for row in new.files])
            self._insert(cursor, "facts_coverage", [_values(row) for row in new.coverage])
            one = new.erasure
            told = [
                one.number,
                one.erased_at,
                one.kind,
                one.by,
                one.reason,
                json.dumps(one.years),
                one.rows,
                one.tables,
            ]
            self._insert(cursor, "facts_erasure", [(*told, new.unfinished)])

    def unfinished(self) -> dict[int, str]:
        """What is still to be done of erasures, by their number."""
        with self._reading() as cursor:
            if cursor is None or not self._has(cursor, "facts_erasure"):
                return {}
            rows = self._rows(cursor, "SELECT number, unfinished FROM facts_erasure WHERE unfinished <> ''")
            return dict(sorted(rows))

    def finish(self, number: int) -> None:
        """Nothing is left to be done of an erasure."""
        with self._transaction(self._dialect.begin) as cursor:
            self._run(cursor, "UPDATE facts_erasure SET unfinished = '' WHERE number = ?", [number])

    def rewrite(self, submissions: Sequence[Submission], name: str, *, becomes: str) -> None:
        """Put submissions in place of those of the same number, and another word for who erased, in one transaction."""
        with self._transaction(self._dialect.begin) as cursor:
            for one in submissions:
                sql = "UPDATE facts_submission SET by_whom = ?, receipt = ? WHERE sequence = ?"
                self._run(cursor, sql, [one.by, one.receipt, one.sequence])
            if self._has(cursor, "facts_erasure"):
                sql = "UPDATE facts_erasure SET by_whom = ? WHERE lower(by_whom) = lower(?)"
                self._run(cursor, sql, [becomes, name])

    def _erasures(self, cursor: Cursor) -> list[Erasure]:
        if not self._has(cursor, "facts_erasure"):
            return []
        names = "number, erased_at, kind, by_whom, reason, years, row_count, table_count"
        rows = self._rows(cursor, f"SELECT {names} FROM facts_erasure ORDER BY number")  # noqa: S608 - our own names
        return [
            Erasure(number, at, kind, by, reason, tuple(json.loads(years)), count, tables)
            for number, at, kind, by, reason, years, count, tables in rows
        ]

    def _submissions(self, cursor: Cursor, condition: str, values: list[Any]) -> list[Submission]:
        names = "sequence, id, recorded_at, by_whom, content, receipt"
        sql = f"SELECT {names} FROM facts_submission WHERE {condition} ORDER BY sequence"  # noqa: S608 - our own SQL
        return [Submission(*row) for row in self._rows(cursor, sql, values)]

    def _rows(self, cursor: Cursor, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        self._run(cursor, sql, values)
        return list(cursor.fetchall())

    def _run(self, cursor: Cursor, sql: str, values: Sequence[Any]) -> None:
        cursor.execute(sql.replace("?", self._dialect.placeholder), list(values))

    def _insert(self, cursor: Cursor, table: str, rows: list[tuple[Any, ...]]) -> None:
        if rows:
            marks = ", ".join([self._dialect.placeholder] * len(rows[0]))
            cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - our own names


def _values(row: Submission | FactFile | Coverage | SchoolPlace) -> tuple[Any, ...]:
    return tuple(getattr(row, field.name) for field in fields(row))


def sqlite_catalogue(folder: Path) -> SqlCatalogue:
    """The catalogue in a file in the folder of facts; the file is made with the first submission."""
    return SqlCatalogue(lambda: _sqlite(folder / FILE))


def _sqlite(file: Path) -> sqlite3.Connection:
    # A folder without facts stays without a file when it is only read.
    con = sqlite3.connect(file if file.parent.is_dir() else ":memory:", timeout=PATIENCE, isolation_level=None)
    con.execute("PRAGMA journal_mode = WAL")
    con.execute("PRAGMA synchronous = FULL")
    # A name that gave way to another word is overwritten, not left in the file.
    con.execute("PRAGMA secure_delete = ON")
    return con
