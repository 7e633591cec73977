"""Counts behind a table and behind all that was given out before it, each as known when it was given out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date

from ropewalk.core.disclosure.corrections import State
from ropewalk.core.disclosure.ledger import Counted, Ledger
from ropewalk.core.disclosure.protect import Released, Specification
from ropewalk.core.disclosure.shares import Grouping, Shares, asked_before
from ropewalk.core.disclosure.side_by_side import Rows
from ropewalk.core.engines.plan import Count, span
from ropewalk.core.facts.memory import in_memory
from ropewalk.core.facts.store import Facts, believed, moment
from ropewalk.core.identity.links import all_links
from ropewalk.core.measures import measure
from ropewalk.core.schema.figure import Figure
from ropewalk.core.use_cases.returns_figures import Known
from ropewalk.core.use_cases.share_counts import Population, ShareCounts, shares_of
from ropewalk.core.use_cases.shredding import erasures

MeasureCut = tuple[str, str | None]


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Counts of a population; ``basis`` says of what, ``frames`` are figures of the place without a value."""

    basis: Counted
    grouping: Grouping
    counts: Mapping[str, Sequence[Count]]
    frames: Mapping[str, Figure]

    def shares(self, cuts: Collection[MeasureCut]) -> tuple[Shares, ...]:
        """The counts as parts of shares."""
        return tuple(shares_of(self.counts.get(name, ()), name, family) for name, family in cuts)


@dataclass(frozen=True)
class Book:
    """A ledger as it was read: its releases, and what the counts of each are of."""

    releases: tuple[Released, ...]
    counted: Mapping[str, Counted]

    @classmethod
    def read(cls, ledger: Ledger, most: int | None = None) -> Book:
        """The ledger, or the first so many of its releases."""
        return cls(tuple(ledger.releases()[:most]), ledger.counted())

    @property
    def cuts(self) -> list[MeasureCut]:
        """Measure and family of each release."""
        return asked_before(self.releases)

    @property
    def population(self) -> tuple[int, ...] | None:
        """The schools of its newest edition; None where there is none."""
        known = [self.counted[one.name] for one in self.releases if one.name in self.counted]
        return next((one.schools for one in reversed(known) if one.edition is not None), None)

    def editions_of(self, specification: Specification) -> list[int]:
        """Numbers of the editions that hold this table, whatever they count."""
        alike = [one for one in self.releases if one.specification.dimensions == specification.dimensions]
        return [of.edition for one in alike if (of := self.counted.get(one.name)) and of.edition is not None]

    def and_then(self, specification: Specification, rows: Rows, counted: Counted) -> Book:
        """With one more release."""
        name = f"{len(self.releases) + 1:04d}"
        return Book((*self.releases, Released(name, specification, rows)), {**self.counted, name: counted})


class Recount:
    """Counts measures cut by families of groups, for as many populations as are asked for, each once."""

    def __init__(self, facts: Facts, cuts: Collection[MeasureCut]) -> None:
        """``cuts`` are all that will be asked for: they are counted in one go."""
        self._facts, self._cuts = facts, cuts
        self._then: dict[Counted, Tally] = {}

    def now(self, of: Population) -> Tally:
        """The counts of a population."""
        with closing(in_memory()) as con:
            counted = ShareCounts(con, self._facts, of)
            basis = Counted(
                as_of=moment(of.known.as_of) or _newest(self._facts),
                day=of.known.day.isoformat(),
                schools=tuple(sorted(of.schools if of.schools is not None else counted.schools)),
            )
            return Tally(
                basis=basis,
                grouping=counted.grouping,
                counts=counted.by_measure(self._cuts),
                frames={name: counted.frame(measure(name)) for name, _ in self._cuts},
            )

    def states(self, now: Tally, of: Population, book: Book, cuts: Sequence[MeasureCut]) -> tuple[State, list[State]]:
        """The counts of ``now`` with the releases of a ledger that rest on them, and other counts with theirs.

        A release of which nobody wrote down what it counts is taken to rest on those of now; where it does not, it
        will not fit.
        """
        mine: list[Released] = []
        others: dict[Counted, list[Released]] = {}
        for release in book.releases:
            basis = book.counted.get(release.name, now.basis)
            (mine if _same(basis, now.basis) else others.setdefault(basis, [])).append(release)
        past = [
            State(shares=self._of(of, basis).shares(cuts), releases=tuple(found), gone=self._gone(of, basis))
            for basis, found in others.items()
        ]
        return State(shares=now.shares(cuts), releases=tuple(mine)), past

    def _gone(self, of: Population, basis: Counted) -> bool:
        return bool(erasures(self._facts, since=basis.as_of, years=frozenset({span(of.period).year})))

    def _of(self, of: Population, basis: Counted) -> Tally:
        if basis not in self._then:
            known = Known(today=date.fromisoformat(basis.day), as_of=basis.as_of, engine=of.known.engine)
            self._then[basis] = self.now(replace(of, known=known, schools=basis.schools, grouping=None))
        return self._then[basis]


def _same(one: Counted, other: Counted) -> bool:
    return (one.as_of, one.day, one.schools) == (other.as_of, other.day, other.schools)


def _newest(facts: Facts) -> str:
    """The moment of the latest that is known: the newest submission, or what a person said about links since."""
    snapshot = facts.snapshot()
    links = all_links(facts.book, believed(snapshot, None))
    return max([*(one.recorded_at for one in snapshot.submissions), *(link.recorded_at for link in links)], default="")
