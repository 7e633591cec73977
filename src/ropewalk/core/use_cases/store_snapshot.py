"""A store as it is at one moment: files that later change or go stay as they were, and nothing waits for long.

All locks are held while files are named anew (a second name costs nothing and keeps what stands there) and databases
are copied; then submissions, releases and erasures go on.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

from ropewalk.core.errors import InputRefused, Problem, StoreFault
from ropewalk.core.facts.store import FACTS, IDENTITY, Facts
from ropewalk.core.open_data.store import MANIFEST, Store

# Parts of a store that cannot be made again: what is published comes beside them, and the rest is reckoned anew.
PARTS = (FACTS, IDENTITY, "editions", "released")
_SCRATCH = ".backup"
_DATABASE = ".sqlite"
_PASSED_OVER = (".lock", ".new", ".part", f"{_DATABASE}-wal", f"{_DATABASE}-shm", f"{_DATABASE}-journal")
# Small files are copied: some of them may be written to in place.
_SMALL = 1024 * 1024
ATTEMPTS = 3


@contextmanager
def snapshot_of_store(
    facts: Facts, *, published: bool, meanwhile: Callable[[Path], None] = lambda _: None
) -> Iterator[Path]:
    """A folder with the store as it is now, deleted at the end. ``meanwhile`` is called with it, locks held.

    Raises InputRefused when another backup of the store is being made, StoreFault when the store cannot be written.
    """
    scratch = facts.root / _SCRATCH
    with ExitStack() as held:
        with _said_plainly(facts.root):
            _alone(facts.root, held)
            shutil.rmtree(scratch, ignore_errors=True)
            scratch.mkdir(mode=0o700)
            held.callback(shutil.rmtree, scratch, ignore_errors=True)
            with _quiet(facts):
                for part in PARTS:
                    _keep_part(facts.root, part, scratch)
                if published:
                    _keep_published(facts.root, scratch)
                meanwhile(scratch)
        yield scratch


@contextmanager
def _said_plainly(root: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreFault(
            f"The store in {root} cannot be copied ({error.strerror}). No backup was written. "
            "Make room on its disk, or see who may write there."
        ) from error


def forget_leftovers(root: Path) -> None:
    """Delete what a backup left behind that was killed; one that is being made deletes its own."""
    # Without a backup ever made there is no need to make a lock.
    if (root / _SCRATCH).exists():
        with suppress(InputRefused), ExitStack() as held:
            _alone(root, held)
            shutil.rmtree(root / _SCRATCH, ignore_errors=True)


def _alone(root: Path, held: ExitStack) -> None:
    root.mkdir(parents=True, exist_ok=True)
    lock = held.enter_context((root / f"{_SCRATCH}.lock").open("w"))
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        what = "Another backup of this store is being made."
        raise InputRefused([Problem(what, "Wait until it is done.")]) from error


@contextmanager
def _quiet(facts: Facts) -> Iterator[None]:
    """Hold every lock: those of editions first, then of what was released, then of the facts, as those do who write."""
    with ExitStack() as held:
        for folder in ("editions", "released"):
            for file in sorted((facts.root / folder).rglob(".lock")):
                fcntl.flock(held.enter_context(file.open("w")), fcntl.LOCK_EX)
        held.enter_context(facts.writing())
        yield


def _keep_part(root: Path, part: str, scratch: Path) -> None:
    for file in sorted((root / part).rglob("*")):
        if file.is_file() and not file.name.endswith(_PASSED_OVER):
            target = scratch / file.relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _keep(file, target)


def _keep(file: Path, target: Path) -> None:
    if file.suffix == _DATABASE:
        copy_database(file, target)
    elif file.stat().st_size <= _SMALL:
        shutil.copyfile(file, target)
    else:
        try:
            target.hardlink_to(file)
        except OSError:
            # Some file systems know one name for a file only.
            shutil.copyfile(file, target)


def copy_database(file: Path, target: Path) -> None:
    """Copy a SQLite database as it is at one moment, while others may write to it."""
    target.touch(mode=0o600)
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)


def _keep_published(root: Path, scratch: Path) -> None:
    """The published figures that are live: an import may take their place at any moment."""
    store = Store(root)
    for attempt in range(ATTEMPTS):
        manifest = store.manifest
        if manifest.database is None:
            return
        shutil.copyfile(root / MANIFEST, scratch / MANIFEST)
        try:
            os.link(root / manifest.database, scratch / manifest.database)
        except FileNotFoundError:
            if attempt == ATTEMPTS - 1:
                raise
            continue
        except OSError:
            shutil.copyfile(root / manifest.database, scratch / manifest.database)
        if store.manifest == manifest:
            return
        (scratch / manifest.database).unlink()
