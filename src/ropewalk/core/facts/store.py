"""The facts of a store: the folder of Parquet files, the catalogue that says which are live, the book of who is who."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path

from ropewalk.core.errors import InputRefused, Problem, StoreFault
from ropewalk.core.facts.catalogue import Catalogue, NewSubmission, Snapshot
from ropewalk.core.facts.erasing import finish_erasures
from ropewalk.core.facts.flushing import flush
from ropewalk.core.facts.sql_catalogue import sqlite_catalogue
from ropewalk.core.identity.book import Book
from ropewalk.core.identity.links import Believed

FACTS, IDENTITY = "facts", "identity"
STORE_ID = "store-id"
# Stands beside the id once a submission is live: facts without their catalogue are then a fault, not leftovers.
IN_USE = "in-use"
# The latest moment as of which something was released; nothing is recorded at it, or before it, any more.
SETTLED = "settled"


@dataclass(frozen=True)
class Facts:
    """The facts of the store in ``root``; ``catalogue`` None takes the file beside the facts."""

    root: Path
    given: Catalogue | None = None

    @property
    def folder(self) -> Path:
        """Where the Parquet files are."""
        return self.root / FACTS

    @cached_property
    def catalogue(self) -> Catalogue:
        """The catalogue of these facts."""
        return self.given or sqlite_catalogue(self.folder)

    @cached_property
    def book(self) -> Book:
        """The book of who is who."""
        return Book(self.root / IDENTITY)

    def snapshot(self, as_of: str | None = None) -> Snapshot:
        """What was live at a moment, see ``moment``."""
        found = self.catalogue.snapshot(moment(as_of))
        if not found.submissions and as_of is None:
            self._refuse_strangers(True)
        return found

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the lock of the facts: submissions wait for each other.

        Raises StoreFault when the folder belongs to another catalogue, as when a store that was written with a
        PostgreSQL catalogue is opened without it.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with (self.folder / ".lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                self._check_owner()
                finish_erasures(self.root, self.catalogue, self.book)
                yield
        except OSError as error:
            raise StoreFault(
                f"The store in {self.root} cannot be written ({error.strerror}). Nothing was changed. "
                "Make room on the disk, or name a folder you may write to with --store."
            ) from error

    def _check_owner(self) -> None:
        """The catalogue takes the folder's id with its first submission; from then on they belong together."""
        file = self.folder / STORE_ID
        known = self.catalogue.store_id()
        kept = file.read_text(encoding="ascii").strip() if file.exists() else None
        if known is not None and kept != known:
            raise StoreFault(
                f"The catalogue does not belong to the facts in {self.folder}. Nothing was changed. "
                "Name the store it was made for with --store, or the other database with DATABASE_URL."
            )
        if known is not None:
            (self.folder / IN_USE).touch()
        self._refuse_strangers(known is None)

    def _refuse_strangers(self, catalogue_is_new: bool) -> None:
        if catalogue_is_new and (self.folder / IN_USE).exists():
            raise StoreFault(
                f"The facts in {self.folder} belong to a catalogue that is not here. Nothing was changed. "
                "Set DATABASE_URL as it was when they were written, or put back a copy of the catalogue."
            )

    def commit(self, new: NewSubmission) -> None:
        """Make a submission live whose files are all written, with the lock held."""
        self.catalogue.commit(new, store_id=self._store_id(new.submission.recorded_at))
        (self.folder / IN_USE).touch()

    def settle(self, as_of: str) -> None:
        """What was known at a moment, which is past, stays as it is: whatever comes is recorded later.

        A submission under way may have begun before that moment and would otherwise be known in hindsight.
        """
        known = moment(as_of) or ""
        with self.writing():
            if known > self._settled():
                write_whole(self.folder / SETTLED, known.encode())

    def recordable(self, at: datetime) -> str:
        """The moment at which something that comes now is recorded: not one that is settled."""
        settled = self._settled()
        later = written_moment(datetime.fromisoformat(settled) + timedelta(microseconds=1)) if settled else ""
        return max(written_moment(at), later)

    def _settled(self) -> str:
        file = self.folder / SETTLED
        return file.read_text(encoding="ascii").strip() if file.exists() else ""

    def _store_id(self, recorded_at: str) -> str:
        """Id of this folder of facts, made with the first submission."""
        file = self.folder / STORE_ID
        if not file.exists():
            made = hashlib.sha256(f"{self.root.absolute()} {recorded_at}".encode()).hexdigest()[:16]
            write_whole(file, made.encode())
        return file.read_text(encoding="ascii").strip()


def believed(snapshot: Snapshot, as_of: str | None) -> Believed:
    """Which links between records count at a moment."""
    return Believed(snapshot.receipts, moment(as_of))


def moment(text: str | None) -> str | None:
    """A moment as the catalogue writes it, in UTC; a day means its end. None is now.

    Raises InputRefused when the text is neither a day nor a moment.
    """
    if text is None:
        return None
    try:
        if len(text) == len("2026-03-01"):
            return written_moment(datetime.combine(date.fromisoformat(text), time.max, UTC))
        return written_moment(datetime.fromisoformat(text))
    except ValueError:
        raise InputRefused(
            [Problem(f"'{text}' is no day.", "Write it as 2026-03-01, or a moment as 2026-03-01T12:00:00Z.")]
        ) from None


def written_moment(at: datetime) -> str:
    """A moment with its zone (without one: UTC), as the catalogue writes it; such texts sort by time."""
    known = at if at.tzinfo else at.replace(tzinfo=UTC)
    return known.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def write_whole(file: Path, content: bytes) -> None:
    """Write a file so that it is there whole, on the disk itself, or not at all."""
    draft = file.with_name(f"{file.name}.new")
    with draft.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(file)
    flush(file.parent)
