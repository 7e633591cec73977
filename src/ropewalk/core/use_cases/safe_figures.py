"""Figures from schools' returns that partners, or everyone, may see: protected together with all given out before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from ropewalk.core.disclosure.giving_out import Showing, safe_shares
from ropewalk.core.disclosure.ledger import Ledger
from ropewalk.core.disclosure.protect.protecting import Progress
from ropewalk.core.disclosure.safe_table import Audience, SafeTable
from ropewalk.core.disclosure.shares import ALL
from ropewalk.core.engines.grouping import FAMILIES
from ropewalk.core.errors import InputRefused, NotFound, Problem
from ropewalk.core.facts.store import Facts
from ropewalk.core.measures import measure
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.groups import group
from ropewalk.core.schema.places import find_place
from ropewalk.core.use_cases.explored import About, ExploredBefore
from ropewalk.core.use_cases.figures import Wanted, checked
from ropewalk.core.use_cases.recounting import Book, Recount
from ropewalk.core.use_cases.returns_figures import Known
from ropewalk.core.use_cases.share_counts import Population, ledger_folder, pupils_of

__all__ = ["Audience", "SafeWanted", "safe_returns_figures"]


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
    pupils = pupils_of(declared)
    ledger = Ledger(ledger_folder(facts.root, place, wanted.period, pupils))
    with ledger.held():
        book = Book.read(ledger)
        cuts = list(dict.fromkeys([(declared.id, family), *book.cuts]))
        recount = Recount(facts, cuts)
        # Whom the newest edition counts: one school more would tell of that school.
        of = Population(place=place, period=wanted.period, known=known, schools=book.population)
        counted = recount.now(of)
        now, past = recount.states(counted, of, book, cuts)
        if not now.shares[0].cells:
            raise NotFound(f"No school of {place} has sent what {declared.title} is counted from in {wanted.period}.")
        about = About(place=place, period=wanted.period, pupils=pupils, cuts=cuts[:1])
        refuse = partial(ExploredBefore(facts, about).refuse_to_tell_more, counted=counted.basis)
        frame = counted.frames[declared.id]
        showing = Showing(audience=wanted.audience, frame=frame, counted=counted.basis, beforehand=refuse)
        return safe_shares(now, counted.grouping, ledger, showing, progress, past=past).only(wanted.holds)


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
