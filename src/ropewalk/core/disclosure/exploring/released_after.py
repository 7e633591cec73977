"""Tables given out after analysts have explored: whether the two together tell more of a count than the tables alone.

The counts of a table may have changed since. A school that changed then stands there twice, as it was explored and as
it is; an attacker is taken to know which schools did not change, and of one that did which of its cells did not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, product

from ropewalk.core.disclosure.corrections import State, units_of
from ropewalk.core.disclosure.exploring.answering import Before, facts_of_release
from ropewalk.core.disclosure.exploring.auditing import Rounding
from ropewalk.core.disclosure.exploring.known import Cell, Fact, Meaning, linked
from ropewalk.core.disclosure.exploring.ledger import Answer
from ropewalk.core.disclosure.exploring.possible import Possible
from ropewalk.core.disclosure.exploring.steps import Band
from ropewalk.core.disclosure.shares import ALL

Pairs = Sequence[tuple[str, str]]


def tell_more_together(answers: Sequence[Answer], explored: State, others: Sequence[State], within: Pairs) -> bool:
    """Whether answers narrow any count beside releases to fewer than five steps, and further than these do alone.

    ``explored`` are the counts the answers rest on with the releases that rest on them too, ``others`` are other counts
    with theirs; all have the same cuts. ``within``: see ``Meaning``. Raises InputRefused when the two contradict.
    """
    states = [explored, *others]
    releases = [release for state in states for release in state.releases]
    meaning = Before(answers=answers, releases=releases, within=within).meaning()
    known, told = list(_known(states, meaning)), [fact for answer in answers for fact in answer.facts()]
    return any(
        _narrowed_by(
            [fact for fact in told if fact.schools <= together], [f for f in known if f.schools <= together], meaning
        )
        for together in linked([fact.schools for fact in (*known, *told)])
    )


def _narrowed_by(told: Sequence[Fact], known: Sequence[Fact], meaning: Meaning) -> bool:
    if not told:
        return False
    # Both programs have the same blocks of schools, so that a cell has the same number in both.
    sets = list(dict.fromkeys(frozenset(cell.schools) for fact in (*known, *told) for cell, _ in fact.cells))
    return Rounding(Possible(meaning, [*known, *told], sets)).narrows_more_than(Possible(meaning, known, sets))


def _known(states: Sequence[State], meaning: Meaning) -> Iterator[Fact]:
    """All that is known without exploring; schools are called by their counts, see ``units_of``."""
    units = units_of(states)
    for state, named in zip(states, units, strict=True):
        for fact in (fact for release in state.releases for fact in facts_of_release(release, meaning)):
            cells = ((replace(cell, schools=_renamed(cell.schools, named)), sign) for cell, sign in fact.cells)
            yield Fact(tuple(cells), fact.low, fact.high)
        sizes = {school: one.cells[school, ALL][1] for one in state.shares for school in one.schools}
        yield from (Fact.of(Cell((named[school],)), Band(size, size)) for school, size in sizes.items())
    yield from _unchanged(states, units, meaning)


def _renamed(schools: Sequence[str], named: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted(named.get(school, school) for school in schools))


def _unchanged(states: Sequence[State], units: Sequence[Mapping[str, str]], meaning: Meaning) -> Iterator[Fact]:
    """Cells of schools that changed which did not change themselves."""
    for (one, then), (two, now) in combinations(zip(states, units, strict=True), 2):
        for school in sorted(then.keys() & now.keys()):
            if then[school] != now[school]:
                yield from _alike(school, (one, two), (then[school], now[school]), meaning)


def _alike(school: str, states: Sequence[State], units: Sequence[str], meaning: Meaning) -> Iterator[Fact]:
    for before, after in zip(states[0].shares, states[1].shares, strict=True):
        told = before.measure in meaning.measures
        if not (told and (school, ALL) in before.cells and (school, ALL) in after.cells):
            continue
        for family, group in ((None, ALL), *product([before.family], meaning.families.get(before.family or "", ()))):
            then, now = (
                one.cells[school, ALL] if family is None else one.part(school, group) for one in (before, after)
            )
            old, new = (Cell((unit,), before.measure, family, group) for unit in units)
            parts = (((new, 1), (old, -1)), ((new.pupils, 1), (old.pupils, -1)))
            if then[0] == now[0]:
                yield Fact(parts[0], 0, 0)
            if then[1] == now[1]:
                yield Fact(parts[1], 0, 0)
            if then[1] - then[0] == now[1] - now[0]:
                yield Fact((*parts[1], *((cell, -sign) for cell, sign in parts[0])), 0, 0)
