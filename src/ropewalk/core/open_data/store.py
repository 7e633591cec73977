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
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from ropewalk.core.errors import NotFound, StoreFault

FORMAT = 1
MANIFEST = "manifest.json"
MEMORY = "600MB"

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
                    f"The store in {self.folder} was written by another version (format {content['format']}). Import again into a new folder."
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

        Raises NotFound when nothing was imported yet.
        """
        database = self.manifest.database
        if database is None or not (self.folder / database).exists():
            raise NotFound(
                f"There are no figures in {self.folder} yet. Run 'ropewalk open-data import PATH' or 'ropewalk demo'."
            )
        return duckdb.connect(
            str(self.folder / database), read_only=True, config={"threads": 2, "memory_limit": MEMORY}
        )

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the store's lock so that two imports wait for each other."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    @contextmanager
    def replacing(self, manifest: Manifest) -> Iterator[Draft]:
        """A copy of the live database to change; it goes live only when ``Draft.publish`` is called. Hold ``writing``."""
        generation = manifest.generation + 1
        name = f"published-{generation:06d}.duckdb"
        path = self.folder / name
        self._clean(keep=manifest.database)
        if manifest.database:
            shutil.copyfile(self.folder / manifest.database, path)
        temporary = self.folder / "tmp"
        con = duckdb.connect(
            str(path),
            config={
                "threads": 2,
                "memory_limit": MEMORY,
                "temp_directory": str(temporary),
                "preserve_insertion_order": False,
            },
        )
        try:
            if not manifest.database:
                con.execute(TABLES)
            draft = Draft(self, con, generation, name)
            yield draft
        finally:
            con.close()
            shutil.rmtree(temporary, ignore_errors=True)
            if self.manifest.database != name:
                path.unlink(missing_ok=True)
                (self.folder / f"{name}.wal").unlink(missing_ok=True)

    def _clean(self, keep: str | None) -> None:
        """Remove databases that neither the manifest names nor a reader of the last generation may still open."""
        old = sorted(self.folder.glob("published-*.duckdb*"))
        for path in old:
            if keep is None or not path.name.startswith(keep):
                path.unlink(missing_ok=True)

    def _write_manifest(self, content: dict[str, Any]) -> None:
        draft = self.folder / f"{MANIFEST}.new"
        with draft.open("w", encoding="utf-8") as file:
            json.dump(content, file, indent=1, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.folder / MANIFEST)


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
        # Codes of made-up places start with X, which the ONS never uses; of such a store every page says so.
        made_up = self.con.execute("SELECT coalesce(bool_and(starts_with(place, 'X')), false) FROM figure").fetchone()
        self.con.execute("CHECKPOINT")
        self.con.close()
        descriptor = os.open(self.store.folder / self.name, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
        self.store._write_manifest(
            {
                "format": FORMAT,
                "generation": self.generation,
                "database": self.name,
                "made_up": bool(made_up and made_up[0]),
                "editions": [dict(zip(names, edition, strict=True)) for edition in editions],
            }
        )
