"""What analysts explored, and whether a table given out after it would tell them of few children."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import permutations
from pathlib import Path

from ropewalk.core.disclosure.exploring.ledger import Answer, Explorations
from ropewalk.core.disclosure.exploring.released_after import tell_more_together
from ropewalk.core.disclosure.ledger import Counted, Ledger
from ropewalk.core.disclosure.protect import Specification
from ropewalk.core.disclosure.side_by_side import Rows
from ropewalk.core.engines.plan import span
from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.facts.store import Facts
from ropewalk.core.measures import measure
from ropewalk.core.measures.meaning import AbsenceShare, ResultShare
from ropewalk.core.use_cases.recounting import Book, MeasureCut, Recount, Tally
from ropewalk.core.use_cases.returns_figures import Known
from ropewalk.core.use_cases.share_counts import Population, ledger_folder
from ropewalk.core.use_cases.shredding import erasures

EXPLORED = "explored"


def explorations(root: Path, place: str, period: str, pupils: str) -> Explorations:
    """The ledger of explorations of a place, a period and some pupils.

    It is written with the ledger of releases held, so whoever holds that one finds all of them.
    """
    folder = ledger_folder(root, place, period, pupils)
    return Explorations(root / EXPLORED / folder.relative_to(folder.parents[2]))


def explored_schools(answers: Collection[Answer]) -> frozenset[str]:
    """URNs of the schools that answers tell of."""
    return frozenset(school for answer in answers for schools in answer.units.values() for school in schools)


@dataclass(frozen=True, kw_only=True)
class About:
    """What a ledger is about. ``cuts`` are those of the tables that are to be given out."""

    place: str
    period: str
    pupils: str
    cuts: Sequence[MeasureCut]


class ExploredBefore:
    """What was explored of some pupils before tables are given out about them, one after the other."""

    def __init__(self, facts: Facts, about: About) -> None:
        """Read the ledger of explorations, and that of releases where anything was explored.

        Who gives out holds the ledger of releases, so that nobody explores between this and the giving out.
        """
        self._facts, self._about = facts, about
        self._answers = explorations(facts.root, about.place, about.period, about.pupils).answers()
        if not self._answers:
            return
        self._book = Book.read(Ledger(ledger_folder(facts.root, about.place, about.period, about.pupils)))
        asked = [(answer.question.measure, answer.question.family) for answer in self._answers]
        self._cuts = list(dict.fromkeys([*about.cuts, *self._book.cuts, *asked]))
        self._recount = Recount(facts, self._cuts)

    def refuse_to_tell_more(self, specification: Specification, rows: Rows, counted: Counted) -> None:
        """Refuse (InputRefused) a table that would tell more beside explorations; else it counts as given out."""
        if not self._answers:
            return
        self._book = self._book.and_then(specification, rows, counted)
        year = frozenset({span(self._about.period).year})
        if erasures(self._facts, since=self._answers[0].as_of, years=year):
            why = "returns of theirs were erased since, so nobody can tell what it would give away together with that."
        elif self._tells_more():
            why = "together with what they were told it would tell of few children."
        else:
            return
        *cut, name = specification.dimensions[1:]
        table = f"{measure(name).title} by {cut[0]}" if cut else measure(name).title
        what = f"{table}: analysts have explored these pupils, and {why}"
        do = "Leave this table out, or ask for another period. What is given out first can be explored afterwards."
        raise InputRefused([Problem(what, do)])

    def _tells_more(self) -> bool:
        explored, others = self._recount.states(self._explored, self._population, self._book, self._cuts)
        pairs = tuple(within({name for name, _ in self._cuts}))
        return tell_more_together(self._answers, explored, others, pairs)

    @cached_property
    def _explored(self) -> Tally:
        """The counts the answers rest on."""
        return self._recount.now(self._population)

    @property
    def _population(self) -> Population:
        first = self._answers[0]
        return Population(
            place=self._about.place,
            period=self._about.period,
            known=Known(today=date.fromisoformat(first.day), as_of=first.as_of),
            schools=sorted(map(int, explored_schools(self._answers))),
        )


def within(names: Collection[str]) -> Iterator[tuple[str, str]]:
    """Pairs of measures of which the first counts only pupils whom the second counts too."""
    for inner, outer in permutations(sorted(names), 2):
        one, other = measure(inner).meaning, measure(outer).meaning
        if isinstance(one, AbsenceShare) and isinstance(other, AbsenceShare) and one.at_least > other.at_least:
            yield inner, outer
        if isinstance(one, ResultShare) and isinstance(other, ResultShare):
            marks = {needed.assessment: needed.at_least for needed in one.needed}
            if all(marks.get(needed.assessment, -1) >= needed.at_least for needed in other.needed):
                yield inner, outer
