"""Pupils counted school by school as parts of shares, for tables to protect, and which ledger these belong to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import duckdb

from ropewalk.core.disclosure.shares import ALL, Grouping, Shares
from ropewalk.core.engines.choosing import count_with
from ropewalk.core.engines.grouping import FAMILIES
from ropewalk.core.engines.plan import Count, Level, Plan, span
from ropewalk.core.errors import InputRefused, NotFound, Problem
from ropewalk.core.facts.assembling import assemble
from ropewalk.core.facts.store import Facts
from ropewalk.core.measures import Measure, measure
from ropewalk.core.measures.meaning import AbsenceShare, Of, PupilsWithEvent, ResultShare
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.phases import Phase
from ropewalk.core.use_cases.returns_figures import Book, Known
from ropewalk.core.use_cases.sent import sent_by

# Beside facts and identity in the folder of the store.
RELEASED = "released"


def ledger_folder(root: Path, place: str, period: str, pupils: str) -> Path:
    """Where the ledger of a place and period is, for figures that are out of the same pupils."""
    return root / RELEASED / place / _slug(period) / _slug(pupils)


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def pupils_of(declared: Measure) -> str:
    """A name for the pupils a measure is out of; measures out of the same pupils are protected together."""
    meaning = declared.meaning
    if isinstance(meaning, AbsenceShare) and meaning.of is Of.ENROLMENT:
        return "enrolments with sessions"
    if isinstance(meaning, PupilsWithEvent) and meaning.of is Of.ENROLMENT:
        return "on roll in January"
    if isinstance(meaning, ResultShare):
        return "results " + " ".join(sorted(one.assessment for one in meaning.needed))
    what = f"{declared.title} does not count pupils of single schools, so its figures cannot be protected yet."
    raise InputRefused([Problem(what, "Shares of pupils can, such as persistent_absence or basics_4.")])


def groups_of_family(column: str | None) -> tuple[str, ...]:
    """The groups of a family by its column; none where pupils are not cut. Raises NotFound for a strange family."""
    if column is not None and column not in FAMILIES:
        raise NotFound(f"There is no family of groups '{column}'. Known are {', '.join(FAMILIES)}.")
    return FAMILIES[column].ids if column else ()


def shares_of(counts: Sequence[Count], name: str, family: str | None) -> Shares:
    """Counts of a measure as shares; a school that has not sent what is counted is left out."""
    groups = groups_of_family(family)
    cells = {
        (one.key, one.group): (one.numerator, one.denominator)
        for one in counts
        if one.group in (ALL, *groups) and one.numerator is not None and one.denominator is not None
    }
    schools = {school for school, of in cells if of == ALL}
    return Shares(
        measure=name, family=family, groups=groups, cells={at: pair for at, pair in cells.items() if at[0] in schools}
    )


@dataclass(frozen=True, kw_only=True)
class Population:
    """Whom to count: schools of a place in one period, as known at a moment.

    ``schools`` (URNs) are all of the place where it is None. ``grouping`` is one of an earlier day, so that what the
    register says today changes nothing.
    """

    place: str
    period: str
    known: Known
    schools: Sequence[int] | None = None
    grouping: Grouping | None = None


class ShareCounts:
    """Schools of a population with their trusts and phases, and counts of each school."""

    def __init__(self, con: duckdb.DuckDBPyConnection, facts: Facts, of: Population) -> None:
        """Assemble what was known."""
        self._con, self._of, self._span, self._known = con, of, span(of.period), of.known
        self.snapshot = assemble(con, facts, as_of=of.known.as_of)
        if of.schools is None:
            con.execute("DELETE FROM school WHERE place IS DISTINCT FROM ?", [of.place])
        else:
            listed = ", ".join(str(int(urn)) for urn in of.schools) or "NULL"
            con.execute(f"DELETE FROM school WHERE school NOT IN ({listed})")  # noqa: S608 - whole numbers
            con.execute("UPDATE school SET place = ?", [of.place])
        rows = con.execute("SELECT school, phase, trust FROM school").fetchall()
        self.schools = tuple(sorted(int(row[0]) for row in rows))
        self.grouping = of.grouping or Grouping(
            trusts={str(urn): trust for urn, _, trust in rows if trust},
            phases={str(urn): phase for urn, phase, _ in rows},
        )

    def by_measure(self, cuts: Collection[tuple[str, str | None]]) -> Mapping[str, list[Count]]:
        """Counts of every school, of measures each by a family of groups (None: not cut)."""
        names = {name for name, _ in cuts}
        plan = Plan(
            measures=tuple(measure(name) for name in sorted(names)),
            spans=(self._span,),
            today=self._known.day,
            levels=frozenset({Level.SCHOOL}),
            phases=frozenset({Phase.ALL.value}),
            groups=frozenset([ALL, *(one for _, family in cuts for one in groups_of_family(family))]),
            sent=sent_by(self.snapshot),
            schools=self.schools,
        )
        found: defaultdict[str, list[Count]] = defaultdict(list)
        for count in count_with(self._known.engine, self._con, plan) if self.schools else ():
            found[count.measure].append(count)
        return found

    def figure(self, count: Count) -> Figure:
        """The figure of a count of a school, small or not: for that school itself."""
        return self._book.figure(count, dict.fromkeys(self.schools, self._of.place))

    def frame(self, declared: Measure) -> Figure:
        """A figure of the place without a value."""
        nothing = Count(Level.PLACE, self._of.place, declared.id, Phase.ALL, ALL, self._span.id, None, None)
        return self._book.figure(nothing, {})

    @cached_property
    def _book(self) -> Book:
        return Book(self.snapshot, self.schools, self._known.day, frozenset({self._of.place}))
