"""The one file of a backup: sealed piece by piece, with a list of what it holds and the digest of each at its end.

``ropewalk backup 1``, one letter for the kind of secret and a random salt stand in front; a sealed file follows that
holds an archive in the tar format. Nothing of the archive can be read, changed, left out or cut off unseen.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, Protocol, cast

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.identity.sealed_files import PIECE, DamagedFile, SealedReader, SealedWriter, WrongKey, whole_file

MAGIC = b"ropewalk backup 1\n"
CONTENTS = "contents.json"
SHORTEST_SECRET = 16
_SALT = 32
_KEY, _PASSPHRASE = b"k", b"p"
# 64 MiB of memory and about a fifth of a second for each guess (RFC 7914).
_SCRYPT = {"n": 2**16, "r": 8, "p": 1, "maxmem": 128 * 1024 * 1024, "dklen": 32}

# What is being done, bytes done, bytes in all.
Progress = Callable[[str, int, int], None]


class _Readable(Protocol):
    def read(self, size: int = -1) -> bytes: ...


@dataclass(frozen=True)
class Secret:
    """What seals a backup: a long random key, or a passphrase that somebody remembers."""

    words: bytes
    is_passphrase: bool = False

    def __post_init__(self) -> None:
        """Raises InputRefused for one that is easy to guess."""
        if len(self.words) < SHORTEST_SECRET:
            what = f"What seals the backup is shorter than {SHORTEST_SECRET} characters."
            raise InputRefused([Problem(what, "Use a long random key, or a passphrase of five words or more.")])

    @property
    def letter(self) -> bytes:
        """The kind, as the file says it."""
        return _PASSPHRASE if self.is_passphrase else _KEY

    def key(self, salt: bytes) -> bytes:
        """The key of one file."""
        if self.is_passphrase:
            return hashlib.scrypt(self.words, salt=salt, **_SCRYPT)
        return hmac.digest(self.words, b"ropewalk: what seals a backup\n" + salt, "sha256")


@dataclass(frozen=True)
class Held:
    """One thing in a backup: its name within it, its size in bytes and SHA-256."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Contents:
    """What a backup says of itself at its end: ``about`` is what whoever made it wanted to say."""

    about: dict[str, Any]
    held: tuple[Held, ...]

    @property
    def bytes(self) -> int:
        """All together."""
        return sum(one.bytes for one in self.held)


class BackupWriter:
    """Writes a backup; only ``finish`` makes it whole."""

    def __init__(self, out: IO[bytes], secret: Secret) -> None:
        """Begin."""
        salt = os.urandom(_SALT)
        head = MAGIC + secret.letter + salt
        out.write(head)
        self._sealed: SealedWriter | None = SealedWriter(out, key=secret.key(salt), of=_belongs(head))
        me = cast("IO[bytes]", self)
        self._archive = tarfile.open(mode="w|", fileobj=me, bufsize=PIECE)  # noqa: SIM115 - until ``finish``
        self._held: list[Held] = []

    def add(self, name: str, source: IO[bytes], size: int) -> None:
        """Add what a source holds, from where it stands; ``size`` bytes must be there."""
        hashing = _Hashing(source)
        self._archive.addfile(_entry(name, size), hashing)
        self._held.append(Held(name, size, hashing.digest.hexdigest()))

    def add_file(self, name: str, file: Path) -> None:
        """Add a file."""
        with file.open("rb") as source:
            self.add(name, source, os.fstat(source.fileno()).st_size)

    def write(self, content: bytes) -> int:
        """Seal a part of the archive."""
        return self._sealed.write(content) if self._sealed else len(content)

    def abandon(self) -> None:
        """Write no more: the file is thrown away."""
        self._sealed = None
        self._archive.close()

    def finish(self, about: dict[str, Any]) -> None:
        """Add the list of what it holds, and end."""
        said = {"about": about, "held": [[one.name, one.bytes, one.sha256] for one in self._held]}
        content = json.dumps(said, ensure_ascii=False).encode()
        self._archive.addfile(_entry(CONTENTS, len(content)), io.BytesIO(content))
        self._archive.close()
        if self._sealed:
            self._sealed.finish()


