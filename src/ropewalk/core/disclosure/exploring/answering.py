"""Answering a question: every cell in its turn, together with all that was explored or released before."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from ropewalk.core.disclosure.exploring.auditing import Rounding
from ropewalk.core.disclosure.exploring.known import ALL, Cell, Fact, Meaning, Schools, linked
from ropewalk.core.disclosure.exploring.ledger import COUNTED, OF, Answer, At, Question, cell_of
from ropewalk.core.disclosure.exploring.possible import Possible
from ropewalk.core.disclosure.exploring.steps import Band
from ropewalk.core.disclosure.protect import Released
from ropewalk.core.disclosure.protect.cells import TOTAL
from ropewalk.core.disclosure.protect.protecting import Progress
from ropewalk.core.disclosure.shares import NO, OTHER, YES, Grouping, Shares

PLACE, PHASE, TRUST, SCHOOL = "place", "phase", "trust", "school"
LEVELS = (PLACE, PHASE, TRUST, SCHOOL)


def units_at(level: str, schools: Sequence[str], grouping: Grouping) -> dict[str, Schools]:
    """What figures are of at a level: the place (``*``), or by name each phase, trust or school with its schools."""
    if level == PLACE:
        return {TOTAL: tuple(schools)}
    if level == SCHOOL:
        return {school: (school,) for school in schools}
    member = grouping.phases if level == PHASE else grouping.trusts
    names = sorted({member[school] for school in schools if school in member})
    return {name: tuple(school for school in schools if member.get(school) == name) for name in names}


@dataclass(frozen=True, kw_only=True)
class Before:
    """What is known before: answers, and released tables that rest on the same counts; ``within``: see ``Meaning``.

    ``sizes`` are how many pupils each school has, which others publish: analysts are taken to know them exactly.
    """

    answers: Sequence[Answer] = ()
    releases: Sequence[Released] = ()
    within: Sequence[tuple[str, str]] = ()
    sizes: Mapping[str, int] = field(default_factory=dict)

    def facts(self, meaning: Meaning) -> Iterator[Fact]:
        """All that is known from it."""
        for answer in self.answers:
            yield from answer.facts()
        for release in self.releases:
            yield from facts_of_release(release, meaning)
        for school, pupils in self.sizes.items():
            yield Fact.of(Cell((school,)), Band(pupils, pupils))

    def known(self) -> dict[Cell, Band | None]:
        """Every cell that was ever asked for, with how it was shown."""
        return {cell: band for answer in self.answers for cell, band in answer.cells()}

    def meaning(self, wanted: Shares | None = None) -> Meaning:
        """Families and measures that were ever given out, and those of what is wanted."""
        families: dict[str, frozenset[str]] = {}
        asked = [(wanted.family, _values(wanted.groups, rest=has_rest(wanted)))] if wanted else []
        for family, groups in (*self._cuts(), *asked):
            if family and groups:
                families[family] = families.get(family, frozenset()) | groups
        measures = [release.specification.dimensions[-1] for release in self.releases]
        measures += [*(answer.question.measure for answer in self.answers), *([wanted.measure] if wanted else [])]
        return Meaning(
            families={family: tuple(sorted(groups)) for family, groups in families.items()},
            measures=tuple(dict.fromkeys(measures)),
            within=tuple(pair for pair in self.within if set(pair) <= set(measures)),
        )

    def _cuts(self) -> Iterator[tuple[str | None, frozenset[str]]]:
        for release in self.releases:
            dimensions = release.specification.dimensions
            if len(dimensions) > 2:
                yield dimensions[1], frozenset(name[1] for name in release.rows) - {TOTAL}
        for answer in self.answers:
            yield answer.question.family, _values({group for _, _, group in answer.bands} - {ALL}, rest=answer.rest)


def _values(groups: Collection[str], *, rest: bool) -> frozenset[str]:
    return frozenset(groups) | (frozenset({OTHER}) if rest else frozenset())


def has_rest(shares: Shares) -> bool:
    """Whether pupils of any school are in no group of the family."""
    return bool(shares.family) and any(shares.part(school, OTHER)[1] for school in shares.schools)


def facts_of_release(release: Released, meaning: Meaning | None = None) -> Iterator[Fact]:
    """What a released table says exactly; hidden cells say nothing.

    A table without a row for pupils in no group says, where there are such elsewhere, that here are none.
    """
    specification = release.specification
    *cut, measure = specification.dimensions[1:]
    schools = sorted({name[0] for name in release.rows if name[0] != TOTAL and "=" not in name[0]})
    inside: dict[str, Schools] = {TOTAL: tuple(schools)} | {school: (school,) for school in schools}
    for rollup in specification.rollups:
        for member in set(rollup.of.values()):
            of = tuple(school for school in schools if rollup.of.get(school) == member)
            inside[f"{rollup.name}={member}"] = of
    for name, count in release.rows.items():
        if count is None:
            continue
        group = name[1] if cut and name[1] != TOTAL else ALL
        counted = Cell(inside[name[0]], measure, cut[0] if group != ALL else None, group)
        parts = {YES: ((counted, 1),), TOTAL: ((counted.pupils, 1),), NO: ((counted.pupils, 1), (counted, -1))}
        yield Fact(parts[name[-1]], count, count)
    is_without = cut and not any(name[1] == OTHER for name in release.rows)
    if meaning and is_without and OTHER in meaning.families[cut[0]]:
        yield Fact.of(Cell(inside[TOTAL], None, cut[0], OTHER), Band(0, 0))


def bands_of(
    question: Question, units: Mapping[str, Schools], wanted: Shares, before: Before, progress: Progress
) -> dict[At, Band | None]:
    """How every count of a question is shown. A cell that was asked for before is shown as it was then.

    Raises InputRefused when the counts do not fit what was given out.
    """
    known, meaning = before.known(), before.meaning(wanted)
    facts = list(before.facts(meaning))
    sets = {unit: frozenset(schools) for unit, schools in units.items()}
    groups = [ALL, *wanted.groups]
    found: dict[At, Band | None] = {}
    for together in linked([*sets.values(), *(fact.schools for fact in facts)]):
        mine = [unit for unit in units if sets[unit] <= together]
        near = [fact for fact in facts if fact.schools <= together]
        rounding = Rounding(Possible(meaning, near, [sets[unit] for unit in mine])) if mine else None
        for unit, group, part in product(mine, groups, (OF, COUNTED)):
            cell = cell_of(question, units[unit], part, group)
            count = sum(_count(wanted, school, part, group) for school in cell.schools)
            if rounding:
                found[unit, part, group] = known[cell] if cell in known else rounding.give(cell, count)
            progress("rounding", len(found), 2 * len(units) * len(groups))
    return {at: found[at] for at in product(units, (OF, COUNTED), groups)}


def _count(shares: Shares, school: str, part: str, group: str) -> int:
    counted, of = shares.cells.get((school, group), (0, 0))
    return counted if part == COUNTED else of


def holds(fact: Fact, shares: Mapping[tuple[str, str | None], Shares]) -> bool:
    """Whether what a release shows exactly is true of counts by measure and family."""
    total = 0
    for cell, sign in fact.cells:
        part = COUNTED if cell.measure else OF
        known = [of for (name, family), of in shares.items() if cell.measure in (None, name)]
        of = next(one for one in known if cell.family in (None, one.family))
        total += sign * sum(_count(of, school, part, cell.group) for school in cell.schools)
    return fact.low <= total <= fact.high
