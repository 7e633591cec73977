"""The ledger of explorations: every answer ever given about the pupils of a place in a period, in a folder.

Each answer is a file, ``0001-explored.json``: what was asked, as the facts were known when, and every cell as it was
rounded. It is never changed. The counts themselves are not kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ropewalk.core.disclosure.exploring.known import ALL, Cell, Fact, Schools
from ropewalk.core.disclosure.exploring.steps import Band
from ropewalk.core.disclosure.ledger import Ledger
from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.facts.store import write_whole

_EXPLORED = re.compile(r"(\d{4})-explored\.json$")
# Parts of a share: the pupils it is out of, and those that are counted.
OF, COUNTED = "of", "counted"
At = tuple[str, str, str]


@dataclass(frozen=True, kw_only=True)
class Question:
    """What an analyst asks of a place, a period and some pupils: a measure by the groups of a family, at a level.

    ``schools`` are those that may be counted, by URN; None is all of the place.
    """

    measure: str
    family: str | None
    level: str
    schools: tuple[int, ...] | None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What was answered on a day, of facts as known at the moment ``as_of``.

    ``units`` are the schools of each place, phase, trust or school; ``bands`` has for each unit, part and group how its
    count is shown, or None where it is withheld. ``rest`` says whether some pupils are in no group of the family.
    """

    question: Question
    period: str
    day: str
    as_of: str
    submissions: tuple[str, ...]
    rest: bool
    units: Mapping[str, Schools]
    bands: Mapping[At, Band | None]

    def cells(self) -> Iterator[tuple[Cell, Band | None]]:
        """Every cell with how it is shown."""
        for (unit, part, group), band in self.bands.items():
            yield self.cell(unit, part, group), band

    def cell(self, unit: str, part: str, group: str) -> Cell:
        """What a count of a unit is of."""
        return cell_of(self.question, self.units[unit], part, group)

    def facts(self) -> Iterator[Fact]:
        """What is known from it."""
        yield from (Fact.of(cell, band) for cell, band in self.cells() if band)


def cell_of(question: Question, schools: Schools, part: str, group: str) -> Cell:
    """What a count is of that answers a question."""
    measure = question.measure if part == COUNTED else None
    return Cell(schools, measure, None if group == ALL else question.family, group)


class Explorations:
    """A folder of answers."""

    def __init__(self, folder: Path) -> None:
        """Remember the folder; nothing is read yet."""
        self.folder = folder

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the ledger from reading to writing: two answers at once would not know of each other.

        Raises InputRefused when the folder cannot be written.
        """
        with Ledger(self.folder).held():
            yield

    def answers(self) -> list[Answer]:
        """All answers, oldest first. Raises InputRefused when a file is not as Ropewalk wrote it."""
        return [self._read(path) for path in sorted(self.folder.glob("*")) if _EXPLORED.match(path.name)]

    def add(self, answer: Answer) -> None:
        """Write an answer down, whole or not at all, with the ledger held."""
        number = len(list(self.folder.glob("*-explored.json"))) + 1
        said = {
            **asdict(answer),
            "bands": [[*at, *((band.low, band.high) if band else (None, None))] for at, band in answer.bands.items()],
        }
        write_whole(
            self.folder / f"{number:04d}-explored.json",
            (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode(),
        )

    def _read(self, path: Path) -> Answer:
        try:
            return _answer(json.loads(path.read_bytes()))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            what = f"An answer in the ledger of explorations is damaged ({error.__class__.__name__})."
            raise InputRefused([Problem(what, "Put back a copy of the ledger.", path.name)]) from error


def _answer(said: dict[str, Any]) -> Answer:
    schools = said["question"]["schools"]
    question = Question(**{**said["question"], "schools": None if schools is None else tuple(schools)})
    bands = {
        (str(unit), str(part), str(group)): None if low is None else Band(low, high)
        for unit, part, group, low, high in said["bands"]
    }
    units = {str(unit): tuple(schools) for unit, schools in said["units"].items()}
    return Answer(
        **{**said, "question": question, "submissions": tuple(said["submissions"]), "units": units, "bands": bands}
    )
