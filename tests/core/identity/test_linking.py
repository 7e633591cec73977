"""Records without a usable number: who is proposed, who is linked, and that a person has the last word."""

from __future__ import annotations

from pathlib import Path

import pytest

from ropewalk.core.errors import InputRefused, NotFound
from ropewalk.core.identity import links
from ropewalk.core.identity.book import Book, Number, Person
from ropewalk.core.identity.linking import likely_pairs
from ropewalk.core.identity.links import Believed, LinkKind

KEY = b"a key for tests, of no use to anybody"
NOBODY = Believed(frozenset({"R1"}))
AT = "2026-01-05T08:00:00.000000Z"


def book_of(folder: Path, *children: tuple[str, ...]) -> Book:
    """A book with a record for each child: standing, surname, forename, date of birth, sex, postcode."""
    book = Book(folder / "identity")
    numbers = [Number(f"{child[0]}:{place}", child[0]) for place, child in enumerate(children)]
    records = book.identify(numbers, KEY)
    people = [Person(records[number.written], *child[1:]) for number, child in zip(numbers, children, strict=True)]
    book.keep_persons(people, "R1", KEY)
    return book


def standing_of(book: Book) -> dict[int, str]:
    with book.reading() as con:
        assert con is not None
        return dict(con.execute("SELECT record, standing FROM record").fetchall())


SAM = ("Quux", "Sam", "2013-04-14", "M", "PL1 2AB")
OTHERS = [
    ("national", f"Other{letter}", f"Name{letter}", f"2012-0{1 + place % 9}-11", "F", f"PL{place} 1AA")
    for place, letter in enumerate("ABCDEFGHIJKLMNOPQRST")
]


def test_a_child_without_a_number_is_linked_when_every_field_agrees(tmp_path: Path) -> None:
    book = book_of(tmp_path, ("local", *SAM), ("national", *SAM), *OTHERS)
    [pair] = likely_pairs(book, KEY)
    assert pair.is_exact and pair.probability > 0.99
    assert {standing_of(book)[pair.record], standing_of(book)[pair.other]} == {"local", "national"}


def test_spelling_and_punctuation_do_not_tell_children_apart(tmp_path: Path) -> None:
    book = book_of(
        tmp_path,
        ("local", "O'Brien-Smith", "Zoë", "2013-04-14", "F", "pl12ab"),
        ("national", "OBRIEN SMITH", "Zoe", "2013-04-14", "F", "PL1 2AB"),
        *OTHERS,
    )
    assert [pair.is_exact for pair in likely_pairs(book, KEY)] == [True]


@pytest.mark.parametrize(
    "other",
    [
        ("Quuks", "Sam", "2013-04-14", "M", "PL1 2AB"),
        ("Quux", "Sam", "2013-04-15", "M", "PL1 2AB"),
        ("Quux", "Sam", "2013-04-14", "M", "EX9 9ZZ"),
        ("Quux", "Sam", "2013-04-14", "M", None),
    ],
    ids=["surname", "birthday", "moved house", "no postcode"],
)
def test_however_likely_a_pair_that_does_not_agree_in_all_is_only_proposed(
    tmp_path: Path, other: tuple[str, ...]
) -> None:
    book = book_of(tmp_path, ("temporary", *SAM), ("national", *other), *OTHERS)
    [pair] = likely_pairs(book, KEY)
    assert not pair.is_exact and pair.probability > 0.5


def test_twins_and_strangers_are_not_even_proposed(tmp_path: Path) -> None:
    twin = ("Quux", "Robin", "2013-04-14", "F", "EX9 9ZZ")
    book = book_of(tmp_path, ("local", *SAM), ("national", *twin), *OTHERS)
    assert likely_pairs(book, KEY) == []


def test_two_valid_numbers_are_two_children_whatever_their_names(tmp_path: Path) -> None:
    assert likely_pairs(book_of(tmp_path, ("national", *SAM), ("national", *SAM), *OTHERS), KEY) == []


def test_where_two_could_be_meant_a_person_decides(tmp_path: Path) -> None:
    book = book_of(tmp_path, ("local", *SAM), ("national", *SAM), ("national", *SAM), *OTHERS)
    pairs = likely_pairs(book, KEY)
    assert len(pairs) == 2
    assert not any(pair.is_exact for pair in pairs)


def test_a_confirmed_pair_is_one_child_until_it_is_undone(tmp_path: Path) -> None:
    book = book_of(tmp_path, ("local", *SAM), ("national", *SAM))
    links.add_linked(book, [(2, 1, 0.9)], by="me", recorded_at=AT, certain=False)
    assert [(p.record, p.other) for p in links.open_proposals(book)] == [(1, 2)]
    number = links.decide(book, (2, 1), same=True, by="head", recorded_at="2026-02-01T00:00:00.000000Z")
    assert links.open_proposals(book) == []
    assert links.children(book, NOBODY) == {1: 1, 2: 1}
    assert links.children(book, Believed(frozenset(), "2026-01-31T00:00:00.000000Z")) == {}
    links.undo(book, number, by="head", recorded_at="2026-03-01T00:00:00.000000Z")
    assert links.children(book, NOBODY) == {}
    # What was believed in between can still be asked for.
    assert links.children(book, Believed(frozenset(), "2026-02-15T00:00:00.000000Z")) == {1: 1, 2: 1}


def test_a_rejected_pair_is_never_proposed_again(tmp_path: Path) -> None:
    book = book_of(tmp_path, ("local", *SAM), ("national", *SAM))
    links.add_linked(book, [(1, 2, 0.9)], by="me", recorded_at=AT, certain=True)
    assert links.children(book, NOBODY) == {1: 1, 2: 1}
    links.decide(book, (1, 2), same=False, by="head", recorded_at=AT)
    assert links.children(book, NOBODY) == {}
    assert links.add_linked(book, [(1, 2, 0.9)], by="me", recorded_at=AT, certain=True) == 0
    assert [link.kind for link in links.all_links(book, NOBODY)] == [
        LinkKind.LINKED,
        LinkKind.UNDONE,
        LinkKind.REJECTED,
    ]


def test_what_cannot_be_decided_is_said(tmp_path: Path) -> None:
    book = book_of(tmp_path, ("local", *SAM), ("national", *SAM))
    with pytest.raises(InputRefused):
        links.decide(book, (1, 1), same=True, by="head", recorded_at=AT)
    with pytest.raises(NotFound):
        links.decide(book, (1, 7), same=True, by="head", recorded_at=AT)
    with pytest.raises(NotFound):
        links.undo(book, 1, by="head", recorded_at=AT)


def test_a_chain_of_links_is_one_child_with_the_smallest_number(tmp_path: Path) -> None:
    book = book_of(tmp_path, *[("local", *SAM)] * 6)
    links.add_former_numbers(book, [(5, 6), (3, 5), (6, 2)], by="school", recorded_at=AT, submission="R1")
    assert links.children(book, NOBODY) == dict.fromkeys((2, 3, 5, 6), 2)
    assert links.children(book, Believed(frozenset())) == {}, "a submission that never went live links nobody"


def test_a_school_does_not_link_again_what_a_person_took_back(tmp_path: Path) -> None:
    book = book_of(tmp_path, ("local", *SAM), ("national", *SAM))
    links.add_former_numbers(book, [(1, 2)], by="school", recorded_at=AT, submission="R1")
    links.undo(book, 1, by="head", recorded_at=AT)
    assert links.add_former_numbers(book, [(2, 1)], by="school", recorded_at=AT, submission="R1") == 0
    assert links.children(book, NOBODY) == {}
