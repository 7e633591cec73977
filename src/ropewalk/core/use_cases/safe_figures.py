"""Figures from schools' returns that partners, or everyone, may see: protected together with all given out before."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ropewalk.core.disclosure.ledger import Ledger
from ropewalk.core.disclosure.protect.protecting import Progress
from ropewalk.core.disclosure.safe_table import Audience, SafeTable
from ropewalk.core.disclosure.shares import ALL, Grouping, Shares, Showing, asked_before, safe_shares
from ropewalk.core.engines.choosing import count_with
from ropewalk.core.engines.grouping import FAMILIES
from ropewalk.core.engines.plan import Count, Level, Plan, span
from ropewalk.core.errors import InputRefused, NotFound, Problem
from ropewalk.core.facts.assembling import assemble
from ropewalk.core.facts.store import Facts
from ropewalk.core.measures import Measure, measure
from ropewalk.core.measures.meaning import AbsenceShare, Of, PupilsWithEvent, ResultShare
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.groups import group
from ropewalk.core.schema.phases import Phase
from ropewalk.core.schema.places import find_place
from ropewalk.core.use_cases.figures import Wanted, checked
from ropewalk.core.use_cases.returns_figures import Book, Known
from ropewalk.core.use_cases.sent import sent_by

__all__ = ["Audience", "SafeWanted", "safe_returns_figures"]

# Beside facts and identity in the folder of the store.
RELEASED = "released"


@dataclass(frozen=True, kw_only=True)
class SafeWanted:
    """One measure and one period of a place, for an audience; ``groups`` of one family, or none for all pupils only.

    ``school`` (a URN), ``phases`` and ``groups`` choose figures of the table, which is protected whole.
    """

    place: str
    measure: str
    period: str
    audience: Audience
    school: str | None = None
    phases: Sequence[str] = ()
    groups: Sequence[str] = ()

    def holds(self, figure: Figure) -> bool:
        """Whether a figure of the table is wanted."""
        return (
            (self.school is None or figure.school == self.school)
            and (not self.phases or figure.phase in self.phases)
            and (not self.groups or figure.group in self.groups)
        )


def safe_returns_figures(
    facts: Facts, wanted: SafeWanted, known: Known, progress: Progress = lambda _what, _done, _all: None
) -> SafeTable:
    """The place's figures an audience may see, small counts hidden so that nobody can work them out.

    What is given out is written into the ledger of the store and protected with all that stands there. Raises NotFound
    for what Ropewalk does not know or nobody sent, and InputRefused for a measure that does not count pupils.
    """
    checked(
        Wanted(
            place=wanted.place,
            measures=[wanted.measure],
            phases=wanted.phases,
            groups=wanted.groups,
            periods=[wanted.period],
        )
    )
    if wanted.school and wanted.audience is Audience.EVERYONE:
        problem = Problem(
            "Figures of single schools are not for everyone.", "Leave the school out, or ask for partners."
        )
        raise InputRefused([problem])
    place, declared = find_place(wanted.place).code, measure(wanted.measure)
    family = _family(wanted.groups)
    ledger = Ledger(ledger_folder(facts.root, place, wanted.period, _pupils(declared)))
    with ledger.held(), closing(duckdb.connect(config={"threads": 2})) as con:
        asked = list(dict.fromkeys([(declared.id, family), *asked_before(ledger.releases())]))
        counted = _Counted(con, facts, place, wanted.period, known)
        counts = counted.by_measure({name for name, _ in asked})
        shares = [_shares(counts.get(name, []), name, of) for name, of in asked]
        if not shares[0].cells:
            raise NotFound(f"No school of {place} has sent what {declared.title} is counted from in {wanted.period}.")
        frame = counted.frame(declared)
        showing = Showing(audience=wanted.audience, frame=frame)
        return safe_shares(shares, counted.grouping, ledger, showing, progress).only(wanted.holds)


def ledger_folder(root: Path, place: str, period: str, pupils: str) -> Path:
    """Where the ledger of a place and period is, for figures that are out of the same pupils."""
    return root / RELEASED / place / _slug(period) / _slug(pupils)


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _pupils(declared: Measure) -> str:
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


def _family(groups: Sequence[str]) -> str | None:
    """The one family of groups that is wanted; None for all pupils only."""
    cut = [one for one in groups if one != ALL]
    families = {family.column for family in FAMILIES.values() if set(cut) & set(family.ids)}
    strange = [one for one in cut if not any(one in family.ids for family in FAMILIES.values())]
    if strange:
        raise NotFound(f"Returns do not say who is in the group '{strange[0]}' ({group(strange[0]).words}).")
    if len(families) > 1:
        what = "The groups are cuts of different kinds."
        raise InputRefused([Problem(what, "Ask for one kind at a time, such as girls and boys; ask again for others.")])
    return families.pop() if families else None


def _shares(counts: Sequence[Count], name: str, family: str | None) -> Shares:
    groups = FAMILIES[family].ids if family else ()
    cells = {
        (one.key, one.group): (one.numerator, one.denominator)
        for one in counts
        if one.group in (ALL, *groups) and one.numerator is not None and one.denominator is not None
    }
    schools = {school for school, of in cells if of == ALL}
    return Shares(
        measure=name, family=family, groups=groups, cells={at: pair for at, pair in cells.items() if at[0] in schools}
    )


class _Counted:
    """Schools of a place with their trusts and phases, and counts of each school in one period."""

    def __init__(self, con: duckdb.DuckDBPyConnection, facts: Facts, place: str, period: str, known: Known) -> None:
        self._con, self._place, self._span, self._known = con, place, span(period), known
        self._snapshot = assemble(con, facts, as_of=known.as_of)
        con.execute("DELETE FROM school WHERE place IS DISTINCT FROM ?", [place])
        rows = con.execute("SELECT school, phase, trust FROM school").fetchall()
        self._schools = tuple(sorted(int(row[0]) for row in rows))
        self.grouping = Grouping(
            trusts={str(urn): trust for urn, _, trust in rows if trust},
            phases={str(urn): phase for urn, phase, _ in rows},
        )

    def by_measure(self, names: set[str]) -> Mapping[str, list[Count]]:
        """Counts of every school and group."""
        plan = Plan(
            measures=tuple(measure(name) for name in sorted(names)),
            spans=(self._span,),
            today=self._known.day,
            levels=frozenset({Level.SCHOOL}),
            phases=frozenset({Phase.ALL.value}),
            sent=sent_by(self._snapshot),
            schools=self._schools,
        )
        found: defaultdict[str, list[Count]] = defaultdict(list)
        for count in count_with(self._known.engine, self._con, plan) if self._schools else ():
            found[count.measure].append(count)
        return found

    def frame(self, declared: Measure) -> Figure:
        """A figure of the place without a value."""
        book = Book(self._snapshot, self._schools, self._known.day, frozenset({self._place}))
        nothing = Count(Level.PLACE, self._place, declared.id, Phase.ALL, ALL, self._span.id, None, None)
        return book.figure(nothing, {})
