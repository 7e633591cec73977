"""The book of who is who: pseudonyms, keys, what a submission that never went live leaves."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest

from ropewalk.core.errors import InputRefused, StoreFault
from ropewalk.core.identity.book import Book, Number, Person, persons
from ropewalk.core.identity.pseudonyms import checked_key, pseudonym, written
from ropewalk.core.returns.identifying import number_of

KEY, OTHER_KEY = b"a key for tests, of no use", b"another key for tests, of no use"
A, B = number_of("B801200005001"), number_of("113533 made up")


def everything(book: Book) -> bytes:
    """All bytes of the book's tables."""
    with sqlite3.connect(book.file) as con:
        return "\n".join(con.iterdump()).encode()


def test_the_same_number_is_the_same_record_for_ever(tmp_path: Path) -> None:
    book = Book(tmp_path)
    first = book.identify([A], KEY)
    assert book.identify([A, B], KEY)[A.written] == first[A.written]
    assert book.find([A, B, number_of("C801200005002")], KEY) == book.identify([A, B], KEY)


def test_looking_makes_no_book(tmp_path: Path) -> None:
    book = Book(tmp_path / "identity")
    assert book.find([A], KEY) == {} and not book.exists
    book.tidy([])
    assert not book.exists


def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    book = Book(tmp_path / "identity")
    book.identify([A], KEY)
    assert stat.S_IMODE(book.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(book.folder.stat().st_mode) == 0o700


def test_another_key_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    book = Book(tmp_path)
    book.identify([A], KEY)
    before = everything(book)
    with pytest.raises(StoreFault, match="identity key"):
        book.identify([A, B], OTHER_KEY)
    with pytest.raises(StoreFault, match="identity key"):
        book.find([A], OTHER_KEY)
    assert everything(book) == before
    assert book.opens_with(KEY) and not book.opens_with(OTHER_KEY)


def test_the_key_itself_is_nowhere_in_the_book(tmp_path: Path) -> None:
    book = Book(tmp_path)
    book.identify([A, B], KEY)
    assert KEY not in book.file.read_bytes()
    assert KEY.hex().encode() not in everything(book).lower()


def test_changing_the_key_keeps_every_record(tmp_path: Path) -> None:
    book = Book(tmp_path)
    before = book.identify([A, B], KEY)
    assert book.change_key(KEY, OTHER_KEY) == 2
    assert book.find([A, B], OTHER_KEY) == before
    with pytest.raises(StoreFault):
        book.find([A], KEY)
    with pytest.raises(StoreFault):
        book.change_key(KEY, b"a third key for tests, of no use")


def test_pseudonyms_of_national_and_local_numbers_never_meet() -> None:
    assert pseudonym(KEY, written("upn", "X")) != pseudonym(KEY, written("local", "X"))
    assert pseudonym(KEY, A.written) != pseudonym(OTHER_KEY, A.written)


def test_a_short_key_keeps_nobody_out() -> None:
    with pytest.raises(InputRefused):
        checked_key(b"short")
    assert checked_key(KEY) == KEY


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("B801200005001", "national"),
        ("A801200005001", "doubtful"),
        ("B80120000500A", "temporary"),
        ("113533 B8012", "local"),
    ],
)
def test_what_a_number_is_worth(text: str, standing: str) -> None:
    assert number_of(text).standing == standing


def test_names_of_a_submission_that_never_went_live_are_forgotten(tmp_path: Path) -> None:
    book = Book(tmp_path)
    record = book.identify([Number("local:1", "local")], KEY)["local:1"]
    for receipt, surname in (("R1", "Old"), ("R2", "New"), ("R3", "Dead")):
        book.keep_persons([Person(record, surname, None, None, None, None)], receipt, KEY)
    book.tidy(["R1", "R2"])
    assert persons(book, KEY)[record].surname == "New"
    with sqlite3.connect(book.file) as con:
        assert con.execute("SELECT submission FROM person").fetchall() == [("R2",)]


def test_names_and_numbers_cannot_be_read_without_the_key(tmp_path: Path) -> None:
    book = Book(tmp_path)
    records = book.identify([A, B], KEY)
    person = Person(records[A.written], "Quux", "Zebedee", "2013-04-14", "M", "PL1 2AB")
    book.keep_persons([person], "R1", KEY)
    assert persons(book, KEY) == {person.record: person}
    stored = everything(book) + b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for said in ("Quux", "Zebedee", "2013-04-14", "PL1 2AB", "B801200005001", "113533 made up"):
        assert said.encode() not in stored
        assert said.encode().hex().upper().encode() not in stored
    for other in (OTHER_KEY, None):
        with pytest.raises(StoreFault, match="identity key"):
            persons(book, other)
    assert book.change_key(KEY, OTHER_KEY) == 2
    assert persons(book, OTHER_KEY) == {person.record: person}


def test_a_name_moved_to_another_record_or_changed_does_not_open(tmp_path: Path) -> None:
    book = Book(tmp_path)
    records = book.identify([A, B], KEY)
    book.keep_persons([Person(records[A.written], "Quux", "Sam", None, None, None)], "R1", KEY)
    with sqlite3.connect(book.file) as con:
        con.execute("UPDATE person SET record = ?", [records[B.written]])
    with pytest.raises(StoreFault, match="changed or damaged"):
        persons(book, KEY)
    with sqlite3.connect(book.file) as con:
        [(sealed,)] = con.execute("SELECT sealed FROM person").fetchall()
        con.execute("UPDATE person SET record = ?, sealed = ?", [records[A.written], sealed + b"!"])
    with pytest.raises(StoreFault, match="changed or damaged"):
        persons(book, KEY)
