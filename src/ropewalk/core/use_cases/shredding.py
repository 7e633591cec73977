"""Erasing a child everywhere: shown first, handed over, then taken out of facts, book and lines set aside for good.

What was known on an earlier day changes with it: whoever counts again as of a moment asks ``erasures`` whether facts
of the academic years in question were erased since. Files as sent are not kept by the store. Receipts keep their
counts, and figures that were given out stay given out. Nothing remembers the child: sent again, it comes back.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime

from ropewalk.core.errors import InputRefused, NotFound, Problem
from ropewalk.core.facts.catalogue import Erasure, Snapshot
from ropewalk.core.facts.memory import in_memory
from ropewalk.core.facts.rewriting import CHILD, Part, Wanted, erase, of_records, parts
from ropewalk.core.facts.store import Facts, believed, written_moment
from ropewalk.core.facts.writing import tidy
from ropewalk.core.identity import lines_aside, upn
from ropewalk.core.identity.book import Person, numbers, persons, standings
from ropewalk.core.identity.links import Link, children, every_link, proposals_about, rename_person
from ropewalk.core.returns.identifying import number_of
from ropewalk.core.returns.lines_about import Sought, sort_lines
from ropewalk.core.returns.receipts import receipt_json, receipt_of, sealed
from ropewalk.core.use_cases.putting_aside import LinesAside, drafted
from ropewalk.core.use_cases.store_snapshot import forget_leftovers

__all__ = [
    "Child",
    "Erasure",
    "Held",
    "child_of_number",
    "child_of_record",
    "erase_child",
    "erasures",
    "forget_sender",
    "held_about",
]
Progress = Callable[[str], None]
_SHORTEST_WORD = 3


def _silent(_what: str) -> None:
    """Say nothing."""


@dataclass(frozen=True)
class Child:
    """Who is to be erased: all records believed one child, and the unique pupil numbers known of it.

    No records are known of a child all of whose lines were set aside.
    """

    records: tuple[int, ...]
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class Held:
    """All that is held about a child. ``parts`` are facts by submission, table, school and year, replaced ones too."""

    child: Child
    persons: tuple[Person, ...]
    standings: Mapping[int, str]
    parts: tuple[Part, ...]
    links: tuple[Link, ...]
    proposals: int
    lines: tuple[LinesAside, ...]
    receipts: tuple[str, ...]

    @property
    def tables(self) -> dict[str, int]:
        """Rows by fact table."""
        found: Counter[str] = Counter()
        for part in self.parts:
            found[part.table] += part.rows
        return dict(sorted(found.items()))

    @property
    def schools(self) -> tuple[int, ...]:
        """URNs of the schools that sent facts about it."""
        return tuple(sorted({part.school for part in self.parts}))

    @property
    def lines_aside(self) -> int:
        """Lines set aside."""
        return sum(len(one.lines.about) for one in self.lines)


def erasures(facts: Facts, *, since: str | None = None, years: frozenset[str] | None = None) -> list[Erasure]:
    """What was erased, oldest first: all, or after a moment (as the catalogue writes it), or touching some years."""
    return [
        one
        for one in facts.catalogue.erasures()
        if (since is None or one.erased_at > since) and (years is None or years & set(one.years))
    ]


def child_of_number(facts: Facts, number: str, *, key: bytes) -> Child:
    """The child of a unique pupil number, present or former.

    Raises InputRefused for a text that is no such number, NotFound where nothing is held under it, StoreFault where
    the key is not the store's. No message repeats the number.
    """
    known = upn.normalised(number)
    if not upn.is_shaped(known):
        raise InputRefused(
            [Problem("This is not a unique pupil number.", "It has 13 characters, such as a letter and 12 digits.")]
        )
    wanted = number_of(known)
    record = facts.book.find([wanted], key).get(wanted.written)
    if record is not None:
        return child_of_record(facts, record, key=key)
    child = Child((), (known,))
    if not _lines_aside(facts, facts.snapshot(), _sought(child, (), ()), key):
        raise NotFound("Nothing is held under this number. Check it, or name the child with --record.")
    return child


def child_of_record(facts: Facts, record: int, *, key: bytes) -> Child:
    """The child of a record, with all records believed the same child's. Raises NotFound, StoreFault."""
    if record not in standings(facts.book):
        raise NotFound(f"There is no record {record}.")
    child_of = children(facts.book, believed(facts.snapshot(), None))
    number = child_of.get(record, record)
    records = {record, *(one for one, child in child_of.items() if child == number)}
    written = numbers(facts.book, key, records)
    known = {text.partition(":")[2] for text in written.values()}
    return Child(tuple(sorted(records)), tuple(sorted(text for text in known if upn.is_shaped(text))))


