"""Protect a file of counts, together with everything in a ledger, and write what may be released."""

from __future__ import annotations

import csv
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from ropewalk.core.disclosure.ledger import Ledger, as_csv
from ropewalk.core.disclosure.protect import Specification, protect
from ropewalk.core.disclosure.protect.protecting import Progress
from ropewalk.core.errors import InputRefused, Problem

MOST_COUNT = 10**9


@dataclass(frozen=True, slots=True)
class ProtectReport:
    """How it went: cells shown of all, sensitive cells, cells hidden to protect them.

    ``known_already`` are hidden small counts that earlier releases give away to somebody: nothing can guard them now.
    """

    shown: int
    cells: int
    sensitive: int
    secondary: int
    known_already: int


def read_specification(path: Path) -> Specification:
    """A specification from a JSON file. Raises InputRefused."""
    return Specification.from_json(_text(path))


def protect_file(
    counts: Path, specification: Path, output: Path, *, ledger: Path | None, progress: Progress
) -> ProtectReport:
    """Protect the counts of a CSV file and write the table to ``output``; nothing is written when something is wrong.

    With ``ledger`` the release is protected together with all releases in that folder and written down there.
    """
    wanted = read_specification(specification)
    columns, cells = _counts(counts, wanted)
    book = Ledger(ledger) if ledger else None
    with book.held() if book else nullcontext():
        made = protect(wanted, cells, columns, book.releases() if book else (), progress)
        rows = made.rows()
        # Written down before it is given out: what nobody remembers cannot be protected.
        if book:
            book.add(wanted, rows)
    output.write_text(as_csv(wanted.dimensions, rows), encoding="utf-8")
    shown, everything = made.share_shown
    ours = made.joined.ours & made.joined.sensitive
    return ProtectReport(shown, everything, int(ours.sum()), made.secondary, made.known_already)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputRefused(
            [Problem("The file cannot be read.", "Check its name and that it is text.", path.name)]
        ) from error


def _counts(path: Path, wanted: Specification) -> tuple[list[str], dict[tuple[str, ...], int]]:
    """Columns and counts by their values. Raises InputRefused with every problem of the file."""
    header, *rows = list(csv.reader(_text(path).splitlines())) or [[]]
    missing = [name for name in (*wanted.dimensions, "count") if name not in header]
    if missing:
        what = f"The column {', '.join(missing)} is missing."
        raise InputRefused([Problem(what, "A file of counts has the dimensions and count.", path.name, 1)])
    columns = [*wanted.dimensions, *(name for name in header if name not in (*wanted.dimensions, "count"))]
    places = [header.index(name) for name in columns]
    cells: dict[tuple[str, ...], int] = {}
    problems: list[Problem] = []
    for number, row in enumerate(rows, start=2):
        if not row:
            continue
        problem = _fault(row, header, number, path.name)
        coordinates = tuple(row[place].strip() for place in places) if not problem else ()
        if not problem and coordinates in cells:
            problem = Problem("This cell stands here a second time.", "Add the two counts.", path.name, number)
        if problem:
            problems.append(problem)
        else:
            cells[coordinates] = int(row[header.index("count")])
    if problems or not cells:
        raise InputRefused(problems or [Problem("There are no counts.", "Give one row for each cell.", path.name)])
    return columns, cells


def _fault(row: list[str], header: list[str], number: int, name: str) -> Problem | None:
    if len(row) != len(header):
        return Problem("The row has more or fewer cells than the header.", "Mend the row.", name, number)
    text = row[header.index("count")].strip()
    if not text.isascii() or not text.isdigit() or int(text) > MOST_COUNT:
        return Problem("A count must be a whole number from 0.", "Mend the cell.", name, number, "count")
    if any(cell.strip() in ("", "*") or "=" in cell for cell in row):
        return Problem("A value is blank, or holds * or =, which mark totals.", "Give it another name.", name, number)
    return None
