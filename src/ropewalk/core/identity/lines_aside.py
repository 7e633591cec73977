"""Lines that a submission set aside, as they were sent: sealed, in the book's folder, a file for each file sent.

They are sealed with the store's data key, which the book keeps sealed with the identity key: when that one changes, no
file need be written again. Files of stores written before stand there unsealed (``1.csv``); they are read, and sealed
by the next submission or change of key.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from ropewalk.core.identity.book import Book
from ropewalk.core.identity.sealed_files import read_sealed, write_sealed

FOLDER, DRAFTS = "refused", "refused-drafts"
SEALED, PLAIN = ".sealed", ".csv"


def lines_folder(book: Book, receipt: str) -> Path:
    """Where the lines of a submission are kept."""
    return book.folder / FOLDER / receipt


def files_with_lines(book: Book, receipt: str) -> list[int]:
    """Numbers of the files of a submission of which lines are kept, in order."""
    folder = lines_folder(book, receipt)
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted({int(file.stem) for file in found if file.suffix in {SEALED, PLAIN} and file.stem.isdigit()})


def files_of(book: Book, receipt: str, number: int) -> tuple[Path, Path]:
    """Where the lines of a file are kept: sealed, and as an earlier version kept them."""
    folder = lines_folder(book, receipt)
    return folder / f"{number}{SEALED}", folder / f"{number}{PLAIN}"


def read_lines(book: Book, receipt: str, number: int, key: bytes | None) -> bytes | None:
    """The lines of a file below its header, as sent; None when none are kept. ``key`` is the identity key.

    Raises StoreFault when the key is not the book's, and when they were changed or damaged.
    """
    sealed, plain = files_of(book, receipt, number)
    if sealed.exists():
        return read_sealed(sealed, key=book.data_key(key or b""), of=_belongs(receipt, number))
    return plain.read_bytes() if plain.exists() else None


def keep_lines(book: Book, receipt: str, number: int, content: bytes, key: bytes) -> None:
    """Keep the lines of a file, in place of those that were kept; whole or not at all."""
    folder = lines_folder(book, receipt)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_sealed(
        folder / f"{number}{SEALED}", [content], key=book.data_key(key, make=True), of=_belongs(receipt, number)
    )
    (folder / f"{number}{PLAIN}").unlink(missing_ok=True)


def forget_lines(book: Book, receipt: str, number: int) -> None:
    """Delete the lines kept of a file."""
    for ending in (SEALED, PLAIN):
        (lines_folder(book, receipt) / f"{number}{ending}").unlink(missing_ok=True)


def draft_lines(book: Book, receipt: str, number: int, content: bytes, key: bytes) -> Path:
    """Write what is to take the place of the lines of a file, beside them; it counts only once it is put there."""
    folder = book.folder / DRAFTS
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = folder / f"{receipt}-{number}{SEALED}"
    write_sealed(draft, [content], key=book.data_key(key, make=True), of=_belongs(receipt, number))
    return draft


def forget_drafts(book: Book) -> None:
    """Delete drafts that a process left behind which was killed before they counted."""
    shutil.rmtree(book.folder / DRAFTS, ignore_errors=True)


def seal_plain_lines(book: Book, key: bytes) -> int:
    """Seal what an earlier version kept unsealed; how many files."""
    found = sorted((book.folder / FOLDER).glob(f"*/*{PLAIN}"))
    for file in found:
        keep_lines(book, file.parent.name, int(file.stem), file.read_bytes(), key)
    return len(found)


def _belongs(receipt: str, number: int) -> str:
    return f"lines set aside {receipt} {number}"
