"""Sealed files: what goes in comes out, piece by piece, and nothing that was changed, cut off or moved opens."""

from __future__ import annotations

import io
import stat
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ropewalk.core.identity.sealed_files import (
    HEADER,
    PIECE,
    DamagedFile,
    SealedReader,
    SealedWriter,
    WrongKey,
    read_sealed,
    unsealed_into,
    write_sealed,
)

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
# A sealed piece is as long as what it holds and its tag.
SEALED_PIECE = PIECE + 16
edges = st.sampled_from((0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 7))
few = settings(max_examples=30, deadline=None)


def content_of(length: int) -> bytes:
    """Bytes that differ from piece to piece."""
    return b"".join(number.to_bytes(8, "big") for number in range(length // 8 + 1))[:length]


def sealed(content: bytes, of: str = "a thing") -> bytes:
    target = io.BytesIO()
    writer = SealedWriter(target, key=KEY, of=of)
    writer.write(content)
    writer.finish()
    return target.getvalue()


def opened(content: bytes, of: str = "a thing", key: bytes = KEY) -> bytes:
    return SealedReader(io.BytesIO(content), key=key, of=of).read()


@few
@given(edges, st.integers(1, 2 * PIECE), st.integers(1, 2 * PIECE))
def test_what_goes_in_comes_out_however_it_is_cut(length: int, written: int, read: int) -> None:
    content, target = content_of(length), io.BytesIO()
    writer = SealedWriter(target, key=KEY, of="a thing")
    for start in range(0, length, written):
        writer.write(content[start : start + written])
    writer.finish()
    reader = SealedReader(io.BytesIO(target.getvalue()), key=KEY, of="a thing")
    parts = []
    while part := reader.read(read):
        assert len(part) <= read
        parts.append(part)
    assert b"".join(parts) == content
    assert len(target.getvalue()) == HEADER + length + 16 * max(1, -(-length // PIECE))


@few
@given(edges, st.data())
def test_a_file_that_was_cut_off_anywhere_does_not_open(length: int, data: st.DataObject) -> None:
    whole = sealed(content_of(length))
    # Between two pieces above all: each piece by itself is whole there.
    between = [HEADER + place * SEALED_PIECE for place in range((len(whole) - HEADER) // SEALED_PIECE + 1)]
    cut = data.draw(st.sampled_from([at for at in between if at < len(whole)]) | st.integers(0, len(whole) - 1))
    with pytest.raises(DamagedFile):
        opened(whole[:cut])


@few
@given(edges, st.data())
def test_a_file_of_which_any_bit_was_changed_does_not_open(length: int, data: st.DataObject) -> None:
    changed = bytearray(sealed(content_of(length)))
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises((DamagedFile, WrongKey)):
        opened(bytes(changed))


def test_pieces_that_change_places_are_repeated_or_come_from_another_file_do_not_open() -> None:
    whole, other = sealed(content_of(3 * PIECE)), sealed(content_of(3 * PIECE))
    head, pieces = whole[:HEADER], [whole[HEADER + n * SEALED_PIECE :][:SEALED_PIECE] for n in range(3)]
    foreign = other[HEADER : HEADER + SEALED_PIECE]
    assert opened(head + b"".join(pieces)) == content_of(3 * PIECE)
    first, second, last = pieces
    for wrong in ([second, first, last], [first, first, last], [foreign, second, last], [first, second, last, last]):
        with pytest.raises(DamagedFile):
            opened(head + b"".join(wrong))
    with pytest.raises(DamagedFile):
        opened(whole + b"\0")


def test_another_key_and_another_owner_do_not_open_it() -> None:
    whole = sealed(b"Zebedee")
    with pytest.raises(WrongKey):
        opened(whole, key=OTHER_KEY)
    with pytest.raises(DamagedFile):
        opened(whole, of="another thing")
    with pytest.raises(DamagedFile, match="not one that Ropewalk sealed"):
        opened(b"urn,upn,surname\n")


def test_the_same_content_is_written_differently_each_time() -> None:
    first, second = sealed(b"Zebedee" * 10), sealed(b"Zebedee" * 10)
    assert first[HEADER:] != second[HEADER:] and b"Zebedee" not in first + second


def test_a_file_is_there_whole_or_as_it_was_and_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "one.sealed"
    write_sealed(file, [b"before"], key=KEY, of="one")

    def stops_in_the_middle():  # type: ignore[no-untyped-def]
        yield b"x" * PIECE * 2
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        write_sealed(file, stops_in_the_middle(), key=KEY, of="one")
    assert read_sealed(file, key=KEY, of="one") == b"before"
    assert [one.name for one in tmp_path.iterdir()] == ["one.sealed"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_damaged_file_is_not_unsealed_in_part(tmp_path: Path) -> None:
    file, target = tmp_path / "one.sealed", tmp_path / "plain"
    write_sealed(file, [content_of(3 * PIECE)], key=KEY, of="one")
    file.write_bytes(file.read_bytes()[: HEADER + 2 * SEALED_PIECE])
    with pytest.raises(DamagedFile):
        unsealed_into(target, file, key=KEY, of="one")
    assert not target.exists()


def test_a_large_file_takes_little_memory(tmp_path: Path) -> None:
    file, target, megabyte = tmp_path / "large.sealed", tmp_path / "large", b"m" * 1024 * 1024
    tracemalloc.start()
    write_sealed(file, (megabyte for _ in range(40)), key=KEY, of="large")
    unsealed_into(target, file, key=KEY, of="large")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert target.stat().st_size == 40 * len(megabyte)
    assert peak < 8 * len(megabyte)
