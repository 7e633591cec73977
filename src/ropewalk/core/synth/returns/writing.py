"""Writing made-up returns: the declared columns in their order, the same bytes for the same rows."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from ropewalk.core.schema.returns import return_file
from ropewalk.core.synth.returns.calendar import SESSIONS_OF_WEEK
from ropewalk.core.synth.returns.marks import Register
from ropewalk.core.synth.returns.rows import Row
from ropewalk.core.synth.returns.signs import week_text

KINDS = ("roll", "register", "suspensions", "moves", "results")


class ReturnFolder:
    """The files of one return, open for writing. Use it as a context."""

    def __init__(self, folder: Path) -> None:
        """Make the folder; files of the same names are written over."""
        self.folder = folder
        self._files: dict[str, TextIO] = {}

    def __enter__(self) -> Self:
        """Open all files and write their headers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for kind in KINDS:
            file = (self.folder / f"{kind}.csv").open("w", encoding="utf-8", newline="")
            file.write(",".join(return_file(kind).columns) + "\n")
            self._files[kind] = file
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close all files."""
        for file in self._files.values():
            file.close()

    @property
    def paths(self) -> list[Path]:
        """The files, in the order in which they are made."""
        return [self.folder / f"{kind}.csv" for kind in KINDS]

    def write(self, kind: str, rows: Iterable[Row]) -> None:
        """Add rows; columns a row does not name are blank. Raises ValueError for a column nobody declared."""
        columns = return_file(kind).columns
        writer = csv.DictWriter(self._files[kind], columns, restval="", lineterminator="\n")
        writer.writerows(rows)

    def write_register(self, urn: int, number: str, register: Register, weeks: Sequence[date]) -> None:
        """Add a child's weeks at a school; ``weeks`` are the Mondays up to the last one that is known."""
        before, marks = f"{urn},{number},", register.marks
        self._files["register"].write(
            "".join(
                [
                    f"{before}{weeks[week]},{_text(marks[week * SESSIONS_OF_WEEK : (week + 1) * SESSIONS_OF_WEEK])}\n"
                    for week in range(register.first, min(register.end, len(weeks)))
                ]
            )
        )


@cache
def _text(signs: bytes) -> str:
    return week_text(signs)
