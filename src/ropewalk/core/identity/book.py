"""The book of who is who: a file of its own beside the facts, readable only by whoever runs Ropewalk.

It knows for each pupil record its pseudonym and, in tables of their own (``number``, ``person``), the number and the
names it came from: they are needed to recognise a child without a usable number, to change the key, and to show a
school its own list. Both are sealed: without the key nobody reads them. The facts hold record numbers and nothing else.

What a submission writes here carries the submission's receipt and counts only once the catalogue says the submission
is live; so a process killed in between changes nothing.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from ropewalk.core.errors import StoreFault
from ropewalk.core.identity.pseudonyms import key_check, pseudonym
from ropewalk.core.identity.sealing import Seal

FILE = "book.sqlite"
# Seconds a writer waits for another one.
PATIENCE = 60.0
_TABLES = """
CREATE TABLE IF NOT EXISTS key_check (value BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS record (
  record INTEGER PRIMARY KEY, pseudonym BLOB NOT NULL UNIQUE, standing TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS number (record INTEGER PRIMARY KEY, sealed BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS person (
  record INTEGER NOT NULL, submission TEXT NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (record, submission));
CREATE TABLE IF NOT EXISTS link (
  id INTEGER PRIMARY KEY, record INTEGER NOT NULL, other INTEGER NOT NULL, kind TEXT NOT NULL, probability REAL,
  undoes INTEGER, by_whom TEXT NOT NULL, recorded_at TEXT NOT NULL, submission TEXT);
CREATE INDEX IF NOT EXISTS link_pair ON link (record, other);
CREATE TABLE IF NOT EXISTS proposal (
  record INTEGER NOT NULL, other INTEGER NOT NULL, probability REAL NOT NULL, proposed_at TEXT NOT NULL,
  PRIMARY KEY (record, other));
"""
# Came later than the others: made where it is missing.
_DATA_KEY = "CREATE TABLE IF NOT EXISTS data_key (sealed BLOB NOT NULL)"
_HIGHEST = "CREATE TABLE IF NOT EXISTS highest (record INTEGER NOT NULL)"
_DATA_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Person:
    """What helps to recognise a child. ``date_of_birth`` as YYYY-MM-DD. Never printed, never in facts."""

    record: int
    surname: str | None
    forename: str | None
    date_of_birth: str | None
    sex: str | None
    postcode: str | None


@dataclass(frozen=True, slots=True)
class Number:
    """A pupil's number as ``pseudonyms.written`` writes it, and what it is worth for recognising the child.

    ``standing``: ``national`` for a valid permanent number, ``temporary``, ``doubtful`` (wrong check letter), or
    ``local`` (known to one school only).
    """

    written: str
    standing: str


class Book:
    """The book in a folder; nothing is read or made until it is used."""

    def __init__(self, folder: Path) -> None:
        """Remember the folder, ``identity`` within a store."""
        self.folder = folder
        self.file = folder / FILE

    @property
    def exists(self) -> bool:
        """Whether anything was ever written."""
        return self.file.exists()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection in one transaction, committed at the end; the file is made when it is not there."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.folder.chmod(0o700)
        fresh = not self.file.exists()
        self.file.touch(mode=0o600)
        with closing(self._connect()) as con:
            con.execute("PRAGMA journal_mode = WAL")
            con.execute("PRAGMA synchronous = FULL")
            con.execute("BEGIN IMMEDIATE")
            try:
                # Also when the file was there: a process may have been killed between making it and its tables.
                if fresh or not _has_tables(con):
                    for statement in _TABLES.split(";"):
                        con.execute(statement)
                yield con
            except BaseException:
                con.execute("ROLLBACK")
                raise
            con.execute("COMMIT")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection | None]:
        """A connection that sees one state; None when there is no book yet."""
        if not self.exists:
            yield None
            return
        with closing(self._connect()) as con:
            con.execute("BEGIN")
            yield con if _has_tables(con) else None

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self.file, timeout=PATIENCE, isolation_level=None)

    def find(self, numbers: Collection[Number], key: bytes) -> dict[str, int]:
        """Records of the numbers already known, by the number as written."""
        with self.reading() as con:
            if con is None:
                return {}
            _check_key(con, key)
            return _known(con, {pseudonym(key, one.written): one for one in numbers})

    def identify(self, numbers: Collection[Number], key: bytes) -> dict[str, int]:
        """Records of the numbers, by the number as written; new ones are given the next free record numbers.

        Raises StoreFault when the book was written with another key.
        """
        with self.writing() as con:
            _settle_key(con, key)
            by_pseudonym = {pseudonym(key, one.written): one for one in numbers}
            found = _known(con, by_pseudonym)
            last = _highest(con)
            # In the order of the pseudonyms: the record number says nothing of the pupil's number.
            fresh = sorted(item for item in by_pseudonym.items() if item[1].written not in found)
            rows = [(last + place, hashed, one) for place, (hashed, one) in enumerate(fresh, start=1)]
            con.executemany(
                "INSERT INTO record VALUES (?, ?, ?)", [(record, hashed, one.standing) for record, hashed, one in rows]
            )
            seal = Seal(key)
            con.executemany(
                "INSERT INTO number VALUES (?, ?)",
                [(record, seal.close(one.written, _number_of(record))) for record, _, one in rows],
            )
            return found | {one.written: record for record, _, one in rows}

    def keep_persons(self, persons: Iterable[Person], submission: str, key: bytes) -> None:
        """Keep what a submission says of each record's person. Raises StoreFault for another key."""
        seal = Seal(key)
        with self.writing() as con:
            _check_key(con, key)
            con.executemany(
                "INSERT OR REPLACE INTO person VALUES (?, ?, ?)",
                [(p.record, submission, _sealed(p, submission, seal)) for p in persons],
            )

    def tidy(self, live: Sequence[str]) -> None:
        """Forget what submissions that never went live said, and names that a newer live submission replaced.

        ``live`` are the receipts of all live submissions, oldest first. Only call it while no submission is under way.
        """
        if not self.exists:
            return
        with self.writing() as con:
            con.execute("CREATE TEMP TABLE live (receipt TEXT PRIMARY KEY, place INTEGER)")
            con.executemany("INSERT INTO live VALUES (?, ?)", [(receipt, n) for n, receipt in enumerate(live)])
            con.execute("DELETE FROM person WHERE submission NOT IN (SELECT receipt FROM live)")
            con.execute(
                "DELETE FROM link WHERE submission IS NOT NULL AND submission NOT IN (SELECT receipt FROM live)"
            )
            con.execute(
                "DELETE FROM person WHERE (record, submission) IN (SELECT record, submission FROM ("
                "  SELECT record, submission, row_number() OVER (PARTITION BY record ORDER BY place DESC) AS nth"
                "  FROM person JOIN live ON receipt = submission) WHERE nth > 1)"
            )

    def forget(self, records: Collection[int]) -> None:
        """Take records out for good: their numbers, names, links, and whatever the file still holds of deleted rows."""
        if not self.exists:
            return
        with self.writing() as con:
            # A number that was a child's is never another's: logs may still speak of it.
            con.execute(_HIGHEST)
            con.execute("INSERT INTO highest VALUES (?)", [_highest(con)])
            con.execute("CREATE TEMP TABLE gone (record INTEGER PRIMARY KEY)")
            con.executemany("INSERT INTO gone VALUES (?)", [(record,) for record in records])
            for table in ("record", "number", "person"):
                con.execute(f"DELETE FROM {table} WHERE record IN (SELECT record FROM gone)")  # noqa: S608 - our own names
            for table in ("link", "proposal"):
                con.execute(
                    f"DELETE FROM {table} WHERE record IN (SELECT record FROM gone) "  # noqa: S608
                    "OR other IN (SELECT record FROM gone)"
                )
        with closing(self._connect()) as con:
            # The file is written anew and the log of changes emptied: deleted rows stand in both until then.
            con.execute("VACUUM")
            con.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def change_key(self, old: bytes, new: bytes) -> int:
        """Make every pseudonym again, and seal names and numbers, with a new key in one transaction; how many records.

        Raises StoreFault when ``old`` is not the key the book was written with.
        """
        if not self.exists:
            return 0
        with self.writing() as con:
            _check_key(con, old)
            before, after = Seal(old), Seal(new)
            numbers = [
                (record, before.open(sealed, _number_of(record)))
                for record, sealed in con.execute("SELECT record, sealed FROM number")
            ]
            con.executemany(
                "UPDATE record SET pseudonym = ? WHERE record = ?",
                [(pseudonym(new, number), record) for record, number in numbers],
            )
            con.executemany(
                "UPDATE number SET sealed = ? WHERE record = ?",
                [(after.close(number, _number_of(record)), record) for record, number in numbers],
            )
            people = [
                (after.close(before.open(sealed, of), of), record, submission)
                for record, submission, sealed in con.execute("SELECT record, submission, sealed FROM person")
                for of in [_person_of(record, submission)]
            ]
            con.executemany("UPDATE person SET sealed = ? WHERE record = ? AND submission = ?", people)
            data_key = _data_key(con, before)
            if data_key is not None:
                con.execute("UPDATE data_key SET sealed = ?", [after.close(data_key.hex(), "data key")])
            con.execute("UPDATE key_check SET value = ?", [key_check(new)])
            return len(numbers)

    def data_key(self, key: bytes, *, make: bool = False) -> bytes:
        """The random key that seals files of this store; it is kept here, sealed with ``key``.

        Raises StoreFault when ``key`` is not the book's, and when there is none and ``make`` is no.
        """
        with self.reading() as con:
            if con is not None:
                _check_key(con, key)
            found = _data_key(con, Seal(key)) if con is not None else None
        if found is not None:
            return found
        if not make:
            raise StoreFault("The book of who is who holds no key for files. Put back a copy of the store.")
        with self.writing() as con:
            _settle_key(con, key)
            con.execute(_DATA_KEY)
            # Somebody may have been quicker.
            made = _data_key(con, Seal(key)) or os.urandom(_DATA_KEY_BYTES)
            con.execute("DELETE FROM data_key")
            con.execute("INSERT INTO data_key VALUES (?)", [Seal(key).close(made.hex(), "data key")])
            return made

    def opens_with(self, key: bytes) -> bool:
        """Whether the book was written with this key, or not at all yet."""
        with self.reading() as con:
            row = con.execute("SELECT value FROM key_check").fetchone() if con else None
            return row is None or row[0] == key_check(key)


def _has_tables(con: sqlite3.Connection) -> bool:
    return con.execute("SELECT 1 FROM sqlite_master WHERE name = 'proposal'").fetchone() is not None


def _highest(con: sqlite3.Connection) -> int:
    """The highest record number ever given, as far as is known."""
    known = con.execute("SELECT 1 FROM sqlite_master WHERE name = 'highest'").fetchone() is not None
    of_erased = "(SELECT coalesce(max(record), 0) FROM highest)" if known else "0"
    (last,) = con.execute(f"SELECT max(coalesce(max(record), 0), {of_erased}) FROM record").fetchone()  # noqa: S608
    return int(last)


def _data_key(con: sqlite3.Connection, seal: Seal) -> bytes | None:
    if con.execute("SELECT 1 FROM sqlite_master WHERE name = 'data_key'").fetchone() is None:
        return None
    row = con.execute("SELECT sealed FROM data_key").fetchone()
    return bytes.fromhex(seal.open(row[0], "data key")) if row else None


def _settle_key(con: sqlite3.Connection, key: bytes) -> None:
    """Check the key, or take it as the book's where nothing was written yet."""
    _check_key(con, key)
    con.execute("INSERT INTO key_check SELECT ? WHERE NOT EXISTS (SELECT 1 FROM key_check)", [key_check(key)])


def _check_key(con: sqlite3.Connection, key: bytes) -> None:
    row = con.execute("SELECT value FROM key_check").fetchone()
    if row is not None and row[0] != key_check(key):
        raise StoreFault(
            "The identity key is not the one this store was written with. Nothing was changed. Put back the key "
            "(ROPEWALK_IDENTITY_KEY, or the file identity-key), or see docs/returns/identity.md."
        )


def _known(con: sqlite3.Connection, by_pseudonym: dict[bytes, Number]) -> dict[str, int]:
    con.execute("CREATE TEMP TABLE wanted (pseudonym BLOB PRIMARY KEY) WITHOUT ROWID")
    con.executemany("INSERT INTO wanted VALUES (?)", [(hashed,) for hashed in by_pseudonym])
    rows = con.execute("SELECT pseudonym, record FROM wanted JOIN record USING (pseudonym)").fetchall()
    con.execute("DROP TABLE wanted")
    return {by_pseudonym[hashed].written: record for hashed, record in rows}


def persons(book: Book, key: bytes | None, records: Collection[int] | None = None) -> dict[int, Person]:
    """The newest that is known of each record's person, of these records or of all.

    Raises StoreFault where there is a book and the key is not its own.
    """
    with book.reading() as con:
        if con is None or (records is not None and not records):
            return {}
        _check_key(con, key or b"")
        rows = con.execute("SELECT record, submission, sealed FROM person ORDER BY rowid").fetchall()
    newest = {record: (submission, sealed) for record, submission, sealed in rows}
    seal = Seal(key or b"")
    return {
        record: Person(record, *json.loads(seal.open(sealed, _person_of(record, submission))))
        for record, (submission, sealed) in newest.items()
        if records is None or record in records
    }


def numbers(book: Book, key: bytes | None, records: Collection[int]) -> dict[int, str]:
    """The number of each of these records, as ``pseudonyms.written`` writes it. Raises StoreFault for another key."""
    with book.reading() as con:
        if con is None or not records:
            return {}
        _check_key(con, key or b"")
        rows = con.execute("SELECT record, sealed FROM number").fetchall()
    seal = Seal(key or b"")
    return {record: seal.open(sealed, _number_of(record)) for record, sealed in rows if record in records}


def _sealed(person: Person, submission: str, seal: Seal) -> bytes:
    said = (person.surname, person.forename, person.date_of_birth, person.sex, person.postcode)
    return seal.close(json.dumps(said, ensure_ascii=False), _person_of(person.record, submission))


def _person_of(record: int, submission: str) -> str:
    return f"person {record} {submission}"


def _number_of(record: int) -> str:
    return f"number {record}"


def standings(book: Book) -> dict[int, str]:
    """What the number of each record is worth, see ``Number``."""
    with book.reading() as con:
        return dict(con.execute("SELECT record, standing FROM record").fetchall()) if con else {}
