"""What is done once an erasure is committed: the steps that take the last traces off the disk.

The committed row of the catalogue holds them until all are done, by the process that erased or, where that was killed,
by the next one that writes. Doing a step again does no harm.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ropewalk.core.facts.catalogue import Catalogue
from ropewalk.core.facts.flushing import flush
from ropewalk.core.identity.book import Book

# Sums rest on facts that are no more, and are made anew.
SUMS = Path("facts") / "sums"


@dataclass(frozen=True)
class Remainder:
    """Files to put in place of others (draft: file), files to delete, records to take out of the book.

    Paths are relative to the store.
    """

    put: Mapping[str, str] = field(default_factory=dict)
    delete: tuple[str, ...] = ()
    records: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """It as the catalogue keeps it."""
        return json.dumps(asdict(self))


def remainder_of(text: str) -> Remainder:
    """What the catalogue keeps."""
    said = json.loads(text)
    return Remainder(said["put"], tuple(said["delete"]), tuple(said["records"]))


def finish_erasures(root: Path, catalogue: Catalogue, book: Book) -> int:
    """Do what is left of erasures that were committed; how many. Only call it with the lock of the facts held."""
    found = catalogue.unfinished()
    for number, text in found.items():
        _finish(root, remainder_of(text), book)
        catalogue.finish(number)
    return len(found)


def _finish(root: Path, left: Remainder, book: Book) -> None:
    for draft, file in left.put.items():
        if (root / draft).exists():
            (root / file).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            (root / draft).replace(root / file)
    for file in left.delete:
        (root / file).unlink(missing_ok=True)
    for folder in {(root / file).parent for file in (*left.put.values(), *left.delete)}:
        if folder.is_dir():
            flush(folder)
    book.forget(left.records)
    shutil.rmtree(root / SUMS, ignore_errors=True)
