"""The store: one folder with ``manifest.json`` and a DuckDB file.

The manifest names the database file that is live. A write makes a new database file beside the old one and then
replaces the manifest in one rename: a crash at any moment leaves the old state or the new one, and readers that hold
the old file open go on undisturbed.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import duckdb

from ropewalk.core.errors import NotFound, StoreFault

FORMAT = 1
MANIFEST = "manifest.json"
DRAFT = f"{MANIFEST}.new"
SCRATCH = "tmp"
MEMORY = "600MB"
# How often a reader looks again when an import goes live at the moment of opening.
ATTEMPTS = 3
# Seconds between two looks at a lock that another import holds.
LOOK_AGAIN = 0.2
# What the database and the system raise when a disk is full or a folder may not be written.
_CANNOT_WRITE = (OSError, duckdb.OperationalError, duckdb.FatalException)

FIGURE_COLUMNS = """
  place VARCHAR, school VARCHAR, measure VARCHAR, phase VARCHAR, grp VARCHAR, period VARCHAR, value DOUBLE, raw VARCHAR,
  missing VARCHAR, numerator BIGINT, denominator BIGINT, edition INTEGER, row INTEGER, calculation VARCHAR"""
FIGURE_NAMES = tuple(column.split()[0] for column in FIGURE_COLUMNS.split(","))

TABLES = f"""
CREATE TABLE edition (
  id INTEGER, publication VARCHAR, title VARCHAR, publisher VARCHAR, page VARCHAR, licence VARCHAR, edition VARCHAR,
  file VARCHAR, sha256 VARCHAR, bytes BIGINT, read INTEGER, kept INTEGER, refused INTEGER, missing INTEGER,
  precedence INTEGER, imported_at VARCHAR);
CREATE TABLE figure ({FIGURE_COLUMNS}, current BOOLEAN, sort INTEGER);
CREATE TABLE school (
  urn VARCHAR, laestab VARCHAR, name VARCHAR, phase VARCHAR, type VARCHAR, trust VARCHAR, place_ref VARCHAR,
  postcode VARCHAR, opened VARCHAR, pupils INTEGER, as_of VARCHAR, edition INTEGER, row INTEGER);
CREATE TABLE school_link (
  urn VARCHAR, linked_urn VARCHAR, linked_name VARCHAR, kind VARCHAR, established VARCHAR, edition INTEGER,
  row INTEGER);
CREATE TABLE neighbour (
  place_ref VARCHAR, position INTEGER, neighbour_ref VARCHAR, closeness VARCHAR, edition INTEGER, row INTEGER);
