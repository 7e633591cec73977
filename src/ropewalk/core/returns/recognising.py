"""Which kind of return a table is, told from its header alone: names of files are no evidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ropewalk.core.schema.returns import RETURN_FILES, ReturnFile

DELIMITERS = (",", ";", "\t")
# Stands between the cells of a sheet that was written out: no spreadsheet holds it.
UNIT = "\x1f"
_NOT_LETTERS = re.compile(r"[\s_\-.\xa0\ufeff]+")
# Columns every return has tell none apart.
_EVERYWHERE = frozenset({"urn", "upn"})


@dataclass(frozen=True)
class Header:
    """A recognised header. ``positions`` says where each declared column stands (from 0); ``width`` is its cells.

    ``missing`` are needed columns that are not there, ``twice`` columns that stand there more than once, ``unknown``
    the positions of columns with a name nobody declared.
    """

    kind: ReturnFile
    positions: dict[str, int]
    width: int
    missing: tuple[str, ...]
    twice: tuple[str, ...]
    unknown: tuple[int, ...]


def plain_name(cell: str) -> str:
    """A column's name as it is compared: small letters, no spaces, hyphens or underscores."""
    return _NOT_LETTERS.sub("", cell).lower()


def recognise(cells: Sequence[str]) -> Header | None:
    """The header these cells are; None when they are that of no return, or of two equally."""
    names = [plain_name(cell) for cell in cells]
    ranked = sorted(((_likeness(declared, set(names)), declared) for declared in RETURN_FILES.values()), key=_first)
    (best, kind), (second, _) = ranked[-1], ranked[-2]
    if best == second or not _is_enough(kind, set(names)):
        return None
    return _header(kind, names)


def likely_delimiter(line: str) -> str:
    """The delimiter that gives a header the most columns."""
    return UNIT if UNIT in line else max(DELIMITERS, key=line.count)


def _first(pair: tuple[tuple[int, int], ReturnFile]) -> tuple[int, int]:
    return pair[0]


def _likeness(kind: ReturnFile, names: set[str]) -> tuple[int, int]:
    """How many columns of the kind are there, and how few needed ones are not."""
    there = {field.name for field in kind.fields if plain_name(field.name) in names}
    missing = sum(field.needed and field.name not in there for field in kind.fields)
    return len(there), -missing


def _is_enough(kind: ReturnFile, names: set[str]) -> bool:
    """At least half of the needed columns, and at least one that not every return has."""
    needed = [field.name for field in kind.fields if field.needed]
    there = [name for name in needed if plain_name(name) in names]
    telling = {name for name in kind.columns if plain_name(name) in names} - _EVERYWHERE
    return bool(telling) and 2 * len(there) >= len(needed)


def _header(kind: ReturnFile, names: Sequence[str]) -> Header:
    declared = {plain_name(column): column for column in kind.columns}
    counted = Counter(names)
    positions = {declared[name]: place for place, name in reversed(list(enumerate(names))) if name in declared}
    return Header(
        kind=kind,
        positions=positions,
        width=len(names),
        missing=tuple(field.name for field in kind.fields if field.needed and field.name not in positions),
        twice=tuple(column for name, column in declared.items() if counted[name] > 1),
        unknown=tuple(place for place, name in enumerate(names) if name and name not in declared),
    )


def column_letter(position: int) -> str:
    """What a spreadsheet calls the column at a position (from 0): A, B, … Z, AA."""
    letters = ""
    while position >= 0:
        position, rest = divmod(position, 26)
        letters = chr(ord("A") + rest) + letters
        position -= 1
    return letters
