"""The catalogue of the facts: which submissions there are, which files are theirs, what they cover, what was erased.

A file of facts is live exactly when a committed row of the catalogue says so. The catalogue is a small port: in the
core a SQLite file in the store stands behind it, on a server the application's PostgreSQL, see ``sql_catalogue``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Submission:
    """One submission. ``content`` tells two apart; ``receipt`` is JSON. ``recorded_at`` is UTC and never goes back."""

    sequence: int
    id: str
    recorded_at: str
    by: str
    content: str
    receipt: str


@dataclass(frozen=True, slots=True)
class FactFile:
    """A Parquet file of one submission and fact table; ``path`` is relative to the folder of facts."""

    sequence: int
    table: str
    path: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a submission holds in a fact table for a school and academic year.

    ``first`` and ``last`` are days as YYYY-MM-DD (the Mondays of attendance, the first days of events), or the year
    itself where the table knows no days.
    """

    sequence: int
    table: str
    school: int
    year: str
    first: str
    last: str
    rows: int
    pupils: int


@dataclass(frozen=True, slots=True)
class SchoolPlace:
    """The place (ONS code; None when nothing tells) a submission gave for a school, and where it has it from."""

    sequence: int
    school: int
    place: str | None
    place_from: str


@dataclass(frozen=True, slots=True)
class Erasure:
    """Facts that were taken out of the store for good: of a child, a school, or school years. Nothing says whose.

    ``kind`` is ``child``, ``school`` or ``years``; ``years`` are the academic years it touched. ``rows`` of ``tables``
    tables went, those among them that later ones had replaced.
    """

    number: int
    erased_at: str
    kind: str
    by: str
    reason: str
    years: tuple[str, ...]
    rows: int
    tables: int


@dataclass(frozen=True)
class Erasing:
    """An erasure with the files and coverage that take the place of those it changes.

    ``gone`` are files (submission, fact table) of which nothing is left. ``unfinished`` says what is to be done once
    this is committed, see ``erasures``.
    """

    erasure: Erasure
    files: Sequence[FactFile]
    coverage: Sequence[Coverage]
    gone: Sequence[tuple[int, str]]
    unfinished: str


@dataclass(frozen=True)
class Snapshot:
    """All that was live at a moment, read in one transaction; submissions oldest first.

    ``erased`` counts the erasures until now: they change what was known at every moment.
    """

    submissions: tuple[Submission, ...] = ()
    files: tuple[FactFile, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    places: tuple[SchoolPlace, ...] = ()
    erased: int = 0

    @property
    def receipts(self) -> frozenset[str]:
        """Ids of the submissions."""
        return frozenset(submission.id for submission in self.submissions)


@dataclass(frozen=True)
class NewSubmission:
    """A submission with everything that goes live with it."""

    submission: Submission
    files: Sequence[FactFile]
    coverage: Sequence[Coverage]
    places: Sequence[SchoolPlace]


class Catalogue(Protocol):
    """The port: what the facts need of a catalogue."""

    def store_id(self) -> str | None:
        """Id of the folder of facts this catalogue belongs to; None before the first submission."""

    def snapshot(self, until: str | None = None) -> Snapshot:
        """What was live at a moment (None: now)."""

    def by_content(self, content: str) -> Submission | None:
        """The newest submission with this content."""

    def by_id(self, receipt: str) -> Submission | None:
        """The submission with this receipt."""

    def commit(self, new: NewSubmission, *, store_id: str) -> None:
        """Make a submission live, with all its rows, in one transaction that is on disk when this returns."""

    def erasures(self) -> list[Erasure]:
        """What was ever erased, oldest first."""

    def erase(self, new: Erasing) -> None:
        """Put the files and coverage of an erasure in place, in one transaction that is on disk when this returns."""

    def unfinished(self) -> dict[int, str]:
        """What is still to be done of erasures, by their number."""

    def finish(self, number: int) -> None:
        """Nothing is left to be done of an erasure."""

    def rewrite(self, submissions: Sequence[Submission], name: str, *, becomes: str) -> None:
        """Put submissions in place of those of the same number, and another word for who erased, in one transaction."""
