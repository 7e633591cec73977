"""Files that nobody reads without the key, written and read piece by piece: a large one never fills the memory.

Pieces of 256 KiB are sealed one by one with AES-256 in Galois/Counter Mode (NIST SP 800-38D), under a key of the
file's own that is derived from the given one and a random salt. With each piece are sealed what the file belongs to,
the piece's place and whether it is the last: a piece that was changed, moved, left out or cut off does not open.

What was read counts only once the end was reached: a reader that stops earlier cannot tell that something is missing.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ropewalk.core.errors import StoreFault

MAGIC = b"ropewalk sealed file 1\n"
PIECE = 256 * 1024
_TAG = 16
_SALT = 32
_CHECK = 16
_COUNTER = 12
HEADER = len(MAGIC) + _SALT + _CHECK


class WrongKey(StoreFault):
    """The file was sealed with another key."""


class DamagedFile(StoreFault):
    """The file is not as it was sealed, or belongs to something else."""


class SealedWriter:
    """Seals what is written to it; only ``finish`` makes it a whole file."""

    def __init__(self, target: IO[bytes], *, key: bytes, of: str) -> None:
        """Write the header. ``of`` is what the file belongs to: it opens as nothing else."""
        salt = os.urandom(_SALT)
        self._pieces = _Pieces(key, salt, of)
        self._target = target
        self._waiting = bytearray()
        target.write(MAGIC + salt + self._pieces.check)

    def write(self, content: bytes) -> int:
        """Take bytes in; how many."""
        self._waiting += content
        # One byte more than a piece must be there: the last piece is known as the last only at the end.
        while len(self._waiting) > PIECE:
            self._target.write(self._pieces.close(bytes(self._waiting[:PIECE]), last=False))
            del self._waiting[:PIECE]
        return len(content)

    def finish(self) -> None:
        """Write the last piece."""
        self._target.write(self._pieces.close(bytes(self._waiting), last=True))
        self._waiting.clear()


class SealedReader:
    """Opens a sealed file; ``read`` gives its bytes in order."""

    def __init__(self, source: IO[bytes], *, key: bytes, of: str) -> None:
        """Read the header. Raises WrongKey, DamagedFile."""
        header = source.read(HEADER)
        if len(header) < HEADER or not header.startswith(MAGIC):
            raise DamagedFile("The file is not one that Ropewalk sealed, or its beginning is missing.")
        salt, check = header[len(MAGIC) : -_CHECK], header[-_CHECK:]
        self._pieces = _Pieces(key, salt, of)
        if not hmac.compare_digest(self._pieces.check, check):
            raise WrongKey("The file was sealed with another key, or its beginning was changed.")
        self._source = source
        self._ahead = source.read(PIECE + _TAG)
        self._opened = b""
        self._ended = False

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` bytes (all that is left when negative); none at the end. Raises DamagedFile."""
        found = bytearray()
        while (size < 0 or len(found) < size) and (self._opened or self._next_piece()):
            taken = len(self._opened) if size < 0 else size - len(found)
            found += self._opened[:taken]
            self._opened = self._opened[taken:]
        return bytes(found)

    def __iter__(self) -> Iterator[bytes]:
        """Piece by piece, to the end."""
        while piece := self.read(PIECE):
            yield piece

    def _next_piece(self) -> bool:
        """Open the piece that comes; whether it held anything."""
        if self._ended:
            return False
        sealed, self._ahead = self._ahead, self._source.read(PIECE + _TAG)
        self._ended = not self._ahead
        self._opened = self._pieces.open(sealed, last=self._ended)
        return bool(self._opened)


class _Pieces:
    """The pieces of one file, each with its place."""

    def __init__(self, key: bytes, salt: bytes, of: str) -> None:
        own = hmac.digest(key, b"ropewalk: what seals a file\n" + salt, "sha256")
        self.check = hmac.digest(own, b"ropewalk: is this the key?", "sha256")[:_CHECK]
        self._cipher = AESGCM(own)
        self._of = of.encode()
        self._place = 0

    def close(self, piece: bytes, *, last: bool) -> bytes:
        """A piece, unreadable."""
        return self._cipher.encrypt(*self._next(piece, last))

    def open(self, sealed: bytes, *, last: bool) -> bytes:
        """A piece, readable."""
        try:
            return self._cipher.decrypt(*self._next(sealed, last))
        except (InvalidTag, ValueError) as error:
            raise DamagedFile(
                "The file cannot be opened: it was changed, cut off, damaged or taken from elsewhere. "
                "Put back a copy of it."
            ) from error

    def _next(self, content: bytes, last: bool) -> tuple[bytes, bytes, bytes]:
        """Nonce, content and what is sealed with it. The key is the file's own: its nonces may count."""
        place = self._place.to_bytes(_COUNTER, "big")
        self._place += 1
        return place, content, place + (b"last" if last else b"more") + self._of


def write_sealed(file: Path, content: Iterable[bytes], *, key: bytes, of: str) -> None:
    """Write a sealed file, whole or not at all, for its owner only."""
    with whole_file(file) as out:
        writer = SealedWriter(out, key=key, of=of)
        for part in content:
            writer.write(part)
        writer.finish()


def read_sealed(file: Path, *, key: bytes, of: str) -> bytes:
    """All that a sealed file holds. Raises WrongKey, DamagedFile."""
    with file.open("rb") as source:
        return SealedReader(source, key=key, of=of).read()


def unsealed_into(target: Path, file: Path, *, key: bytes, of: str) -> None:
    """Write what a sealed file holds into another one, for its owner only. Raises WrongKey, DamagedFile."""
    with file.open("rb") as source, whole_file(target) as out:
        for piece in SealedReader(source, key=key, of=of):
            out.write(piece)


@contextmanager
def whole_file(file: Path) -> Iterator[IO[bytes]]:
    """A new file for its owner only that is on the disk whole, in place of one that was there, or not at all."""
    draft = file.with_name(f"{file.name}.new")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    try:
        with draft.open("wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        draft.replace(file)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
