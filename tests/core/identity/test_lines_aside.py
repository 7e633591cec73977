"""Lines set aside: sealed on the disk, given back as sent, kept readable when the identity key changes."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from ropewalk.core.errors import StoreFault
from ropewalk.core.identity.book import Book
from ropewalk.core.identity.lines_aside import (
    files_with_lines,
    forget_lines,
    keep_lines,
    lines_folder,
    read_lines,
    seal_plain_lines,
)
from ropewalk.core.returns.identifying import number_of
from ropewalk.core.use_cases.facts_store import Facts, change_key

KEY, OTHER_KEY = b"a key for tests, of no use", b"another key for tests, of no use"
RECEIPT, LINES = "R20260301-7K3QX", b"upn,surname\r\n,Zebedee\r\n"


def all_bytes(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Facts(tmp_path).book


def test_lines_come_back_and_nobody_reads_them_on_the_disk(book: Book) -> None:
    keep_lines(book, RECEIPT, 2, LINES, KEY)
    assert read_lines(book, RECEIPT, 2, KEY) == LINES
    assert files_with_lines(book, RECEIPT) == [2] and read_lines(book, RECEIPT, 1, KEY) is None
    assert b"Zebedee" not in all_bytes(book.folder)
    file = lines_folder(book, RECEIPT) / "2.sealed"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    keep_lines(book, RECEIPT, 2, b"upn,surname\r\n", KEY)
    assert read_lines(book, RECEIPT, 2, KEY) == b"upn,surname\r\n"
    forget_lines(book, RECEIPT, 2)
    assert files_with_lines(book, RECEIPT) == []


def test_without_the_key_or_as_lines_of_another_file_they_do_not_open(book: Book) -> None:
    keep_lines(book, RECEIPT, 1, LINES, KEY)
    for wrong in (OTHER_KEY, None):
        with pytest.raises(StoreFault, match="identity key"):
            read_lines(book, RECEIPT, 1, wrong)
    (lines_folder(book, RECEIPT) / "1.sealed").rename(lines_folder(book, RECEIPT) / "3.sealed")
    with pytest.raises(StoreFault, match="taken from elsewhere"):
        read_lines(book, RECEIPT, 3, KEY)


def test_a_new_identity_key_opens_the_same_files(book: Book, tmp_path: Path) -> None:
    book.identify([number_of("B801200005001")], KEY)
    keep_lines(book, RECEIPT, 1, LINES, KEY)
    before = (lines_folder(book, RECEIPT) / "1.sealed").read_bytes()
    assert change_key(Facts(tmp_path), old=KEY, new=OTHER_KEY) == 1
    assert (lines_folder(book, RECEIPT) / "1.sealed").read_bytes() == before
    assert read_lines(book, RECEIPT, 1, OTHER_KEY) == LINES
    with pytest.raises(StoreFault, match="identity key"):
        read_lines(book, RECEIPT, 1, KEY)


@pytest.mark.parametrize("by_new_key", [False, True])
def test_what_an_earlier_version_kept_unsealed_is_read_and_sealed(
    book: Book, tmp_path: Path, *, by_new_key: bool
) -> None:
    book.identify([number_of("B801200005001")], KEY)
    folder = lines_folder(book, RECEIPT)
    folder.mkdir(parents=True)
    (folder / "1.csv").write_bytes(LINES)
    assert read_lines(book, RECEIPT, 1, None) == LINES and files_with_lines(book, RECEIPT) == [1]
    key = KEY
    if by_new_key:
        key = OTHER_KEY
        change_key(Facts(tmp_path), old=KEY, new=key)
    else:
        assert seal_plain_lines(book, key) == 1
    assert read_lines(book, RECEIPT, 1, key) == LINES
    assert b"Zebedee" not in all_bytes(book.folder)
