"""Making mistakes: a share of the lines of every file, each kind of mistake at least once where it can be made."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

from ropewalk.core.synth.returns.mistakes import events, register, roll, shape
from ropewalk.core.synth.returns.mistakes.book import Book, Slip
from ropewalk.core.synth.returns.mistakes.registry import MISTAKES, Mistake
from ropewalk.core.synth.returns.mistakes.sent_again import FOLDER as SENT_AGAIN
from ropewalk.core.synth.returns.mistakes.sent_again import send_again
from ropewalk.core.synth.returns.mistakes.whole_files import FOLDER as UNUSABLE
from ropewalk.core.synth.returns.mistakes.whole_files import write_unusable

# Each of these registers its kinds when it is imported.
SOURCES = (shape, roll, register, events)


def make_mistakes(place: Path, years: Sequence[tuple[str, Sequence[Path]]], share: float, chance: Random) -> list[Path]:
    """Spoil returns that were written cleanly; ``years`` are academic years with the folders of their returns.

    Writes the changed files, ``sent-again`` (a second return of one school that contradicts the first), ``unusable``
    (files that cannot be read as a whole) and ``mistakes.csv``, which lists every mistake. Gives the files that are
    new.
    """
    slips: list[Slip] = []
    last_year, last_folders = years[-1]
    slips += send_again(place, last_year, last_folders, chance)
    for year, folders in years:
        books = [Book.read(folder, year) for folder in folders]
        _spoil(books, share, chance)
        for book in books:
            book.write()
            slips += [Slip(_name(place, book, kind), line, check) for check, kind, line in book.noted]
    slips += write_unusable(place)
    new = {place / slip.file for slip in slips if slip.file.startswith((SENT_AGAIN, UNUSABLE))}
    return [_list(place, slips), *sorted(new)]


def _name(place: Path, book: Book, kind: str) -> str:
    return (book.folder / f"{kind}.csv").relative_to(place).as_posix()


def _spoil(books: list[Book], share: float, chance: Random) -> None:
    """Make every kind of mistake in some of the books, so that about a share of the lines of each file is wrong."""
    _keep_one_apart(books)
    kinds = Counter(mistake.kind for mistake in MISTAKES if mistake.often)
    lines = {kind: sum(len(book.lines[kind]) for book in books) for kind in kinds}
    for number, mistake in enumerate(sorted(MISTAKES, key=_when)):
        wanted = max(1, round(share * lines[mistake.kind] / kinds[mistake.kind])) if mistake.often else 1
        turn = number % len(books)
        for book in books[turn:] + books[:turn]:
            if wanted <= 0:
                break
            part = -(-wanted // len(books))
            found = mistake.spoil(book, chance, part)
            book.noted += [(mistake.check, kind, line) for kind, line in found]
            wanted -= len(found)


def _keep_one_apart(books: list[Book]) -> None:
    """The school with the most pupils, where there is more than one school."""
    pupils = Counter(urn for book in books for urn, _ in book.pupils)
    largest = max(sorted(pupils), key=lambda urn: pupils[urn])
    for book in books:
        if len(pupils) > 1 and any(urn == largest for urn, _ in book.pupils):
            book.apart = largest


def _when(mistake: Mistake) -> tuple[int, bool, bool]:
    """What spoils a whole week comes before what spoils single lines of it, and the roll before what leans on it."""
    return mistake.when, mistake.often, mistake.kind != "roll"


def _list(place: Path, slips: list[Slip]) -> Path:
    path = place / "mistakes.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("file", "line", "check"))
        writer.writerows((slip.file, slip.line or "", slip.check) for slip in slips)
    return path
