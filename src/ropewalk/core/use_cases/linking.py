"""Records that may be one child's: looked for by machine, decided by people, never undone without a trace."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from datetime import datetime

from ropewalk.core.facts.store import Facts, believed, written_moment
from ropewalk.core.identity.book import persons
from ropewalk.core.identity.comparing import agreeing_fields
from ropewalk.core.identity.links import (
    LinkKind,
    add_linked,
    all_links,
    decide,
    links_in_force,
    open_proposals,
)
from ropewalk.core.identity.links import undo as take_back

__all__ = ["KnownLink", "Waiting", "confirm", "find_pairs", "links", "pairs_waiting", "proposals", "reject", "undo"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A pair that waits for a person. ``agree`` names the fields that agree; their values are not told."""

    record: int
    other: int
    probability: float
    proposed_at: str
    agree: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownLink:
    """A link or a decision; ``in_force`` says whether it holds two records together now."""

    id: int
    record: int
    other: int
    kind: LinkKind
    words: str
    by: str
    recorded_at: str
    receipt: str | None
    in_force: bool


def find_pairs(facts: Facts, *, by: str, now: datetime, key: bytes | None) -> tuple[int, int]:
    """Look for pairs among records without a usable number, and between them and others.

    Pairs that agree in every field are linked; all others are kept as proposals. How many of each are new.
    ``key`` is that of the store's pseudonyms. Raises StoreFault for another.
    """
    with facts.writing():
        found = importlib.import_module("ropewalk.core.identity.linking").likely_pairs(facts.book, key)
        at = written_moment(now)
        certain = [(pair.record, pair.other, pair.probability) for pair in found if pair.is_exact]
        others = [(pair.record, pair.other, pair.probability) for pair in found if not pair.is_exact]
        return (
            add_linked(facts.book, certain, by=by, recorded_at=at, certain=True),
            add_linked(facts.book, others, by=by, recorded_at=at, certain=False),
        )


def pairs_waiting(facts: Facts) -> int:
    """How many pairs nobody has decided on yet."""
    return len(open_proposals(facts.book))


def proposals(facts: Facts, *, key: bytes | None) -> list[Waiting]:
    """Pairs nobody has decided on yet, the likeliest first. Raises StoreFault where ``key`` is not the store's."""
    waiting = open_proposals(facts.book)
    known = persons(facts.book, key, {record for pair in waiting for record in (pair.record, pair.other)})
    return [
        Waiting(
            pair.record,
            pair.other,
            pair.probability,
            pair.proposed_at,
            agreeing_fields(known.get(pair.record), known.get(pair.other)),
        )
        for pair in waiting
    ]


def links(facts: Facts, *, as_of: str | None = None) -> list[KnownLink]:
    """Every link and decision there was at a moment, oldest first."""
    listed = all_links(facts.book, believed(facts.snapshot(as_of), as_of))
    holding = {link.id for link in links_in_force(listed)}
    return [
        KnownLink(
            link.id,
            link.record,
            link.other,
            link.kind,
            link.kind.words,
            link.by,
            link.recorded_at,
            link.submission,
            link.id in holding,
        )
        for link in listed
    ]


def confirm(facts: Facts, pair: tuple[int, int], *, by: str, now: datetime) -> int:
    """A person says that two records are one child's; the number of the link. Raises NotFound, InputRefused."""
    with facts.writing():
        return decide(facts.book, pair, same=True, by=by, recorded_at=written_moment(now))


def reject(facts: Facts, pair: tuple[int, int], *, by: str, now: datetime) -> int:
    """A person says that two records are two children's. Raises NotFound, InputRefused."""
    with facts.writing():
        return decide(facts.book, pair, same=False, by=by, recorded_at=written_moment(now))


def undo(facts: Facts, number: int, *, by: str, now: datetime) -> int:
    """Take a link back; the number of the row that says so. Raises NotFound when no such link is in force."""
    with facts.writing():
        return take_back(facts.book, number, by=by, recorded_at=written_moment(now))
