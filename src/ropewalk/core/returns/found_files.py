"""Files as they are handed in: told apart by their first bytes, unpacked with limits no honest return meets."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from ropewalk.core.errors import InputRefused, Problem

# A year of marks of a city, a row to a mark, has some 700 MB.
MOST_BYTES = 4 * 1024**3
MOST_RATIO = 200
RATIO_APPLIES_FROM = 64 * 1024**2
MOST_MEMBERS = 200
_CHUNK = 1024 * 1024
_GZIP, _ZIP, _OLD_WORKBOOK = b"\x1f\x8b", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SHEETS = "xl/workbook"
_DAMAGE = (EOFError, OSError, RuntimeError, ValueError, NotImplementedError, zlib.error, zipfile.BadZipFile)
# What systems put beside the files of a zip by themselves.
_BESIDE = ("__MACOSX/", ".DS_Store", "Thumbs.db")


@dataclass(frozen=True)
class Found:
    """A file to read: its base name as sent, where its bytes are, and csv, workbook or xml."""

    name: str
    path: Path
    format: str


@dataclass(frozen=True)
class Refusal:
    """A file that is not read, and the check that says why."""

    name: str
    check_id: str
    detail: str | None = None


class _Stream(Protocol):
    def read(self, size: int, /) -> bytes: ...


class TooLarge(Exception):
    """More comes out than any return holds."""


def find(paths: Sequence[Path], scratch: Path) -> Iterator[Found | Refusal]:
    """Every file at the paths or in the folders, in order; what is packed is unpacked to ``scratch``.

    Raises InputRefused with every path that is not there or may not be read.
    """
    files = [file for path in paths for file in (_in_folder(path) if path.is_dir() else [path])]
    problems = [problem for file in files if (problem := _cannot_be_read(file))]
    if problems:
        raise InputRefused(problems)
    for number, file in enumerate(files, start=1):
        yield from _look(file, file.name, scratch / f"unpacked-{number}", nested=False)


def _in_folder(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.is_file() and not file.name.startswith("."))


def _cannot_be_read(file: Path) -> Problem | None:
    try:
        with file.open("rb"):
            return None
    except OSError as error:
        what = f"The file cannot be opened ({error.strerror})."
        return Problem(what=what, do="Check the path, or ask for permission.", file=file.name)


def _look(path: Path, name: str, target: Path, *, nested: bool) -> Iterator[Found | Refusal]:
    with path.open("rb") as file:
        start = file.read(512)
    if path.stat().st_size > MOST_BYTES:
        yield Refusal(name, "file_too_large")
    elif start.startswith(_ZIP) and not _is_workbook(path):
        yield from _members(path, name, target, nested=nested)
    elif start.startswith(_GZIP):
        yield from _unzipped(path, name, target, nested=nested)
    else:
        yield Found(name, path, _format(start))


def _format(start: bytes) -> str:
    if start.startswith((_ZIP, _OLD_WORKBOOK)):
        return "workbook"
    text = start.removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"").lstrip(b"\xff\xfe \t\r\n")
    return "xml" if text.startswith(b"<") else "csv"


def _is_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.startswith(_SHEETS) for name in archive.namelist())
    except _DAMAGE:
        return False


def _unzipped(path: Path, name: str, target: Path, *, nested: bool) -> Iterator[Found | Refusal]:
    if nested:
        yield Refusal(name, "archive_not_allowed", "packed twice")
        return
    try:
        with gzip.open(path, "rb") as stream:
            copy_bounded(stream, target, path.stat().st_size)
    except TooLarge:
        yield Refusal(name, "file_too_large")
    except _DAMAGE:
        yield Refusal(name, "archive_not_allowed", "damaged")
    else:
        yield from _look(target, name, target, nested=True)


def _members(path: Path, name: str, target: Path, *, nested: bool) -> Iterator[Found | Refusal]:
    if nested:
        yield Refusal(name, "archive_not_allowed", "packed twice")
        return
    try:
        with zipfile.ZipFile(path) as archive:
            members = [one for one in archive.infolist() if not one.is_dir() and not _is_beside(one.filename)]
            if len(members) > MOST_MEMBERS:
                yield Refusal(name, "archive_not_allowed", f"{len(members)} files")
                return
            left = MOST_BYTES
            for number, member in enumerate(members):
                copy = target.with_name(f"{target.name}-{number}")
                yield from _member(archive, member, f"{name}, {PurePosixPath(member.filename).name}", copy)
                left -= copy.stat().st_size if copy.exists() else 0
                if left < 0:
                    yield Refusal(name, "file_too_large")
                    return
    except _DAMAGE:
        yield Refusal(name, "archive_not_allowed", "damaged")


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, copy: Path) -> Iterator[Found | Refusal]:
    try:
        with archive.open(member) as stream:
            copy_bounded(stream, copy, member.compress_size)
    except TooLarge:
        yield Refusal(name, "file_too_large")
    except _DAMAGE:
        locked = member.flag_bits & 0x1
        yield Refusal(name, "archive_not_allowed", "locked with a password" if locked else "damaged")
    else:
        yield from _look(copy, name, copy, nested=True)


def _is_beside(name: str) -> bool:
    return name.startswith(_BESIDE[0]) or PurePosixPath(name).name in _BESIDE


def copy_bounded(stream: _Stream, target: Path, packed: int) -> None:
    """Unpack a stream to a file.

    Raises TooLarge as soon as more comes out than any return holds, or out of all proportion to its ``packed`` bytes.
    """
    seen = 0
    with target.open("wb") as out:
        while chunk := stream.read(_CHUNK):
            seen += len(chunk)
            if seen > MOST_BYTES or (seen > RATIO_APPLIES_FROM and seen > MOST_RATIO * max(packed, 1)):
                out.truncate(0)
                raise TooLarge
            out.write(chunk)
