"""A school through time: the schools it came from and the one it became, by the links of the register.

A link does not always say what happened. One school before and one after is the same school under a new number
(usually it became an academy). Several schools before one are a merger even where the register calls each simply a
predecessor, and several after one are a split: then the figures are not of the same children, so they are not followed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ropewalk.core.open_data.reading import Reader, School, SchoolLink

MOST_STEPS = 6


class How(StrEnum):
    """How one school became another."""

    CONTINUED = "continued"
    MERGED = "merged"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class Predecessor:
    """A school that became this one or a school before it.

    ``into`` is the URN of the school it became and ``how`` says in which way. ``followed`` when only the same school
    under another number lies between: its figures are figures of this school's children. ``established`` is the
    register's date of the change, ``None`` where it gives none.
    """

    urn: str
    name: str
    established: str | None
    into: str
    how: How
    followed: bool

    @property
    def merged(self) -> bool:
        """Whether its figures are of other children too, so that they are not mixed in."""
        return not self.followed


@dataclass(frozen=True, slots=True)
class _Step:
    before: str
    after: str
    how: How
    date: str | None


class Lineage:
    """Where schools came from and what became of them: the links around some schools, read in few questions."""

    def __init__(self, reader: Reader, urns: Sequence[str]) -> None:
        """Read the links that lead backwards from these schools, and one step onwards from each school met."""
        self.names: dict[str, str] = {}
        self._steps: dict[tuple[str, str], _Step] = {}
        frontier, met = list(urns), set(urns)
        for _ in range(MOST_STEPS):
            self._keep(reader.links(frontier))
            frontier = sorted({step.before for step in self._steps.values()} - met)
            if not frontier:
                break
            met.update(frontier)
        self._before: dict[str, list[_Step]] = {}
        self._after: dict[str, list[_Step]] = {}
        for step in self._steps.values():
            self._before.setdefault(step.after, []).append(step)
            self._after.setdefault(step.before, []).append(step)

    def _keep(self, links: Sequence[SchoolLink]) -> None:
        for link in links:
            if link.linked_name:
                self.names.setdefault(link.linked_urn, link.linked_name)
            step = _step_of(link)
            if step is None or step.before == step.after:
                continue
            known = self._steps.get((step.before, step.after))
            # Each change stands in the register twice, once at each school; the two may differ in what they tell.
            if known:
                how = step.how if known.how is How.CONTINUED else known.how
                step = _Step(step.before, step.after, how, _later(known.date, step.date))
            self._steps[step.before, step.after] = step

    def direct(self, urn: str) -> list[_Step]:
        """The steps that lead to a school, without those that another of them already contains."""
        steps = self._before.get(urn, [])
        return [
            step
            for step in steps
            if not any(step.before in self._ancestors(other.before, urn) for other in steps if other is not step)
        ]

    def _ancestors(self, urn: str, without: str = "") -> set[str]:
        found: set[str] = set()
        frontier = [urn]
        while frontier:
            for step in self._before.get(frontier.pop(), []):
                if step.before not in found and step.before not in (urn, without):
                    found.add(step.before)
                    frontier.append(step.before)
        return found

    def how(self, step: _Step) -> How:
        """What happened in this step, from what the register says and from the steps beside it."""
        if step.how is not How.CONTINUED:
            return step.how
        plain = [other for other in self.direct(step.after) if other.how is How.CONTINUED]
        if len(plain) > 1:
            return How.MERGED
        onwards = {other.after for other in self._after.get(step.before, []) if other.how is How.CONTINUED}
        # Where the register links a school to several that followed each other, only the first of them is the next.
        branches = {after for after in onwards if not onwards & self._ancestors(after)}
        return How.SPLIT if len(branches) > 1 else How.CONTINUED

    def predecessors(self, urn: str) -> list[Predecessor]:
        """Schools before this one, nearest first, each once; links that lead in a circle end where they began."""
        found: dict[str, Predecessor] = {}
        frontier = [(urn, True)]
        for _ in range(MOST_STEPS):
            ahead: list[tuple[str, bool]] = []
            for after, followed in frontier:
                for step in sorted(self.direct(after), key=lambda one: (one.date or "", one.before), reverse=True):
                    if step.before == urn or step.before in found:
                        continue
                    how = self.how(step)
                    still = followed and how is How.CONTINUED
                    name = self.names.get(step.before, "")
                    found[step.before] = Predecessor(step.before, name, step.date, after, how, still)
                    ahead.append((step.before, still))
            frontier = ahead
        return list(found.values())

    def numbers(self, urn: str) -> list[str]:
        """URNs under which the same school was known, newest first."""
        return [urn, *(before.urn for before in self.predecessors(urn) if before.followed)]

    def onwards(self, urn: str) -> list[_Step]:
        """The steps that lead away from a school."""
        return sorted(self._after.get(urn, []), key=lambda step: (step.date or "", step.after))


def _later(first: str | None, second: str | None) -> str | None:
    # The decision is often dated before the day on which the new school opened.
    return max((date for date in (first, second) if date), default=None)


def _step_of(link: SchoolLink) -> _Step | None:
    kind = link.kind.lower()
    how = How.CONTINUED
    if "merged" in kind or "amalgamat" in kind:
        how = How.MERGED
    elif "split" in kind:
        how = How.SPLIT
    if kind.startswith(("predecessor", "result of amalgamation")):
        return _Step(link.linked_urn, link.urn, how, link.established)
    if kind.startswith("successor"):
        return _Step(link.urn, link.linked_urn, how, link.established)
    return None


def predecessors(reader: Reader, school: School) -> list[Predecessor]:
    """Schools this one came from, nearest first, followed over several links."""
    return Lineage(reader, [school.urn]).predecessors(school.urn)


@dataclass(frozen=True, slots=True)
class Successor:
    """A school that another one became, directly or over several links; ``how`` as for predecessors."""

    school: School
    established: str | None
    how: How


def successors(reader: Reader, urn: str) -> list[Successor]:
    """The schools of the register that a school became, also where it is itself no longer in the register."""
    found: dict[str, Successor] = {}
    frontier, met = [(urn, How.CONTINUED)], {urn}
    for _ in range(MOST_STEPS):
        ahead: list[tuple[str, How]] = []
        for before, so_far in frontier:
            lineage = Lineage(reader, [before])
            steps = [step for step in lineage.onwards(before) if step.after not in met]
            for step in steps:
                met.add(step.after)
                how = lineage.how(step) if so_far is How.CONTINUED else so_far
                there = reader.schools(ids=[step.after])
                exact = [school for school in there if school.urn == step.after]
                if exact:
                    found[step.after] = Successor(exact[0], step.date, how)
                ahead.append((step.after, how))
        frontier = ahead
    # A school on the way to another one is not the end of the way.
    return [one for one in found.values() if not _leads_on(reader, one.school.urn, found)]


def _leads_on(reader: Reader, urn: str, found: dict[str, Successor]) -> bool:
    return any(step.after in found for step in Lineage(reader, [urn]).onwards(urn))


def identities(reader: Reader, school: School) -> list[str]:
    """URNs and LAESTABs under which publications may hold this school and those it came from (mergers left out)."""
    urns = Lineage(reader, [school.urn]).numbers(school.urn)
    codes = reader.laestabs_of(urns)
    if school.laestab:
        codes.add(school.laestab)
    return [*urns, *sorted(codes)]