def held_about(facts: Facts, child: Child, *, key: bytes) -> Held:
    """All that is held about a child. Raises StoreFault where the key is not the store's."""
    snapshot = facts.snapshot()
    with closing(in_memory()) as con:
        found = parts(con, facts, snapshot, of_records(child.records)) if child.records else []
    who = persons(facts.book, key, child.records)
    standing = standings(facts.book)
    links = tuple(every_link(facts.book, child.records))
    lines = _lines_aside(facts, snapshot, _sought(child, tuple(who.values()), found), key)
    named = {one.sequence: one.id for one in snapshot.submissions}
    concerned = {*(named[part.sequence] for part in found), *(one.receipt for one in lines)}
    return Held(
        child=child,
        persons=tuple(who[record] for record in sorted(who)),
        standings={record: standing[record] for record in child.records if record in standing},
        parts=tuple(found),
        links=links,
        proposals=proposals_about(facts.book, child.records),
        lines=tuple(lines),
        receipts=tuple(one.id for one in snapshot.submissions if one.id in concerned),
    )


def _sought(child: Child, who: Sequence[Person], found: Sequence[Part]) -> Sought:
    return Sought(
        frozenset(child.numbers),
        frozenset(
            (one.surname.strip().casefold(), one.forename.strip().casefold())
            for one in who
            if one.surname and one.forename
        ),
        frozenset(date.fromisoformat(one.date_of_birth) for one in who if one.date_of_birth),
        frozenset(part.school for part in found),
    )


def _lines_aside(facts: Facts, snapshot: Snapshot, sought: Sought, key: bytes) -> list[LinesAside]:
    found = []
    for submission in snapshot.submissions:
        for file in lines_aside.files_with_lines(facts.book, submission.id):
            lines = sort_lines(lines_aside.read_lines(facts.book, submission.id, file, key) or b"", sought)
            if lines.about:
                found.append(LinesAside(submission.id, file, lines))
    return found


def erase_child(  # noqa: PLR0913 - whom, who, why and when make an erasure
    facts: Facts, shown: Held, *, key: bytes, by: str, reason: str, now: datetime, progress: Progress = _silent
) -> Erasure:
    """Erase a child everywhere in the store, as it was shown; waits for submissions, and they for it.

    Raises InputRefused for no reason or one that names the child, and when something about the child came or went
    since it was shown; StoreFault when nothing could be written. Nothing is changed then.
    """
    _check_reason(reason, by, shown)
    progress("Waiting for submissions")
    with facts.writing(), closing(in_memory()) as con:
        snapshot = facts.snapshot()
        tidy(facts, snapshot)
        lines_aside.forget_drafts(facts.book)
        if held_about(facts, shown.child, key=key) != shown:
            raise InputRefused(
                [Problem("What is held about the child has changed since it was shown.", "Look and export again.")]
            )
        put, delete = drafted(facts, shown.lines, key)
        wanted = Wanted(
            kind=CHILD,
            at=written_moment(now),
            by=by,
            reason=reason.strip(),
            condition=of_records(shown.child.records),
            records=shown.child.records,
            put=put,
            delete=delete,
        )
        done = erase(con, facts, snapshot, wanted, progress)
    forget_leftovers(facts.root)
    return done


def _check_reason(reason: str, by: str, shown: Held) -> None:
    known = {*shown.child.numbers, *(one for who in shown.persons for one in (who.surname, who.forename) if one)}
    problems = []
    if not reason.strip() or not by.strip():
        problems.append(
            Problem("Nobody is named who erases, or no reason.", "Say who and why, without naming the child.")
        )
    words = set(re.split(r"[^\w'-]+", reason.casefold()))
    if any(one.casefold() in words for one in known if len(one) >= _SHORTEST_WORD):
        problems.append(Problem("The reason names the child.", "Say why without it: the reason stays."))
    if problems:
        raise InputRefused(problems)


def forget_sender(facts: Facts, name: str, *, becomes: str) -> int:
    """Put another word in place of a person's name wherever the store says who did something; how many receipts.

    Receipts are sealed anew: printed ones no longer match theirs in the checksum.
    """
    with facts.writing():
        changed = []
        for one in facts.snapshot().submissions:
            given = receipt_of(one.receipt)
            if name.casefold() in {one.by.casefold(), given.by.casefold()}:
                anew = sealed(replace(given, by=becomes))
                changed.append(replace(one, by=becomes, receipt=receipt_json(anew)))
        facts.catalogue.rewrite(changed, name, becomes=becomes)
        rename_person(facts.book, name, becomes=becomes)
        return len(changed)
