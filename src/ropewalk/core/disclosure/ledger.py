"""The ledger: every table ever released, in a folder, so that a new one is protected together with all of them.

Each release is a pair of files, ``0001-released.csv`` and ``0001-specification.json``, exactly what was given out. They
are never changed. The counts themselves are not kept: where they come from facts, ``0001-counted.json`` says from
which, so that they can be counted again.
"""

from __future__ import annotations

import csv
import fcntl
import io
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from ropewalk.core.disclosure.protect import Released, Specification
from ropewalk.core.disclosure.protect.cells import Coordinates
from ropewalk.core.errors import InputRefused, Problem

HIDDEN = "c"
_RELEASED = re.compile(r"(\d{4})-released\.csv$")


def as_csv(dimensions: tuple[str, ...], rows: Mapping[Coordinates, int | None]) -> str:
    """A released table as text: the dimensions and ``value``, which is a whole number or ``c``."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*dimensions, "value"])
    writer.writerows([*coordinates, HIDDEN if value is None else value] for coordinates, value in rows.items())
    return text.getvalue()


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What the counts of a release are of: schools (URNs), as known at a moment, looked at on a day.

    ``edition`` is the number of the edition it came with, if it came with one.
    """

    as_of: str
    day: str
    schools: tuple[int, ...]
    edition: int | None = None


class Ledger:
    """A folder of releases."""

    def __init__(self, folder: Path) -> None:
        """Remember the folder; nothing is read yet."""
        self.folder = folder

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the ledger from reading to writing: two releases at once would not know of each other.

        Raises InputRefused when the folder cannot be written.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = (self.folder / ".lock").open("w")
        except OSError as error:
            what = f"The ledger cannot be written ({error.strerror})."
            do = "Nothing was given out. Name a folder you may write to."
            raise InputRefused([Problem(what, do, self.folder.name)]) from error
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def releases(self) -> list[Released]:
        """All releases, oldest first. Raises InputRefused when a file is not as Ropewalk wrote it."""
        numbers = sorted(found[1] for path in self.folder.glob("*") if (found := _RELEASED.match(path.name)))
        return [self._read(number) for number in numbers]

    def counted(self) -> dict[str, Counted]:
        """What the counts of each release are of, where that is known. Raises as ``releases`` does."""
        found = {}
        for path in sorted(self.folder.glob("*-counted.json")):
            try:
                said = json.loads(path.read_text(encoding="utf-8"))
                found[path.name[:4]] = Counted(**{**said, "schools": tuple(said["schools"])})
            except (OSError, ValueError, KeyError, TypeError) as error:
                raise _damaged(path, error) from error
        return found

    def add(
        self, specification: Specification, rows: Mapping[Coordinates, int | None], counted: Counted | None = None
    ) -> None:
        """Write a release down. A table that was released before, cell for cell and of the same counts, is there."""
        known = self.counted()
        if any(
            r.specification == specification and dict(r.rows) == dict(rows) and known.get(r.name) == counted
            for r in self.releases()
        ):
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        number = f"{len(list(self.folder.glob('*-released.csv'))) + 1:04d}"
        said = self.folder / f"{number}-counted.json"
        if counted:
            _write(said, json.dumps(asdict(counted)))
        else:
            # Of a release that was cut short before its table was there.
            said.unlink(missing_ok=True)
        # The table last: a release without its specification is not there yet.
        _write(self.folder / f"{number}-specification.json", specification.as_json())
        _write(self.folder / f"{number}-released.csv", as_csv(specification.dimensions, rows))

    def _read(self, number: str) -> Released:
        path = self.folder / f"{number}-released.csv"
        try:
            text = (self.folder / f"{number}-specification.json").read_text(encoding="utf-8")
            specification = Specification.from_json(text)
            with path.open(encoding="utf-8", newline="") as file:
                header, *rows = csv.reader(file)
            if tuple(header) != (*specification.dimensions, "value"):
                raise ValueError("other columns")
            cells = {tuple(row[:-1]): None if row[-1] == HIDDEN else int(row[-1]) for row in rows}
        except (OSError, ValueError, IndexError) as error:
            raise _damaged(path, error) from error
        return Released(number, specification, cells)


def _damaged(path: Path, error: Exception) -> InputRefused:
    what = f"The release {path.name[:4]} in the ledger is damaged ({error.__class__.__name__})."
    return InputRefused([Problem(what, "Put back a copy of the ledger.", path.name)])


def _write(path: Path, text: str) -> None:
    draft = path.with_suffix(".new")
    with draft.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
