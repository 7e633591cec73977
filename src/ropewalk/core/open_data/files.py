"""Files as they are found: folders walked, gzip and zip opened as streams, with limits no honest publication meets."""

from __future__ import annotations

import gzip
import hashlib
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import IO, Any, cast

from ropewalk.core.errors import InputRefused, Problem

MOST_BYTES = 8 * 1024**3
MOST_RATIO = 200
RATIO_APPLIES_FROM = 64 * 1024**2
_CHUNK = 1024 * 1024


@dataclass(frozen=True)
class PublishedFile:
    """A file that may be a publication. ``name`` is its path below the folder asked for."""

    name: str
    stored_bytes: int
    open: Callable[[], IO[bytes]]

    @property
    def base_name(self) -> str:
        """Name without folders and without the endings of compression."""
        return self.name.replace("\\", "/").rsplit("/", 1)[-1].removesuffix(".gz")


def unreadable(name: str, why: str) -> InputRefused:
    """The error for a file that cannot be read to its end."""
    return InputRefused([Problem(what=why, do="Download or copy the file again; nothing was imported.", file=name)])


def find_files(paths: Sequence[Path]) -> tuple[list[PublishedFile], list[str]]:
    """All .csv, .csv.gz and .csv files in .zip under the paths, in order of name, and the names of all other files.

    Raises InputRefused when a path does not exist or a zip file is damaged.
    """
    found: list[PublishedFile] = []
    others: list[str] = []
    for path in paths:
        if not path.exists():
            raise InputRefused([Problem(what="There is no such file or folder.", do="Check the path.", file=str(path))])
        root = path if path.is_dir() else path.parent
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            name = file.relative_to(root).as_posix()
            members = list(_openable(file, name))
            found.extend(members)
            if not members:
                others.append(name)
    return found, others


def _openable(file: Path, name: str) -> Iterator[PublishedFile]:
    lower = name.lower()
    size = file.stat().st_size
    if lower.endswith((".csv.gz", ".csv.gzip")):
        yield PublishedFile(name, size, lambda: cast(IO[bytes], gzip.open(file, "rb")))
    elif lower.endswith(".csv"):
        yield PublishedFile(name, size, lambda: file.open("rb"))
    elif lower.endswith(".zip"):
        yield from _members(file, name)


def _members(file: Path, name: str) -> Iterator[PublishedFile]:
    try:
        with zipfile.ZipFile(file) as archive:
            entries = [entry for entry in archive.infolist() if entry.filename.lower().endswith(".csv")]
    except zipfile.BadZipFile as error:
        raise unreadable(name, "This zip file is damaged or cut short.") from error
    for entry in entries:
        member = f"{name}/{entry.filename}"
        if entry.flag_bits & 0x1:
            raise unreadable(member, "This file is locked with a password.")
        yield PublishedFile(member, entry.compress_size, partial(_open_member, file, entry.filename))


def _open_member(file: Path, member: str) -> IO[bytes]:
    return zipfile.ZipFile(file).open(member)


def opened(file: PublishedFile) -> BufferedReader:
    """The file's uncompressed bytes as a stream whose faults are errors that name the file."""
    return BufferedReader(_Guarded(file), _CHUNK)


class _Guarded(RawIOBase):
    """A stream that turns faults of compression into plain errors and stops a file that unpacks without end."""

    def __init__(self, file: PublishedFile) -> None:
        self._file = file
        self._stream = self._guarded(file.open)
        self._seen = 0

    def _guarded(self, act: Callable[[], IO[bytes]]) -> IO[bytes]:
        try:
            return act()
        except (OSError, zipfile.BadZipFile) as error:
            raise unreadable(self._file.name, f"The file cannot be opened ({error.__class__.__name__}).") from error

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._stream.read(len(buffer))
        except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
            raise unreadable(self._file.name, "The compressed file is damaged or cut short.") from error
        buffer[: len(data)] = data
        self._seen += len(data)
        if self._seen > MOST_BYTES or (
            self._seen > RATIO_APPLIES_FROM and self._seen > MOST_RATIO * max(self._file.stored_bytes, 1)
        ):
            raise unreadable(self._file.name, "The file unpacks to far more than any publication holds.")
        return len(data)

    def close(self) -> None:
        stream = getattr(self, "_stream", None)
        if stream is not None:
            stream.close()
        super().close()


def fingerprint(file: PublishedFile) -> tuple[str, int]:
    """SHA-256 and length of the uncompressed bytes."""
    digest = hashlib.sha256()
    length = 0
    with opened(file) as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            length += len(chunk)
    return digest.hexdigest(), length
