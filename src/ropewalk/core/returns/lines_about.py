"""Which lines that were set aside are about one child: they were never typed, so they are read as they were sent."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from ropewalk.core.identity.upn import normalised

_END = "\r\n"
_DELIMITERS = (",", ";", "\t", "|")
_BIRTH = re.compile(r"birth|\bdob\b", re.IGNORECASE)
_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y", "%d.%m.%y", "%d-%m-%y", "%Y%m%d")


@dataclass(frozen=True)
class Sought:
    """What a child is known by: pupil numbers, names (surname, forename), birthdays, and the schools that know it."""

    numbers: frozenset[str]
    names: frozenset[tuple[str, str]]
    births: frozenset[date]
    schools: frozenset[int]


@dataclass(frozen=True)
class Sorted:
    """The lines of a file: its header, those about the child and all others."""

    header: str
    about: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def rest(self) -> bytes:
        """The file without the lines about the child."""
        return "".join(line + _END for line in (self.header, *self.others)).encode("utf-8-sig")


def sort_lines(content: bytes, sought: Sought) -> Sorted:
    """Tell the lines about a child from the others.

    A line is about it when one of its numbers stands in it. Without a number it is when both names stand in it and the
    birthday does; where no birthday can be read, when one of its schools does.
    """
    header, *lines = content.decode("utf-8-sig").split(_END)
    lines = [line for line in lines if line]
    delimiter = max(_DELIMITERS, key=header.count)
    births = [place for place, name in enumerate(_cells(header, delimiter)) if _BIRTH.search(name.replace("_", " "))]
    about = [line for line in lines if _is_about(line, sought, delimiter, births)]
    taken = set(about)
    return Sorted(header, tuple(about), tuple(line for line in lines if line not in taken))


def lines_of_school(content: bytes, school: int, *, alone: bool) -> Sorted:
    """Tell the lines a school sent from those of others; all are its own where it sent the submission ``alone``."""
    header, *lines = content.decode("utf-8-sig").split(_END)
    lines = [line for line in lines if line]
    delimiter = max(_DELIMITERS, key=header.count)
    place = next((place for place, name in enumerate(_cells(header, delimiter)) if "urn" in name.casefold()), 0)
    about = [line for line in lines if alone or str(school) in _cells(line, delimiter)[place : place + 1]]
    taken = set(about)
    return Sorted(header, tuple(about), tuple(line for line in lines if line not in taken))


def _is_about(line: str, sought: Sought, delimiter: str, births: Sequence[int]) -> bool:
    if any(number in normalised(line) for number in sought.numbers):
        return True
    cells = [cell.strip() for cell in _cells(line, delimiter)]
    words = {cell.casefold() for cell in cells}
    if not any(surname in words and forename in words for surname, forename in sought.names):
        return False
    told = [born for place in births if place < len(cells) for born in _dates(cells[place])]
    if told:
        return any(born in sought.births for born in told)
    return any(str(school) in words for school in sought.schools)


def _cells(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter), [])


def _dates(text: str) -> Iterator[date]:
    for form in _DATES:
        with suppress(ValueError):
            yield datetime.strptime(text[:10].strip(), form).date()  # noqa: DTZ007 - a day has no zone
