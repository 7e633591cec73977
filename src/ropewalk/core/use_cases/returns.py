"""Schools' returns, as command line and site use them: check, submit, receipts, lines set aside, who sent what."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from ropewalk.core.errors import InputRefused, NotFound, Problem
from ropewalk.core.facts.assembling import fill_known
from ropewalk.core.facts.store import Facts
from ropewalk.core.identity.lines_aside import read_lines
from ropewalk.core.open_data.reading import Reader
from ropewalk.core.open_data.store import Store
from ropewalk.core.returns.checks import Stage
from ropewalk.core.returns.coverage import KindSent, PlaceCoverage, SchoolCoverage, place_coverage
from ropewalk.core.returns.identifying import find_pupils
from ropewalk.core.returns.reading import School, read_return
from ropewalk.core.returns.receipts import Receipt, ReceivedFile, content_id, receipt_of
from ropewalk.core.returns.report import FileReport, Place, ProblemGroup, ReturnReport, report
from ropewalk.core.returns.running import run_stage
from ropewalk.core.returns.submitting import Sent, schools_of, submit
from ropewalk.core.returns.tables import open_tables
from ropewalk.core.schema.places import PlaceKind, find_place

__all__ = [
    "FileReport",
    "KindSent",
    "Place",
    "PlaceCoverage",
    "ProblemGroup",
    "Receipt",
    "ReceivedFile",
    "ReturnReport",
    "SchoolCoverage",
    "Submitted",
    "check_files",
    "receipt",
    "receipts",
    "refused_files",
    "status",
    "submit_files",
]
Progress = Callable[[str], None]


def _silent(_what: str) -> None:
    """Say nothing."""


@dataclass(frozen=True)
class Submitted:
    """What became of a submission.

    ``receipt`` is None when a file could not be read at all: nothing was stored then. ``is_new`` is no when the same
    files were received before: nothing was changed, and ``report`` is None.
    """

    receipt: Receipt | None
    report: ReturnReport | None
    is_new: bool


def check_files(  # noqa: PLR0913 - a return is read in one place and one moment
    facts: Facts,
    paths: Sequence[Path],
    *,
    scratch: Path,
    today: date,
    year: str | None = None,
    key: bytes | None = None,
    progress: Progress = _silent,
) -> ReturnReport:
    """Check files and store nothing.

    What was sent before is compared with when ``key``, that of the store's pseudonyms, is given. Raises
    InputRefused for a path that is not there and a year that is none.
    """
    with closing(open_tables(scratch)) as con:
        schools = registered_rows(facts)
        read_return(
            con, paths, scratch=scratch, year=checked_year(year), today=today, schools=schools, progress=progress
        )
        if key is not None:
            progress("Comparing with what was sent before")
            find_pupils(con, facts.book, key)
            fill_known(con, facts, schools_of(con))
            run_stage(con, Stage.CONSISTENT)
        return report(con)


def submit_files(  # noqa: PLR0913 - a submission is one act with all that belongs to it
    facts: Facts,
    paths: Sequence[Path],
    *,
    by: str,
    key: bytes,
    scratch: Path,
    now: datetime,
    year: str | None = None,
    place: str | None = None,
    again: bool = False,
    progress: Progress = _silent,
) -> Submitted:
    """Check files and store what can be counted.

    ``place`` (code, number or name) says where schools are that the published register does not know. Raises NotFound
    for a place that is not there, InputRefused for a path that is not there and a year that is none, StoreFault when
    nothing could be written.
    """
    if not by.strip():
        raise InputRefused([Problem("Nobody is named who sends this.", "Say who with --by.")])
    code = find_place(place).code if place else None
    year = checked_year(year)
    content = content_id(_digests(paths), year=year, place=code)
    earlier = None if again else facts.catalogue.by_content(content)
    if earlier is not None:
        return Submitted(receipt_of(earlier.receipt), None, is_new=False)
    with closing(open_tables(scratch)) as con:
        schools = registered_rows(facts)
        read_return(con, paths, scratch=scratch, year=year, today=now.date(), schools=schools, progress=progress)
        found = report(con)
        if found.has_whole_file_problem:
            return Submitted(None, found, is_new=False)
        sent = Sent(content=content, by=by.strip(), now=now, year=year, place=code, again=again)
        given, is_new = submit(con, facts, sent, key=key, progress=progress)
        return Submitted(given, report(con), is_new)


def receipts(facts: Facts, *, school: int | None = None) -> list[Receipt]:
    """All receipts, or those that speak of a school, newest first."""
    found = [receipt_of(submission.receipt) for submission in facts.snapshot().submissions]
    return [one for one in reversed(found) if school is None or school in one.schools]


def receipt(facts: Facts, receipt_id: str) -> Receipt:
    """One receipt.

    Raises NotFound when there is none of this name, StoreFault when it is not what was written.
    """
    found = facts.catalogue.by_id(receipt_id.strip().upper())
    if found is None:
        raise NotFound(f"There is no receipt '{receipt_id}'. Receipts look like R20260301-7K3QX.")
    return receipt_of(found.receipt)


def refused_files(facts: Facts, receipt_id: str, *, key: bytes | None) -> list[tuple[str, bytes]]:
    """The lines a submission set aside, as they were sent: for each file that had any a name and what to write.

    Only for whoever sent them: they may name children. ``key`` is that of the store's pseudonyms. Raises NotFound for
    a receipt that is not there, StoreFault when the key is not the store's.
    """
    found = receipt(facts, receipt_id)
    given = []
    for file in found.files:
        content = read_lines(facts.book, found.id, file.number, key)
        if content is not None:
            given.append((f"{found.id}-{file.number}-{file.kind}-set-aside.csv", content))
    return given


def status(facts: Facts, place: str) -> PlaceCoverage:
    """Who has sent what in a council area (code, number or name).

    Raises NotFound for a place that is not there, InputRefused for a region or country.
    """
    found = find_place(place)
    if found.kind is not PlaceKind.COUNCIL:
        raise InputRefused([Problem(f"{found.name} is not a council area.", "Name one of its councils.")])
    reader = _reader(facts)
    try:
        return place_coverage(facts, found.code, reader)
    finally:
        if reader is not None:
            reader.close()


def registered_rows(facts: Facts) -> list[School]:
    """The published register of the same store, as reading a return wants it; empty where there is none."""
    try:
        con = Store(facts.root).read()
    except NotFound:
        return []
    with closing(con):
        sql = "SELECT CAST(urn AS INTEGER), name, place, phase, trust, laestab FROM school_now WHERE urn ~ '^[0-9]+$'"
        return con.execute(sql).fetchall()


def checked_year(year: str | None) -> str | None:
    """An academic year as 2025/26.

    Raises InputRefused when it is none.
    """
    if year is None:
        return None
    start, _, end = year.strip().partition("/")
    if start.isdigit() and end.isdigit() and len(start) == 4 and int(end) == (int(start) + 1) % 100:
        return f"{start}/{int(end):02d}"
    raise InputRefused([Problem(f"'{year}' is not an academic year.", "Write it as 2025/26.")])


def _reader(facts: Facts) -> Reader | None:
    try:
        return Reader(Store(facts.root))
    except NotFound:
        return None


def _digests(paths: Sequence[Path]) -> list[str]:
    """SHA-256 of the files at the paths and in the folders; what cannot be opened is told of when it is read."""
    found = []
    for path in paths:
        for file in sorted(path.iterdir()) if path.is_dir() else [path]:
            if not file.is_file():
                found.append(f"none at {file}")
                continue
            with file.open("rb") as stream:
                found.append(hashlib.file_digest(stream, "sha256").hexdigest())
    return found
