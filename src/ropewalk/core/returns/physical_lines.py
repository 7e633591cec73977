"""A file's bytes become physical lines of UTF-8: one line is one row, whatever the bytes do.

The copy is what is read from then on, so that the fingerprint, the count of lines and the rows are of the same bytes.
Line ends of all kinds become one; lines that are not UTF-8 are read as Windows-1252, each for itself; a line that is
longer than any row is cut, counted and told of. Nothing is taken away: as many lines come out as went in.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from ropewalk.core.returns.recognising import likely_delimiter

# A row of the widest return has some 400 characters.
LONGEST_LINE = 32 * 1024
_BLOCK = 1024 * 1024
_BOM = b"\xef\xbb\xbf"
# Bytes that Windows-1252 does not know become the sign for what cannot be read.
_UNKNOWN = dict.fromkeys((129, 141, 143, 144, 157), "�")
# Taken as the border between cells where none may be (see csv_lines), and the end of text in other languages.
_CONTROL = bytes.maketrans(b"\x00\x01", b"  ")
# A line of nothing but these is blank.
_NOTHING = b' \t,;"\x1f'
_WIDE_SPACES = (b"\t", b"\xc2\xa0")


@dataclass
class Physical:
    """What was met on the way: fingerprint and size of the bytes as sent, number of lines, lines to tell of.

    ``delimiter`` is what stands between the cells of the first line with something in it, ``delimiters`` how often it
    stands in all lines. ``recoded`` are lines read as Windows-1252, ``mixed`` whether other lines are UTF-8 beyond
    ASCII, ``wide_spaces`` whether there are tabs or spaces that do not break.
    """

    sha256: str = ""
    bytes: int = 0
    lines: int = 0
    long: list[int] = field(default_factory=list)
    recoded: array[int] = field(default_factory=lambda: array("q"))
    delimiter: str = ""
    delimiters: int = 0
    has_utf8: bool = False
    has_quotes: bool = False
    wide_spaces: bool = False

    @property
    def mixed(self) -> bool:
        """Whether lines are written in different encodings."""
        return self.has_utf8 and bool(self.recoded)


def copy_lines(source: IO[bytes], target: Path) -> Physical:
    """Write the physical lines of a stream to ``target`` and say what was met."""
    found = Physical()
    digest = hashlib.sha256()
    with target.open("wb") as out:
        for block in _whole_lines(source, digest, found):
            plain = _plain(block, found)
            _count_delimiters(plain, found)
            out.write(plain)
    found.sha256 = digest.hexdigest()
    return found


def _whole_lines(source: IO[bytes], digest: hashlib._Hash, found: Physical) -> Iterator[bytes]:
    """Blocks that end where a line ends, with one kind of line end, each line no longer than allowed."""
    rest = b""
    while chunk := source.read(_BLOCK):
        digest.update(chunk)
        if not found.bytes and chunk.startswith(_BOM):
            found.has_utf8 = True
            found.bytes, chunk = len(_BOM), chunk[len(_BOM) :]
        found.bytes += len(chunk)
        block = rest + chunk
        # A carriage return at the very end may be half of a line end.
        cut = max(block.rfind(b"\n"), block.rfind(b"\r", 0, -1)) + 1
        whole, rest = block[:cut], block[cut:]
        if whole:
            yield _bounded(_one_line_end(whole), found)
        if len(rest) > _BLOCK:
            # Of an endless line only its beginning is kept.
            rest = rest[: LONGEST_LINE + 1] + rest[-1:]
    if rest:
        last = _one_line_end(rest)
        yield _bounded(last if last.endswith(b"\n") else last + b"\n", found)


def _one_line_end(block: bytes) -> bytes:
    if b"\r" in block:
        return block.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return block


def _bounded(block: bytes, found: Physical) -> bytes:
    """Cut lines that are too long, and count all lines."""
    before = found.lines
    found.lines += block.count(b"\n")
    if not _has_long_line(block):
        return block
    lines = block.split(b"\n")
    for number, line in enumerate(lines):
        if len(line) > LONGEST_LINE:
            found.long.append(before + number + 1)
            lines[number] = line[:LONGEST_LINE]
    return b"\n".join(lines)


def _has_long_line(block: bytes) -> bool:
    """Whether a line is too long, by jumping from line end to line end as far as a line may reach."""
    position = 0
    while position < len(block):
        end = block.rfind(b"\n", position, position + LONGEST_LINE + 1)
        if end < 0:
            return True
        position = end + 1
    return False


def _count_delimiters(block: bytes, found: Physical) -> None:
    if not found.delimiter:
        first = next((line for line in block.split(b"\n") if line.strip(_NOTHING)), b"")
        found.delimiter = likely_delimiter(first.decode("utf-8", "replace")) if first else ""
    if found.delimiter:
        found.delimiters += block.count(found.delimiter.encode())


def _plain(block: bytes, found: Physical) -> bytes:
    """The block as UTF-8 without control characters that would mislead the reader."""
    if b"\x00" in block or b"\x01" in block:
        block = block.translate(_CONTROL)
    found.has_quotes = found.has_quotes or b'"' in block
    if block.isascii():
        found.wide_spaces = found.wide_spaces or b"\t" in block
        return block
    try:
        block.decode("utf-8")
        found.has_utf8 = True
    except UnicodeDecodeError:
        block = _recoded(block, found)
    found.wide_spaces = found.wide_spaces or any(space in block for space in _WIDE_SPACES)
    return block


def _recoded(block: bytes, found: Physical) -> bytes:
    lines = block.split(b"\n")
    first = found.lines - block.count(b"\n") + 1
    for number, line in enumerate(lines):
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
            found.has_utf8 = True
        except UnicodeDecodeError:
            found.recoded.append(first + number)
            lines[number] = line.decode("latin-1").translate(_WINDOWS).encode()
    return b"\n".join(lines)


def _windows() -> dict[int, str]:
    """Windows-1252 where it differs from Latin-1."""
    known = {code: bytes([code]).decode("cp1252") for code in range(0x80, 0xA0) if code not in _UNKNOWN}
    return known | _UNKNOWN


_WINDOWS = _windows()
