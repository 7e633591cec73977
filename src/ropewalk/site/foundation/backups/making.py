"""Making a backup: everything as it is at one moment, in one sealed file that is opened again before it counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ropewalk import __version__
from ropewalk.core.use_cases.backup_files import BackupWriter, Contents, Progress, Secret, write_backup
from ropewalk.core.use_cases.facts_store import Facts
from ropewalk.core.use_cases.store_snapshot import snapshot_of_store
from ropewalk.site.foundation.audit.recording import newest
from ropewalk.site.foundation.backups.database import FILE, Snapshot

STORE, KEYS = "store", "keys"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What goes into a backup besides what always does: published figures, and keys, each file by its name within."""

    published: bool
    keys: Mapping[str, Path]


def make_backup(
    facts: Facts, file: Path, secret: Secret, wanted: Wanted, *, now: datetime, progress: Progress
) -> Contents:
    """Write the backup, whole or not at all, and open it again; what it holds.

    Raises InputRefused when another one is being made, StoreFault when the store cannot be copied.
    """
    # Noted before the snapshot is taken: what was noted is then surely within it.
    about = {"audit": _newest_entry(), "made_at": now.isoformat(timespec="seconds"), "version": __version__}
    taken: list[Snapshot] = []
    try:
        with snapshot_of_store(
            facts, published=wanted.published, meanwhile=lambda scratch: taken.append(Snapshot(scratch))
        ) as folder:
            files = {f"{KEYS}/{name}": one for name, one in wanted.keys.items()} | _store_files(folder)

            def fill(backup: BackupWriter) -> dict[str, Any]:
                taken[0].write(backup)
                _add_all(backup, files, progress)
                return about | taken[0].about

            return write_backup(file, secret, fill, progress=progress)
    finally:
        for snapshot in taken:
            snapshot.close()


def _newest_entry() -> str:
    entry = newest()
    return f"{entry.number}:{entry.seal}" if entry else ""


def _store_files(folder: Path) -> dict[str, Path]:
    found = (one for one in sorted(folder.rglob("*")) if one.is_file() and one != folder / FILE)
    return {f"{STORE}/{one.relative_to(folder)}": one for one in found}


def _add_all(backup: BackupWriter, files: Mapping[str, Path], progress: Progress) -> None:
    done, size = 0, sum(one.stat().st_size for one in files.values())
    for name, file in files.items():
        progress("Writing", done, size)
        backup.add_file(name, file)
        done += file.stat().st_size
