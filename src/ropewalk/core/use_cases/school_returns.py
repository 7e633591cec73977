"""What one school has sent, which places have returns, and what the rules of checking are called."""

from __future__ import annotations

from dataclasses import dataclass

from ropewalk.core.facts.assembling import registered_schools
from ropewalk.core.facts.catalogue import Coverage
from ropewalk.core.facts.store import Facts
from ropewalk.core.identity.book import Person, persons
from ropewalk.core.identity.links import open_proposals
from ropewalk.core.returns.checks import Check, all_checks
from ropewalk.core.returns.coverage import KINDS, NEEDED, KindSent

__all__ = [
    "KINDS",
    "NEEDED",
    "Beside",
    "Check",
    "KindSent",
    "Person",
    "beside",
    "places_with_returns",
    "rules",
    "sent_by",
]


@dataclass(frozen=True, slots=True)
class Beside:
    """Two records that may be one child's, with what the schools say of each; personal, for one page alone."""

    record: int
    other: int
    probability: float
    one: Person | None
    two: Person | None


def sent_by(facts: Facts, urn: int) -> tuple[KindSent, ...]:
    """What a school has sent so far, by kind; ``weeks`` are not counted."""
    snapshot = facts.snapshot()
    recorded = {one.sequence: one for one in snapshot.submissions}
    found = []
    for table, kind in KINDS.items():
        covered = [one for one in snapshot.coverage if one.table == table and one.school == urn]
        if covered:
            newest = recorded[max(one.sequence for one in covered)]
            found.append(_kind(kind, covered, (newest.recorded_at, newest.id)))
    return tuple(found)


def _kind(kind: str, covered: list[Coverage], newest: tuple[str, str]) -> KindSent:
    return KindSent(
        kind,
        *newest,
        min(one.first for one in covered),
        max(one.last for one in covered),
        tuple(sorted({one.year for one in covered})),
        max(one.pupils for one in covered),
    )


def places_with_returns(facts: Facts) -> list[str]:
    """ONS codes of the places whose schools have sent anything."""
    snapshot = facts.snapshot()
    schools = {one.school for one in snapshot.coverage}
    said = {one.school: one.place for one in snapshot.places if one.place}
    registered = {int(school.urn): school.place for school in registered_schools(facts, schools)}
    return sorted({place for urn in schools if (place := registered.get(urn) or said.get(urn))})


def beside(facts: Facts, *, key: bytes | None) -> list[Beside]:
    """Pairs of records that wait for a decision, the likeliest first, with what is known of each.

    It names children: only for whoever decides. Raises StoreFault where ``key`` is not the store's.
    """
    waiting = open_proposals(facts.book)
    known = persons(facts.book, key, {record for pair in waiting for record in (pair.record, pair.other)})
    return [
        Beside(pair.record, pair.other, pair.probability, known.get(pair.record), known.get(pair.other))
        for pair in waiting
    ]


def rules() -> dict[str, Check]:
    """Every rule of checking by id, with its title, its words and what to do."""
    return dict(all_checks())
