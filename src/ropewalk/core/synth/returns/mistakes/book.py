"""The files of one return as lines that can be changed, and where a mistake was made in them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from random import Random

from ropewalk.core.synth.returns.writing import KINDS

Row = dict[str, str]
_TRIES = 400
_HEADER = 1
_ABOUT_PUPILS = ("roll", "register", "suspensions")


@dataclass(frozen=True, slots=True)
class Slip:
    """One mistake: the file's path below the place's folder, the line as a spreadsheet counts, the check to find it.

    ``line`` is None where the whole file is wrong.
    """

    file: str
    line: int | None
    check: str


@dataclass
class Book:
    """A return being spoilt. ``lines`` of each kind are those below the header, without line ends.

    ``noted`` are check, kind and line (as a spreadsheet counts) of the mistakes made so far; ``spoilt`` are kind,
    school and pupil of lines of rolls, registers and suspensions that are no longer as they were. ``apart`` is a
    school whose pupil numbers stay right, so that a stranger in its register stands out; blank for none.
    """

    folder: Path
    year: str
    headers: dict[str, str]
    lines: dict[str, list[str]]
    touched: set[tuple[str, int]] = field(default_factory=set)
    noted: list[tuple[str, str, int]] = field(default_factory=list)
    spoilt: set[tuple[str, str, str]] = field(default_factory=set)
    apart: str = ""
    _having: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path, year: str) -> Book:
        """The files of a folder."""
        headers, lines = {}, {}
        for kind in KINDS:
            headers[kind], *lines[kind] = (folder / f"{kind}.csv").read_text(encoding="utf-8").splitlines()
        return cls(folder, year, headers, lines)

    def write(self) -> None:
        """Write all files; a sign made with surrogateescape becomes the byte it stands for."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for kind, lines in self.lines.items():
            path = self.folder / f"{kind}.csv"
            with path.open("w", encoding="utf-8", errors="surrogateescape", newline="") as file:
                file.write("\n".join([self.headers[kind], *lines]) + "\n")

    def columns(self, kind: str) -> list[str]:
        """Names of the columns."""
        return self.headers[kind].split(",")

    def row(self, kind: str, index: int) -> Row:
        """Cells of a line by column."""
        return dict(zip(self.columns(kind), next(csv.reader([self.lines[kind][index]])), strict=True))

    def put(self, kind: str, index: int, row: Row) -> int:
        """Write a row back; gives the line as a spreadsheet counts."""
        return self.put_text(kind, index, text_of(row))

    def put_text(self, kind: str, index: int, text: str) -> int:
        """Write a line as it is; gives the line as a spreadsheet counts."""
        if kind in _ABOUT_PUPILS:
            urn, upn, _ = self.lines[kind][index].split(",", 2)
            self.spoilt.add((kind, urn, upn))
        self.lines[kind][index] = text
        self.touched.add((kind, index))
        return index + _HEADER + 1

    def add(self, kind: str, row: Row | str) -> int:
        """Add a line at the end; gives the line as a spreadsheet counts."""
        text = row if isinstance(row, str) else text_of({name: row.get(name, "") for name in self.columns(kind)})
        self.lines[kind].append(text)
        return self.put_text(kind, len(self.lines[kind]) - 1, text)

    def free(self, kind: str, index: int) -> bool:
        """Whether nothing was done to a line yet."""
        return (kind, index) not in self.touched

    def pick(self, kind: str, chance: Random, suits: Callable[[Row], bool], having: str = "") -> int | None:
        """A line nothing was done to whose row suits; ``having`` is a text such lines hold. None when none is."""
        candidates: Sequence[int] = self._candidates(kind, having) if having else range(len(self.lines[kind]))
        for _ in range(min(_TRIES, 4 * len(candidates))):
            index = candidates[int(chance.random() * len(candidates))]
            if self.free(kind, index) and suits(row := self.row(kind, index)) and not self._hidden(kind, row):
                return index
        return None

    def _hidden(self, kind: str, row: Row) -> bool:
        """Two mistakes with the suspensions of one pupil would hide each other."""
        return kind == "suspensions" and (kind, row["urn"], row["upn"]) in self.spoilt

    def _candidates(self, kind: str, having: str) -> list[int]:
        if (kind, having) not in self._having:
            self._having[kind, having] = [index for index, line in enumerate(self.lines[kind]) if having in line]
        return self._having[kind, having]

    def find(self, kind: str, starts: Iterable[str]) -> dict[str, int]:
        """Where lines stand that are one of the texts up to their last comma."""
        wanted = set(starts)
        return {
            start: index
            for index, line in enumerate(self.lines[kind])
            if (start := line.rpartition(",")[0]) in wanted and self.free(kind, index)
        }

    def drop(self, kind: str, unwanted: Callable[[str], bool]) -> None:
        """Take lines away; what was noted of others goes with them to their new places."""
        kept = [index for index, line in enumerate(self.lines[kind]) if not unwanted(line)]
        moved = {index: now for now, index in enumerate(kept)}
        self.lines[kind] = [self.lines[kind][index] for index in kept]
        shift = _HEADER + 1
        self.noted = [
            (check, of, moved[line - shift] + shift if of == kind else line)
            for check, of, line in self.noted
            if of != kind or line - shift in moved
        ]
        self.touched = {(of, moved.get(index, -1) if of == kind else index) for of, index in self.touched}
        self._having.clear()

    @cached_property
    def pupils(self) -> dict[tuple[str, str], Row]:
        """The row on the roll of each school's pupil, as it was before any mistake."""
        rows = csv.DictReader([self.headers["roll"], *self.lines["roll"]])
        return {(row["urn"], row["upn"]): row for row in rows}

    @cached_property
    def suspended(self) -> frozenset[tuple[str, str]]:
        """Schools and pupils with a suspension."""
        rows = csv.DictReader([self.headers["suspensions"], *self.lines["suspensions"]])
        return frozenset((row["urn"], row["upn"]) for row in rows)

    @cached_property
    def part_time(self) -> frozenset[tuple[str, str]]:
        """Schools and pupils with a move of any kind."""
        rows = csv.DictReader([self.headers["moves"], *self.lines["moves"]])
        return frozenset((row["from_urn"], row["upn"]) for row in rows)

    @cached_property
    def weeks(self) -> list[date]:
        """Mondays of the register."""
        return sorted({date.fromisoformat(line.split(",", 3)[2]) for line in self.lines["register"]})


def text_of(row: Row) -> str:
    """A row as a line; cells with a comma or a quote are quoted."""
    return ",".join(
        '"' + cell.replace('"', '""') + '"' if "," in cell or '"' in cell else cell for cell in row.values()
    )
