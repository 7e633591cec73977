"""Bringing a backup back, into a folder and a database where nothing is yet. It is first opened whole."""

import os
import shutil
from pathlib import Path

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.use_cases.backup_files import Contents, Progress, Secret, check_backup, unpack_backup

STORE, KEYS, DATABASE = "store", "keys", "app.sqlite"
_DRAFT = ".restoring"


def unpacked(file: Path, secret: Secret, into: Path, *, server: bool, progress: Progress) -> tuple[Path, Contents]:
    """A folder beside where everything goes with what a backup holds, and its list.

    ``server``: whether the database is one on a server. Raises InputRefused for a damaged backup, another secret, a
    folder that is not empty, and another kind of database.
    """
    contents = check_backup(file, secret, progress=progress)
    if into.exists() and any(into.iterdir()):
        raise InputRefused([Problem(f"The folder {into} is not empty.", "Name one that is. Nothing was written.")])
    if server != (contents.about["kind"] == "postgresql"):
        what = (
            "The backup holds the rows of a PostgreSQL database." if not server else "The backup holds a SQLite file."
        )
        do = "Name an empty one with DATABASE_URL." if not server else "Leave DATABASE_URL unset."
        raise InputRefused([Problem(what, f"{do} Nothing was written.")])
    into.mkdir(parents=True, exist_ok=True, mode=0o700)
    into.chmod(0o700)
    draft = into / _DRAFT
    unpack_backup(file, secret, draft, progress=progress)
    return draft, contents


def put_in_place(draft: Path, into: Path) -> None:
    """Give everything that was unpacked its place in the folder."""
    (draft / STORE).mkdir(exist_ok=True)
    found = {into / STORE: draft / STORE, into / DATABASE: draft / "database" / DATABASE}
    found |= {into / one.name: one for one in sorted((draft / KEYS).glob("*"))}
    for target, source in found.items():
        if source.exists():
            source.rename(target)
    shutil.rmtree(draft)
    descriptor = os.open(into, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def forget_draft(into: Path) -> None:
    """Leave the folder as empty as it was."""
    shutil.rmtree(into / _DRAFT, ignore_errors=True)
