"""Files as they are found: folders walked, gzip and zip opened as streams, with limits no honest publication meets."""

from __future__ import annotations

import gzip
import hashlib
import lzma
import os
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
MOST_MEMBERS = 20_000
# No line of a publication comes near this; a file without line ends is found out before it is read to its end.
LONGEST_LINE = 1024 * 1024
_CHUNK = 1024 * 1024
_DAMAGE = (EOFError, OSError, RuntimeError, ValueError, zlib.error, lzma.LZMAError, zipfile.BadZipFile)


@dataclass(frozen=True)
class PublishedFile:
    """A file that may be a publication. ``name`` is its path below the folder asked for."""

    name: str
    stored_bytes: int
    open: Callable[[], IO[bytes]]

    @property
    def base_name(self) -> str:
        """Name without folders and without the endings of compression."""
        last = self.name.replace("\\", "/").rsplit("/", 1)[-1]
        return last[: -len(".gz")] if last.lower().endswith(".gz") else last


def unreadable(
    name: str, why: str, do: str = "Download or copy the file again.", row: int | None = None
) -> InputRefused:
    """The error for a file that cannot be read to its end."""
    return InputRefused([Problem(what=why, do=f"{do} Nothing was imported.", file=name, row=row)])


def find_files(paths: Sequence[Path]) -> tuple[list[PublishedFile], list[str]]:
    """All .csv, .csv.gz and .csv files in .zip under the paths, in order of name, and the names of all other files.

    Links to nowhere and what is neither file nor folder count among the others. Raises InputRefused with every path
    that does not exist, folder that may not be looked into and zip file that is damaged or locked.
    """
    found: list[PublishedFile] = []
    others: list[str] = []
    problems: list[Problem] = []
    for path in paths:
        for file, name in _walk(path, problems):
            try:
                members, rest = _openable(file, name)
            except InputRefused as error:
                problems += error.problems
                continue
            except OSError as error:
                problems.append(Problem(what=f"The file cannot be opened ({_why(error)}).", do="Try again.", file=name))
                continue
            found.extend(members)
            others.extend(rest)
    if problems:
        raise InputRefused(problems)
    return found, others


def _walk(path: Path, problems: list[Problem]) -> Iterator[tuple[Path, str]]:
    """Every file at or below a path with its name, in order; what cannot be looked at is added to ``problems``."""
    if path.is_file():
        yield path, path.name
    elif not path.is_dir():
        there = os.path.lexists(path)
        what = "This is neither a file nor a folder." if there else "There is no such file or folder."
        problems.append(Problem(what=what, do="Check the path.", file=str(path)))
    else:
        yield from ((file, file.relative_to(path).as_posix()) for file in _below(path, frozenset(), problems))


def _below(folder: Path, above: frozenset[str], problems: list[Problem]) -> Iterator[Path]:
    above |= {os.path.realpath(folder)}
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        what = f"This folder cannot be looked into ({error.strerror})."
        problems.append(Problem(what=what, do="Ask for permission, or name another folder.", file=str(folder)))
        return
    for entry in entries:
        if not entry.is_dir():
            yield entry
        elif os.path.realpath(entry) not in above:
            yield from _below(entry, above, problems)


def _openable(file: Path, name: str) -> tuple[list[PublishedFile], list[str]]:
    """The publications a file may hold, and the names of what is none."""
    lower = name.lower()
    if not file.is_file():
        return [], [name]
    if lower.endswith((".csv.gz", ".csv.gzip")):
        return [PublishedFile(name, file.stat().st_size, lambda: cast(IO[bytes], gzip.open(file, "rb")))], []
    if lower.endswith(".csv"):
        return [PublishedFile(name, file.stat().st_size, lambda: file.open("rb"))], []
    return _members(file, name) if lower.endswith(".zip") else ([], [name])


def _members(file: Path, name: str) -> tuple[list[PublishedFile], list[str]]:
    """Tables of a zip file; a zip inside a zip is left alone."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except PermissionError as error:
        raise unreadable(name, "This file may not be read.", "Ask for permission to read it.") from error
    except _DAMAGE as error:
        raise unreadable(name, "This zip file is damaged or cut short.") from error
    if len(entries) > MOST_MEMBERS:
        raise unreadable(name, f"This zip file holds {len(entries):,} files, far more than any publication.")
    tables = [entry for entry in entries if entry.filename.lower().endswith(".csv")]
    locked = [entry for entry in tables if entry.flag_bits & 0x1]
    if locked:
        do = "Unpack it with the password and import the folder."
        raise unreadable(f"{name}/{locked[0].filename}", "This file is locked with a password.", do)
    members = [
        PublishedFile(f"{name}/{entry.filename}", entry.compress_size, partial(_open_member, file, entry))
        for entry in tables
    ]
    rest = [f"{name}/{entry.filename}" for entry in entries if entry not in tables]
    return members, rest if entries else [name]


def _open_member(file: Path, member: zipfile.ZipInfo) -> IO[bytes]:
    with zipfile.ZipFile(file) as archive:
        # The member keeps the archive's file open for as long as it is read itself.
        return archive.open(member)


def opened(file: PublishedFile, piece: int = _CHUNK) -> BufferedReader:
    """The file's uncompressed bytes as a stream, read in pieces, whose faults are errors that name the file."""
    return BufferedReader(_Guarded(file), piece)


class _Guarded(RawIOBase):
    """A stream that turns faults of compression into plain errors and stops a file that unpacks without end."""

    def __init__(self, file: PublishedFile) -> None:
        self._file = file
        self._stream = self._guarded(file.open)
        self._seen = 0

    def _guarded(self, act: Callable[[], IO[bytes]]) -> IO[bytes]:
        try:
            return act()
        except PermissionError as error:
            raise unreadable(self._file.name, "This file may not be read.", "Ask for permission to read it.") from error
        except _DAMAGE as error:
            raise unreadable(self._file.name, f"The file cannot be opened ({_why(error)}).") from error

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - a buffer has no other type before Python 3.12
        try:
            data = self._stream.read(len(buffer))
        except _DAMAGE as error:
            raise unreadable(self._file.name, f"The file is damaged or cut short ({_why(error)}).") from error
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


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error).rstrip(".") or error.__class__.__name__


def fingerprint(file: PublishedFile) -> tuple[str, int]:
    """SHA-256 and length of the uncompressed bytes.

    Raises InputRefused when the file is damaged, or has a line that no table has.
    """
    digest = hashlib.sha256()
    length = lines = without_end = 0
    with opened(file) as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            length += len(chunk)
            last_end = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
            without_end = len(chunk) - last_end - 1 if last_end >= 0 else without_end + len(chunk)
            if without_end > LONGEST_LINE:
                raise endless_line(file.name, lines + chunk.count(b"\n") + 1)
            lines += chunk.count(b"\n")
    return digest.hexdigest(), length


def endless_line(name: str, line: int) -> InputRefused:
    """The error for a line that is longer than any table has."""
    return unreadable(
        name,
        f"Line {line:,} has more than {LONGEST_LINE:,} characters: this is not a table with one record per line.",
        row=line,
    )
