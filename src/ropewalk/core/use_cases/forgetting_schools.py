"""Erasing all that a school has sent, when it stops sharing and its terms say so."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from ropewalk.core.errors import InputRefused, NotFound, Problem
from ropewalk.core.facts.catalogue import Erasure, Snapshot
from ropewalk.core.facts.memory import in_memory
from ropewalk.core.facts.rewriting import SCHOOL, Part, Wanted, erase, of_school, parts, records_without
from ropewalk.core.facts.store import Facts, written_moment
from ropewalk.core.facts.writing import tidy
from ropewalk.core.identity import lines_aside
from ropewalk.core.returns.lines_about import lines_of_school
from ropewalk.core.returns.receipts import receipt_of
from ropewalk.core.use_cases.putting_aside import LinesAside, drafted
from ropewalk.core.use_cases.store_snapshot import forget_leftovers

Progress = Callable[[str], None]


@dataclass(frozen=True)
class HeldOfSchool:
    """What a school has sent: facts, lines set aside, receipts; and records that nothing else tells of."""

    school: int
    parts: tuple[Part, ...]
    lines: tuple[LinesAside, ...]
    receipts: tuple[str, ...]
    records: tuple[int, ...]

    @property
    def rows(self) -> int:
        """Rows of facts, replaced ones too."""
        return sum(part.rows for part in self.parts)


def held_of_school(facts: Facts, school: int, *, key: bytes) -> HeldOfSchool:
    """All that a school (URN) has sent. Raises NotFound when that is nothing, StoreFault for another key."""
    snapshot = facts.snapshot()
    with closing(in_memory()) as con:
        found = tuple(parts(con, facts, snapshot, of_school(school)))
        records = records_without(con, facts, snapshot, of_school(school)) if found else ()
    lines = tuple(_lines(facts, snapshot, school, key))
    if not found and not lines:
        raise NotFound(f"Nothing is held that school {school} sent.")
    concerned = {one.receipt for one in lines} | {
        one.id for one in snapshot.submissions if school in receipt_of(one.receipt).schools
    }
    receipts = tuple(one.id for one in snapshot.submissions if one.id in concerned)
    return HeldOfSchool(school, found, lines, receipts, records)


def _lines(facts: Facts, snapshot: Snapshot, school: int, key: bytes) -> list[LinesAside]:
    found = []
    for submission in snapshot.submissions:
        alone = receipt_of(submission.receipt).schools == (school,)
        for file in lines_aside.files_with_lines(facts.book, submission.id):
            content = lines_aside.read_lines(facts.book, submission.id, file, key) or b""
            lines = lines_of_school(content, school, alone=alone)
            if lines.about:
                found.append(LinesAside(submission.id, file, lines))
    return found


def erase_school(  # noqa: PLR0913 - what, who, why and when make an erasure
    facts: Facts,
    shown: HeldOfSchool,
    *,
    key: bytes,
    by: str,
    reason: str,
    now: datetime,
    progress: Progress = lambda _: None,
) -> Erasure:
    """Erase all that a school has sent, as it was shown, and who is known by nothing else then.

    Raises InputRefused for no reason, and when something came or went since; nothing is changed then.
    """
    if not reason.strip() or not by.strip():
        raise InputRefused([Problem("Nobody is named who erases, or no reason.", "Say who and why.")])
    progress("Waiting for submissions")
    with facts.writing(), closing(in_memory()) as con:
        snapshot = facts.snapshot()
        tidy(facts, snapshot)
        lines_aside.forget_drafts(facts.book)
        if held_of_school(facts, shown.school, key=key) != shown:
            raise InputRefused([Problem("What the school has sent changed since it was shown.", "Look again.")])
        put, delete = drafted(facts, shown.lines, key)
        wanted = Wanted(
            kind=SCHOOL,
            at=written_moment(now),
            by=by,
            reason=reason.strip(),
            condition=of_school(shown.school),
            records=shown.records,
            put=put,
            delete=delete,
        )
        done = erase(con, facts, snapshot, wanted, progress)
    forget_leftovers(facts.root)
    return done
