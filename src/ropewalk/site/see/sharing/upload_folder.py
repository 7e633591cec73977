"""The folder of one upload: the files as sent, the task, how far it is, what was found.

The process that deals with the files holds a lock on ``running`` for as long as it lives, so that "still at work",
"ended" and "was killed" can be told apart whatever happens. Nothing in here outlives a day.
"""

import fcntl
import json
import re
import shutil
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any
from uuid import UUID

FILES, TASK, PROGRESS, RUNNING = "files", "task.json", "progress.json", "running"
CHECKED, SUBMITTED, FAULT, PROBLEMS = "checked.json", "submitted.json", "fault.json", "problems.csv"
ENDINGS = (".csv", ".xlsx", ".xml")
LONGEST_NAME = 80
# A pupil number in the name of a file would stand in receipts and on pages.
_PUPIL_NUMBER = re.compile(r"[A-Za-z]\d{11}[A-Za-z0-9]")
_UNSAFE = re.compile(r"[^A-Za-z0-9._ -]+")


@dataclass(frozen=True)
class Step:
    """How far the work is: what is being done, steps done, steps in all (0: not known)."""

    what: str
    done: int
    of: int


class UploadFolder:
    """The folder of an upload under the folder of all of them."""

    def __init__(self, root: Path, upload: UUID) -> None:
        self.path = root / str(upload)

    @property
    def exists(self) -> bool:
        """Whether anything of it is left."""
        return self.path.is_dir()

    @property
    def files(self) -> list[Path]:
        """The files as sent, in the order sent."""
        folder = self.path / FILES
        return sorted(folder.iterdir()) if folder.is_dir() else []

    def make(self) -> None:
        """Make it, for the owner only."""
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.path.mkdir(mode=0o700)
        (self.path / FILES).mkdir(mode=0o700)

    def keep(self, names_and_chunks: Iterable[tuple[str, Iterable[bytes]]]) -> None:
        """Write the files under safe names that differ from each other."""
        taken: set[str] = set()
        for sent_name, chunks in names_and_chunks:
            name = _free(safe_name(sent_name), taken)
            taken.add(name.lower())
            with (self.path / FILES / name).open("wb") as kept:
                for chunk in chunks:
                    kept.write(chunk)

    def write(self, name: str, content: Any) -> None:
        """Write a small file of JSON, whole or not at all."""
        draft = self.path / f"{name}.new"
        draft.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        draft.replace(self.path / name)

    def read(self, name: str) -> Any:
        """What ``write`` wrote; None when it is not there."""
        try:
            return json.loads((self.path / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None

    def lock(self) -> IO[str] | None:
        """Take the lock that says work is going on; None when it is going on already."""
        held = (self.path / RUNNING).open("w")
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held.close()
            return None
        return held

    @property
    def is_running(self) -> bool:
        """Whether a process is at work on it."""
        if not (self.path / RUNNING).exists():
            return False
        held = self.lock()
        if held is None:
            return True
        held.close()
        return False

    @property
    def step(self) -> Step | None:
        """How far the work is, as far as the process has said."""
        said = self.read(PROGRESS)
        return Step(said["what"], said["done"], said["of"]) if said else None

    def forget_files(self) -> None:
        """Delete the files as sent; what was found stays until the folder goes."""
        shutil.rmtree(self.path / FILES, ignore_errors=True)

    def delete(self) -> None:
        """Delete everything."""
        shutil.rmtree(self.path, ignore_errors=True)


def forget_old(root: Path, *, now: datetime, hours: int) -> None:
    """Delete folders of uploads that are older than this and not being worked on."""
    for folder in _folders(root):
        begun = datetime.fromtimestamp(folder.stat().st_mtime, tz=now.tzinfo)
        if now - begun > timedelta(hours=hours) and not UploadFolder(root, UUID(folder.name)).is_running:
            shutil.rmtree(folder, ignore_errors=True)


def _folders(root: Path) -> Iterator[Path]:
    if root.is_dir():
        yield from (
            folder for folder in root.iterdir() if folder.is_dir() and len(folder.name) == len(str(UUID(int=0)))
        )


def safe_name(sent: str) -> str:
    """A name that is safe on every system and says nothing of a pupil: ``Attendance_2025.csv``."""
    base = sent.replace("\\", "/").rsplit("/", 1)[-1]
    plain = unicodedata.normalize("NFKD", base).encode("ascii", "ignore").decode()
    plain = _UNSAFE.sub("_", _PUPIL_NUMBER.sub("number", plain)).strip().rstrip(". ")
    stem, dot, ending = plain.rpartition(".")
    if not dot:
        return plain[:LONGEST_NAME] or "file"
    return f"{stem[:LONGEST_NAME].strip(' .') or 'file'}.{ending.lower()}"


def _free(name: str, taken: set[str]) -> str:
    stem, dot, ending = name.rpartition(".")
    candidate, number = name, 1
    while candidate.lower() in taken:
        number += 1
        candidate = f"{stem} ({number}){dot}{ending}"
    return candidate
