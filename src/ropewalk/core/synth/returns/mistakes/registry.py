"""The kinds of mistakes: each is registered under the id of the check it should trip."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from random import Random

from ropewalk.core.synth.returns.mistakes.book import Book, Row

# Spoils up to so many places of a book; gives the lines at which the check should find something, with their kind.
Spoil = Callable[[Book, Random, int], list[tuple[str, int]]]
SpoilRow = Callable[[Row, Random], bool]


class When(IntEnum):
    """Lines are taken away first, then changed, then added: so no line moves once it has been noted."""

    TAKING_AWAY = 1
    CHANGING = 2
    ADDING = 3


@dataclass(frozen=True, slots=True)
class Mistake:
    """One kind. ``often`` is false for what spoils a whole school or week: once is enough."""

    check: str
    kind: str
    when: When
    often: bool
    spoil: Spoil


MISTAKES: list[Mistake] = []


def in_rows(kind: str, having: str = "", *, apart: bool = False) -> Callable[[SpoilRow], SpoilRow]:
    """Register a function that changes the cells of one row and says whether the row was fit for it.

    The function's name is the id of the check. ``having`` is a text that fit lines hold, where they are rare; ``apart``
    leaves the book's school apart in peace.
    """

    def register(change: SpoilRow) -> SpoilRow:
        def spoil(book: Book, chance: Random, count: int) -> list[tuple[str, int]]:
            found: list[tuple[str, int]] = []
            for _ in range(count):
                changed: Row = {}

                def suits(row: Row, changed: Row = changed) -> bool:
                    if apart and row["urn"] == book.apart:
                        return False
                    changed.clear()
                    changed.update(row)
                    return change(changed, chance)

                index = book.pick(kind, chance, suits, having)
                if index is None:
                    break
                found.append((kind, book.put(kind, index, changed)))
            return found

        MISTAKES.append(Mistake(change.__name__, kind, When.CHANGING, True, spoil))
        return change

    return register


def in_books(kind: str, when: When = When.CHANGING, *, often: bool = True) -> Callable[[Spoil], Spoil]:
    """Register a function that spoils a whole return. Its name is the id of the check."""

    def register(spoil: Spoil) -> Spoil:
        MISTAKES.append(Mistake(spoil.__name__, kind, when, often, spoil))
        return spoil

    return register
