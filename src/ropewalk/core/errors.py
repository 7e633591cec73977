"""What can go wrong, in words a school office understands, each with the exit code the command line ends with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with an input: what, where and what to do about it.

    ``row`` counts as a spreadsheet does: the header is row 1. ``column`` is the header's own text.
    """

    what: str
    do: str
    file: str | None = None
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        """One line: where, what, what to do."""
        where = [
            part
            for part in (self.file, self.row and f"row {self.row}", self.column and f"column {self.column}")
            if part
        ]
        return f"{', '.join(map(str, where))}: {self.what} {self.do}" if where else f"{self.what} {self.do}"


class RopewalkError(Exception):
    """Any error Ropewalk raises on purpose; ``exit_code`` is what the command line ends with."""

    exit_code = 1


class InputRefused(RopewalkError):
    """The input is wrong; holds every problem found, so that all can be mended at once (exit code 2)."""

    exit_code = 2

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep all problems; the text of the error is one line for each."""
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in problems))


class NotAllowed(RopewalkError):
    """The person may not do this (exit code 3)."""

    exit_code = 3


class NotFound(RopewalkError):
    """Nothing by that name is there (exit code 4); the text says what was asked for and what to try."""

    exit_code = 4


class StoreFault(RopewalkError):
    """The store on disk is not as Ropewalk wrote it (exit code 1)."""
