"""The tables of an edition, one after the other, each protected together with all that was given out before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ropewalk.core.disclosure.corrections import Outcome, protected_among
from ropewalk.core.disclosure.edition import Cut, CutTable, Difference, Edition, EditionWanted, differences
from ropewalk.core.disclosure.protect import Specification
from ropewalk.core.disclosure.protect.protecting import Progress
from ropewalk.core.disclosure.shares import Shares, specification_of
from ropewalk.core.errors import InputRefused, NotFound, Problem
from ropewalk.core.facts.store import Facts
from ropewalk.core.measures import measure
from ropewalk.core.use_cases.recounting import Book, MeasureCut, Recount, Tally
from ropewalk.core.use_cases.share_counts import Population, pupils_of

Books = Mapping[str, Book]


def asked(cuts: Sequence[Cut]) -> list[MeasureCut]:
    """The measures and families of some tables. Raises NotFound for a measure nobody knows."""
    return [(measure(cut.measure).id, cut.family) for cut in cuts]


@dataclass(frozen=True, kw_only=True)
class Making:
    """An edition in the making. ``replaced`` is the edition it corrects."""

    wanted: EditionWanted
    of: Population
    replaced: Edition | None
    recount: Recount
    now: Tally

    @classmethod
    def begun(
        cls, facts: Facts, wanted: EditionWanted, of: Population, replaced: Edition | None, books: Books
    ) -> Making:
        """With everything counted that its tables need."""
        recount = Recount(
            facts, list(dict.fromkeys([*asked(wanted.cuts), *(c for b in books.values() for c in b.cuts)]))
        )
        now = recount.now(of)
        numbered = replace(now, basis=replace(now.basis, edition=wanted.number))
        return cls(wanted=wanted, of=of, replaced=replaced, recount=recount, now=numbered)

    def tables(self, books: Books, progress: Progress) -> tuple[list[CutTable], list[Difference]]:
        """The tables, and in what they differ from those of the edition that is replaced."""
        so_far, made, stated = dict(books), [], []
        for number, cut in enumerate(self.wanted.cuts):
            progress("tables protected", number, len(self.wanted.cuts))
            name = pupils_of(measure(cut.measure))
            table, outcome = self._table(cut, so_far[name], progress)
            before = self._replaced(cut)
            if outcome.rows is None:
                stated.append(Difference(measure=cut.measure, family=cut.family, held=True, words=outcome.why))
            elif before:
                stated += differences(before, table)
            if outcome.rows is not None and not outcome.again:
                so_far[name] = so_far[name].and_then(table.specification, outcome.rows, self.now.basis)
            made.append(table)
        return made, stated

    def _table(self, cut: Cut, book: Book, progress: Progress) -> tuple[CutTable, Outcome]:
        cuts = list(dict.fromkeys([*asked([cut]), *book.cuts]))
        now, past = self.recount.states(self.now, self.of, book, cuts)
        shares = now.shares[0]
        if not shares.cells:
            title = measure(cut.measure).title
            raise NotFound(f"No school of {self.of.place} has sent what {title} is counted from in {self.of.period}.")
        specification = specification_of(shares, self.now.grouping, self.wanted.threshold)
        # Without an edition of this table there is nothing to name as replaced.
        correcting = self.replaced is not None or not book.editions_of(specification)
        outcome = protected_among(specification, past, now, progress, correcting=correcting)
        if outcome.rows is None:
            return self._held(cut), outcome
        return self._new(cut, shares, specification, outcome), outcome

    def _new(self, cut: Cut, shares: Shares, specification: Specification, outcome: Outcome) -> CutTable:
        return CutTable(
            cut=cut,
            groups=shares.groups,
            specification=specification,
            rows=outcome.rows or {},
            edition=self.wanted.number,
            known_on=self.wanted.as_of[:10],
            submissions=self.now.frames[measure(cut.measure).id].source.submissions,
            again=outcome.again,
        )

    def _held(self, cut: Cut) -> CutTable:
        """The rows of the edition that is replaced. Raises InputRefused where it has none of this cut."""
        before = self._replaced(cut)
        if before is None:
            what = f"{measure(cut.measure).title} cannot be given out beside what was: it would tell of single pupils."
            raise InputRefused([Problem(what, "Leave this table out of the edition.")])
        return replace(before, again=False)

    def _replaced(self, cut: Cut) -> CutTable | None:
        tables = self.replaced.tables if self.replaced else ()
        return next((table for table in tables if table.cut == cut), None)
