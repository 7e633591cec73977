"""Mistakes in the shape of lines: what exports and spreadsheets do to a file."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from ropewalk.core.schema.returns import return_file
from ropewalk.core.synth.returns.mistakes.book import Book, Row
from ropewalk.core.synth.returns.mistakes.registry import When, in_books

LONGER_THAN_ANY_ROW = 33_000


def _any(_row: Row) -> bool:
    return True


@in_books("roll")
def row_other_length(book: Book, chance: Random, count: int) -> list[tuple[str, int]]:
    """A comma in a name that was not quoted."""
    return _texts(book, chance, count, lambda text: text.replace(",", ",,", 1))


@in_books("roll")
def quote_unclosed(book: Book, chance: Random, count: int) -> list[tuple[str, int]]:
    """A quote that is opened and never closed."""
    return _texts(book, chance, count, lambda text: ',"'.join(text.rsplit(",", 1)))


@in_books("roll", often=False)
def line_too_long(book: Book, chance: Random, _count: int) -> list[tuple[str, int]]:
    """A line that holds a whole document."""
    return _texts(book, chance, 1, lambda text: text + "x" * LONGER_THAN_ANY_ROW)


@in_books("roll")
def encoding_mixed(book: Book, chance: Random, count: int) -> list[tuple[str, int]]:
    """A name pasted from a system that writes letters in another way than the rest of the file."""
    found = []
    for _ in range(count):
        index = book.pick("roll", chance, _any)
        if index is None:
            break
        row = book.row("roll", index)
        row["forename"] = b"Zo\xeb".decode("utf-8", "surrogateescape")
        found.append(("roll", book.put("roll", index, row)))
    return found


def _texts(book: Book, chance: Random, count: int, change: Callable[[str], str]) -> list[tuple[str, int]]:
    found = []
    for _ in range(count):
        index = book.pick("roll", chance, _any)
        if index is None:
            break
        found.append(("roll", book.put_text("roll", index, change(book.lines["roll"][index]))))
    return found


@in_books("suspensions", When.ADDING, often=False)
def header_repeated(book: Book, _chance: Random, _count: int) -> list[tuple[str, int]]:
    """The header once more, where a second export was pasted."""
    return [("suspensions", book.add("suspensions", book.headers["suspensions"]))]


@in_books("roll", When.ADDING, often=False)
def example_left_in(book: Book, _chance: Random, _count: int) -> list[tuple[str, int]]:
    """The example of the template."""
    example = {field.name: field.example for field in return_file("roll").fields}
    example["urn"] = f"Example {example['urn']}"
    return [("roll", book.add("roll", example))]


@in_books("register", When.ADDING)
def row_repeated(book: Book, chance: Random, count: int) -> list[tuple[str, int]]:
    """A line pasted twice."""
    found = []
    for _ in range(count):
        index = book.pick("register", chance, _any)
        if index is not None:
            book.touched.add(("register", index))
            found.append(("register", book.add("register", book.lines["register"][index])))
    return found


@in_books("register", When.ADDING)
def row_contradicts(book: Book, chance: Random, count: int) -> list[tuple[str, int]]:
    """The same week of a pupil again, with other marks."""
    found = []
    for _ in range(count):
        index = book.pick("register", chance, lambda row: row["marks"].startswith("/"))
        if index is not None:
            row = book.row("register", index)
            book.touched.add(("register", index))
            row["marks"] = "I" + row["marks"][1:]
            found.append(("register", book.add("register", row)))
    return found