def write_backup(
    file: Path, secret: Secret, fill: Callable[[BackupWriter], dict[str, Any]], *, progress: Progress = lambda *_: None
) -> Contents:
    """Write a backup, whole or not at all, and open it again before it is given its name; what it holds.

    ``fill`` adds everything and says what the backup says about itself.
    """
    with whole_file(file) as out:
        backup = BackupWriter(out, secret)
        try:
            backup.finish(fill(backup))
        except BaseException:
            backup.abandon()
            raise
        out.flush()
        return check_backup(Path(out.name), secret, progress=progress)


def check_backup(file: Path, secret: Secret, *, progress: Progress = lambda *_: None) -> Contents:
    """Open every piece and compare every digest.

    Raises InputRefused when the secret is another one, or anything is not as it was written.
    """
    return _gone_through(file, secret, lambda _name, parts: _only_read(parts), progress)


def unpack_backup(file: Path, secret: Secret, into: Path, *, progress: Progress = lambda *_: None) -> Contents:
    """Write everything into an empty folder, for its owner only. Raises as ``check_backup`` does.

    What was written when it raises is not to be used.
    """

    def write(name: str, parts: Iterable[bytes]) -> None:
        target = into / name
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        target.touch(mode=0o600, exist_ok=False)
        with target.open("wb") as out:
            for part in parts:
                out.write(part)
            out.flush()
            os.fsync(out.fileno())

    return _gone_through(file, secret, write, progress)


def _gone_through(
    file: Path, secret: Secret, take: Callable[[str, Iterable[bytes]], None], progress: Progress
) -> Contents:
    try:
        with file.open("rb") as source:
            return _read(source, secret, take, progress)
    except FileNotFoundError as error:
        raise InputRefused([Problem(f"There is no file {file}.", "Name the file of a backup.")]) from error
    except WrongKey as error:
        what = f"{file.name} was sealed with another key or passphrase, or its beginning was changed."
        raise InputRefused([Problem(what, "Give the one it was made with. Nothing was written.")]) from error
    except (DamagedFile, tarfile.TarError, ValueError, KeyError, EOFError) as error:
        what = f"{file.name} is not a whole backup: it was changed, cut off or damaged."
        raise InputRefused([Problem(what, "Take another copy of it. Nothing was written.")]) from error


def _read(
    source: IO[bytes], secret: Secret, take: Callable[[str, Iterable[bytes]], None], progress: Progress
) -> Contents:
    size = os.fstat(source.fileno()).st_size
    head = source.read(len(MAGIC) + 1 + _SALT)
    if not head.startswith(MAGIC) or len(head) < len(MAGIC) + 1 + _SALT:
        raise DamagedFile("The file is no backup.")
    if head[len(MAGIC) : len(MAGIC) + 1] != secret.letter:
        raise WrongKey("The backup was sealed with a secret of another kind.")
    sealed = SealedReader(source, key=secret.key(head[len(MAGIC) + 1 :]), of=_belongs(head))
    found: list[Held] = []
    contents = b""
    with tarfile.open(mode="r|", fileobj=cast("IO[bytes]", sealed), bufsize=PIECE) as archive:
        for entry in archive:
            inside = archive.extractfile(entry)
            if inside is None or not _is_safe(entry.name):
                raise DamagedFile("The backup holds something that is no file.")
            hashing = _Hashing(inside)
            if entry.name == CONTENTS:
                contents = inside.read()
                continue
            take(entry.name, _parts(hashing))
            found.append(Held(entry.name, entry.size, hashing.digest.hexdigest()))
            progress("Opening", source.tell(), size)
    # The archive knows its own end; the sealed file's end is what says that nothing was cut off.
    _only_read(_parts(sealed))
    said = json.loads(contents)
    held = tuple(Held(*row) for row in said["held"])
    if held != tuple(found):
        raise DamagedFile("The backup does not hold what it says it holds.")
    return Contents(said["about"], held)


class _Hashing:
    """Reads from a source and reckons the digest of what was read."""

    def __init__(self, source: _Readable) -> None:
        self._source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        content = self._source.read(size)
        self.digest.update(content)
        return content


def _parts(source: _Readable) -> Iterator[bytes]:
    while part := source.read(PIECE):
        yield part


def _only_read(parts: Iterable[bytes]) -> None:
    for _ in parts:
        pass


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry


def _is_safe(name: str) -> bool:
    return not PurePosixPath(name).is_absolute() and ".." not in PurePosixPath(name).parts


def _belongs(head: bytes) -> str:
    return f"backup {head.hex()}"