CREATE TABLE refused (edition INTEGER, row INTEGER, reason VARCHAR);
"""


@dataclass(frozen=True)
class Manifest:
    """What is live: generation (grows by one with every change), database file, editions as written by the importer."""

    generation: int
    database: str | None
    editions: tuple[dict[str, Any], ...]


class Store:
    """A store in a folder. Reading opens the live database read-only; writing goes through ``replacing``."""

    def __init__(self, folder: Path) -> None:
        """Remember the folder; nothing is read or made yet."""
        self.folder = folder

    @property
    def manifest(self) -> Manifest:
        """What is live now; an empty manifest when the folder is new.

        Raises StoreFault when the manifest is not one Ropewalk wrote.
        """
        try:
            text = (self.folder / MANIFEST).read_text(encoding="utf-8")
        except FileNotFoundError:
            return Manifest(0, None, ())
        try:
            content = json.loads(text)
            if content["format"] != FORMAT:
                raise StoreFault(
                    f"The store in {self.folder} was written by another version (format {content['format']}). "
                    "Import again into a new folder."
                )
            return Manifest(int(content["generation"]), content["database"], tuple(content["editions"]))
        except (ValueError, KeyError, TypeError) as error:
            raise StoreFault(
                f"The file {MANIFEST} in {self.folder} is damaged. Import again into a new folder."
            ) from error

    @property
    def is_empty(self) -> bool:
        """Whether nothing was imported yet."""
        return self.manifest.database is None

    def read(self) -> duckdb.DuckDBPyConnection:
        """A read-only connection to the live database; the caller closes it.

        Raises NotFound when nothing was imported yet, StoreFault when the database cannot be opened.
        """
        return self.open_live()[1]

    def open_live(self) -> tuple[Manifest, duckdb.DuckDBPyConnection]:
        """The live manifest and a read-only connection to the database it names.

        Raises as ``read`` does.
        """
        for attempt in range(ATTEMPTS):
            manifest = self.manifest
            if manifest.database is None:
                break
            try:
                return manifest, self.open_database(manifest.database)
            except StoreFault:
                # Between reading the manifest and opening the file an import may have gone live and a next one tidied.
                if self.manifest == manifest or attempt == ATTEMPTS - 1:
                    raise
        raise NotFound(
            f"There are no figures in {self.folder} yet. Run 'ropewalk open-data import PATH' or 'ropewalk demo'."
        )

    def open_database(self, name: str) -> duckdb.DuckDBPyConnection:
        """A read-only connection to a database of this store; StoreFault when it cannot be opened."""
        path = self.folder / name
        try:
            return duckdb.connect(str(path), read_only=True, config={"threads": 2, "memory_limit": MEMORY})
        except duckdb.Error as error:
            what = "is missing" if not path.exists() else "is damaged or may not be read"
            raise StoreFault(
                f"The database {path} {what}. Import again into a new folder, or put back a copy of this one."
            ) from error

    @contextmanager
    def writing(self, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
        """Hold the store's lock, so that two imports wait for each other, and tidy what a stopped one left.

        ``waiting`` is called again and again while another import holds the lock. Raises StoreFault when the folder
        cannot be written to, or its disk is full.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with (self.folder / ".lock").open("w") as lock:
                _hold(lock, waiting)
                self._tidy()
                yield
        except _CANNOT_WRITE as error:
            why = getattr(error, "strerror", None) or str(error).splitlines()[0]
            raise StoreFault(
                f"The store in {self.folder} cannot be written ({why}). Nothing was changed. "
                "Make room on the disk, or name a folder you may write to with --store."
            ) from error

    @contextmanager
    def replacing(self, manifest: Manifest) -> Iterator[Draft]:
        """A copy of the live database to change, inside ``writing``; it goes live when ``Draft.publish`` is called."""
        generation = manifest.generation + 1
        name = f"published-{generation:06d}.duckdb"
        path = self.folder / name
        # Whatever fails, on a full disk even closing: the draft goes, and the one before the live one may stay.
        with ExitStack() as undo:
            undo.callback(self._tidy, keep=manifest.database)
            if manifest.database:
                shutil.copyfile(self.folder / manifest.database, path)
            con = undo.enter_context(closing(self._connect(path)))
            if not manifest.database:
                con.execute(TABLES)
            yield Draft(self, con, generation, name)

    def _connect(self, path: Path) -> duckdb.DuckDBPyConnection:
        return duckdb.connect(
            str(path),
            config={
                "threads": 2,
                "memory_limit": MEMORY,
                "temp_directory": str(self.folder / SCRATCH),
                "preserve_insertion_order": False,
            },
        )

    def _tidy(self, keep: str | None = None) -> None:
        """Remove drafts of imports that were stopped, and databases before the live one but the one to keep.

        Readers that hold a removed file open go on reading it: the system keeps it until they close it.
        """
        wanted = tuple(name for name in (self.manifest.database, keep) if name)
        for path in self.folder.glob("published-*.duckdb*"):
            if not path.name.startswith(wanted):
                path.unlink(missing_ok=True)
        (self.folder / DRAFT).unlink(missing_ok=True)
        shutil.rmtree(self.folder / SCRATCH, ignore_errors=True)

    def _write_manifest(self, content: dict[str, Any]) -> None:
        draft = self.folder / DRAFT
        with draft.open("w", encoding="utf-8") as file:
            json.dump(content, file, indent=1, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.folder / MANIFEST)
        _flush(self.folder)


def _hold(lock: IO[str], waiting: Callable[[], None]) -> None:
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            time.sleep(LOOK_AGAIN)
        else:
            return


def _flush(path: Path) -> None:
    """Have the system write a file, or the names in a folder, to the disk itself."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@dataclass
class Draft:
    """A database being changed, not live yet."""

    store: Store
    con: duckdb.DuckDBPyConnection
    generation: int
    name: str

    def publish(self) -> None:
        """Make the draft live: close the database, flush it to disk, swap the manifest in."""
        editions = self.con.execute("SELECT * FROM edition ORDER BY id").fetchall()
        names = [column[0] for column in self.con.description or ()]
        # The codes of made-up places start with X; a store of nothing else says so on every page.
        row = self.con.execute("SELECT coalesce(bool_and(starts_with(place, 'X')), false) FROM figure").fetchone()
        self.con.execute("CHECKPOINT")
        self.con.close()
        _flush(self.store.folder / self.name)
        self.store._write_manifest(
            {
                "format": FORMAT,
                "generation": self.generation,
                "database": self.name,
                "made_up": bool(row and row[0]),
                "editions": [dict(zip(names, edition, strict=True)) for edition in editions],
            }
        )
