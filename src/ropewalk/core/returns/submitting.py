"""Submitting a return that was read and checked: who is who, agreement with what was sent before, facts, receipt.

Everything goes live with one committed row of the catalogue, the receipt in it. Until then a killed process leaves
nothing that counts; from then on nothing is lost.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import duckdb

from ropewalk.core.facts.assembling import fill_known
from ropewalk.core.facts.catalogue import Coverage, FactFile, NewSubmission, SchoolPlace, Snapshot, Submission
from ropewalk.core.facts.store import Facts
from ropewalk.core.facts.writing import tidy, write_facts
from ropewalk.core.identity.lines_aside import keep_lines, seal_plain_lines
from ropewalk.core.identity.upn import SHAPE
from ropewalk.core.returns.checks import Stage
from ropewalk.core.returns.counting import make_facts
from ropewalk.core.returns.identifying import TYPED, identify_pupils
from ropewalk.core.returns.receipts import (
    Receipt,
    ReceivedFile,
    new_receipt_id,
    receipt_json,
    receipt_of,
    sealed,
)
from ropewalk.core.returns.report import report
from ropewalk.core.returns.running import run_stage
from ropewalk.core.returns.setting_aside import refused_csv
from ropewalk.core.schema.places import PlaceKind, all_places

Progress = Callable[[str], None]
_SCHOOL_COLUMN = {kind: "from_urn" if kind == "moves" else "urn" for kind in TYPED}


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What a submission is told besides its files. ``place`` is an ONS code for schools no register knows.

    ``content`` see ``receipts.content_id``; ``again`` records the submission though the same was received before.
    """

    content: str
    by: str
    now: datetime
    year: str | None = None
    place: str | None = None
    again: bool = False


def schools_of(con: duckdb.DuckDBPyConnection) -> list[int]:
    """URNs of the schools that send the return."""
    union = " UNION ".join(f"SELECT {column} AS urn FROM {kind}" for kind, column in _SCHOOL_COLUMN.items())  # noqa: S608
    return [urn for (urn,) in con.execute(f"SELECT urn FROM ({union}) WHERE urn IS NOT NULL ORDER BY urn").fetchall()]  # noqa: S608


def submit(
    con: duckdb.DuckDBPyConnection, facts: Facts, sent: Sent, *, key: bytes, progress: Progress = lambda _: None
) -> tuple[Receipt, bool]:
    """Store a return whose typed tables are filled in ``con``; its receipt, and whether it is new.

    The same content again changes nothing and gives the receipt it had. Problems with what was sent before are added
    to ``problem``. Raises StoreFault when the store cannot be written or the key is not the store's; nothing is
    changed then.
    """
    progress("Waiting for other submissions")
    with facts.writing():
        snapshot = facts.snapshot()
        earlier = None if sent.again else facts.catalogue.by_content(sent.content)
        if earlier is not None:
            return receipt_of(earlier.receipt), False
        progress("Tidying up")
        tidy(facts, snapshot)
        new = _prepared(con, facts, sent, snapshot, _Work(key, progress))
        progress("Recording the receipt")
        facts.commit(new)
        progress("Recorded")
    return receipt_of(new.submission.receipt), True


@dataclass(frozen=True)
class _Work:
    key: bytes
    progress: Progress


def _prepared(
    con: duckdb.DuckDBPyConnection, facts: Facts, sent: Sent, snapshot: Snapshot, work: _Work
) -> NewSubmission:
    """Write everything that goes live with the submission."""
    last = snapshot.submissions[-1] if snapshot.submissions else None
    recorded_at = max(facts.recordable(sent.now), last.recorded_at if last else "")
    sequence = last.sequence + 1 if last else 1
    receipt_id = new_receipt_id(sent.content, recorded_at, snapshot.receipts)
    work.progress("Recognising pupils")
    identify_pupils(con, facts.book, work.key, by=sent.by, recorded_at=recorded_at, receipt=receipt_id)
    schools = schools_of(con)
    work.progress("Comparing with what was sent before")
    fill_known(con, facts, schools)
    run_stage(con, Stage.CONSISTENT)
    work.progress("Keeping the lines set aside")
    keep_refused(con, facts, receipt_id, work.key)
    files: list[FactFile] = []
    coverage: list[Coverage] = []
    for table in make_facts(con):
        work.progress(f"Writing {table}")
        file, covered = write_facts(con, facts, table, receipt_id, sequence)
        files.append(file)
        coverage += covered
    places = _places(con, schools, sent.place, sequence)
    receipt = sealed(_receipt(con, sent, receipt_id, recorded_at, (files, coverage, places)))
    submission = Submission(sequence, receipt_id, recorded_at, sent.by, sent.content, receipt_json(receipt))
    return NewSubmission(submission, files, coverage, places)


def _places(con: duckdb.DuckDBPyConnection, schools: list[int], place: str | None, sequence: int) -> list[SchoolPlace]:
    """Where each school is when no register tells: as said, else the council most of its pupils' numbers come from."""
    if place is not None:
        return [SchoolPlace(sequence, urn, place, "said") for urn in schools]
    councils = {one.number: one.code for one in all_places() if one.kind is PlaceKind.COUNCIL and not one.last_year}
    union = " UNION ".join(f"SELECT {column} AS urn, pupil FROM {kind}" for kind, column in _SCHOOL_COLUMN.items())  # noqa: S608
    rows = con.execute(
        f"SELECT urn, mode(substr(pupil, 2, 3) ORDER BY pupil) FROM ({union}) "  # noqa: S608
        f"WHERE regexp_full_match(pupil, '{SHAPE}') GROUP BY urn"
    ).fetchall()
    numbers: dict[int, str] = dict(rows)
    return [SchoolPlace(sequence, urn, councils.get(numbers.get(urn, "")), "pupil numbers") for urn in schools]


def _receipt(
    con: duckdb.DuckDBPyConnection,
    sent: Sent,
    receipt_id: str,
    recorded_at: str,
    kept: tuple[list[FactFile], list[Coverage], list[SchoolPlace]],
) -> Receipt:
    files, coverage, places = kept
    [(pupils,)] = con.execute("SELECT count(DISTINCT record) FROM pupil_record").fetchall()
    return Receipt(
        id=receipt_id,
        recorded_at=recorded_at,
        by=sent.by,
        year=sent.year,
        files=received_files(con),
        facts={file.table: file.rows for file in files},
        years=tuple(sorted({one.year for one in coverage})),
        schools=tuple(sorted({one.school for one in coverage})),
        pupils=pupils,
        problems=dict(con.execute("SELECT check_id, count(*) FROM problem GROUP BY ALL ORDER BY ALL").fetchall()),
        schools_without_place=tuple(one.school for one in places if one.place is None),
    )


def received_files(con: duckdb.DuckDBPyConnection) -> tuple[ReceivedFile, ...]:
    """The files of the return with their lines reconciled."""
    return tuple(
        ReceivedFile(
            one.file, one.name, one.kind, one.sha256, one.bytes, one.lines, one.accepted, one.refused, one.blank
        )
        for one in report(con, most_places=0).files
    )


def keep_refused(con: duckdb.DuckDBPyConnection, facts: Facts, receipt_id: str, key: bytes) -> None:
    """Keep the lines set aside as they were sent, a file for each file, sealed."""
    seal_plain_lines(facts.book, key)
    for (file,) in con.execute("SELECT DISTINCT file FROM refused_line ORDER BY file").fetchall():
        keep_lines(facts.book, receipt_id, file, refused_csv(con, file), key)
