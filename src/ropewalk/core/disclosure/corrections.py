"""Tables of figures that have changed: protected together with those given out before the change.

Whoever holds two editions can subtract one from the other. So both are taken as sums over one set of finest cells: a
school whose counts are the same in both stands there once, a school that changed stands there as it was and as it is.
An attacker is taken to know which schools did not change, and of a school that did which of its cells did not. Then

- no small count of either edition may be narrowed down by anybody who has both;
- no change of 1 to 4 pupils in any cell may be narrowed down either;
- where a cell that was shown has changed by 1 to 4 pupils, or a sum that shown cells give away has, the whole table is
  **held**: the rows of the earlier edition stay until enough has changed.

Cells whose schools are others than before (one joined, one left) may become hidden instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import combinations, product

import numpy as np

from ropewalk.core.disclosure.protect import Released, Rollup, Specification, join, protect_joined
from ropewalk.core.disclosure.protect.cells import TOTAL, Coordinates, Table
from ropewalk.core.disclosure.protect.changes import beside
from ropewalk.core.disclosure.protect.joining import Joined
from ropewalk.core.disclosure.protect.protecting import Progress
from ropewalk.core.disclosure.shares import (
    ALL,
    NO,
    OTHER,
    SCHOOL,
    TRUST,
    YES,
    Shares,
    made_up_together,
    nobody,
    protected_rows,
)
from ropewalk.core.disclosure.side_by_side import Rows, SideBySide, areas_of
from ropewalk.core.errors import InputRefused, Problem

# Members of a roll-up that stands for all schools of one state.
EVERY = "all"


@dataclass(frozen=True, kw_only=True)
class State:
    """Counts as they stood at one moment, and the releases that rest on them; all states have the same cuts.

    ``gone`` says that they cannot be counted as they were then: facts were erased since.
    """

    shares: tuple[Shares, ...]
    releases: tuple[Released, ...] = ()
    gone: bool = False

    @property
    def schools(self) -> tuple[str, ...]:
        """URNs of the schools that are counted."""
        return tuple(sorted({school for one in self.shares for school in one.schools}))

    @property
    def counts(self) -> dict[str, tuple[object, ...]]:
        """All that is counted of each school: what tells two states apart."""
        return {school: self.of_school(school) for school in self.schools}

    def of_school(self, school: str) -> tuple[object, ...]:
        """All that is counted of a school."""
        return tuple(
            (one.measure, one.family, group, pair)
            for one in self.shares
            for group in (ALL, *one.groups)
            if (pair := one.cells.get((school, group), (0, 0)))[1]
        )


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The rows of a table, or None where it must be held; ``why`` says so. ``again``: they were given out before."""

    rows: Rows | None
    why: str = ""
    again: bool = False


WAITS = (
    "A correction is waiting: shown by itself it would tell of single pupils. It comes with the next edition in which "
    "enough has changed."
)
GONE = (
    "The returns that an earlier edition rests on are not all there any more, so nobody can tell what a correction "
    "would give away. The earlier figures stay."
)


def protected_among(
    specification: Specification,
    past: Sequence[State],
    now: State,
    progress: Progress = lambda _what, _done, _all: None,
    *,
    correcting: bool = False,
) -> Outcome:
    """The table of the first of ``now.shares``, protected together with all releases of the past and of now.

    Without ``correcting`` a table that was given out with other counts is refused (InputRefused); with it the table is
    renewed, or held.
    """
    if any(state.gone for state in past):
        return Outcome(rows=None, why=GONE)
    states = _merged([*past, now])
    mine = next(index for index, one in enumerate(states) if one.counts == now.counts)
    states.append(states.pop(mine))
    again = next((one for one in states[-1].releases if one.specification == specification), None)
    if len(states) == 1 and not (correcting and _regrouped(specification, states[0].releases)):
        rows = protected_rows(specification, states[0].shares, states[0].releases, progress)
        return Outcome(rows=rows, again=again is not None)
    if again:
        return Outcome(rows=again.rows, again=True)
    before = _latest(states, specification)
    if before and not correcting:
        raise InputRefused([_changed()])
    return _Correction(specification, states).outcome(before, progress)


def _regrouped(specification: Specification, releases: Sequence[Released]) -> bool:
    """Whether schools were in other trusts or phases when something was given out."""
    now = {rollup.name: dict(rollup.of) for rollup in specification.rollups}
    return any(
        now.setdefault(rollup.name, dict(rollup.of)) != dict(rollup.of)
        for release in releases
        for rollup in release.specification.rollups
    )


def _merged(states: Sequence[State]) -> list[State]:
    """States with the same counts are one."""
    found: list[State] = []
    for state in states:
        same = next((index for index, one in enumerate(found) if one.counts == state.counts), None)
        if same is None:
            found.append(state)
        else:
            found[same] = replace(found[same], releases=(*found[same].releases, *state.releases))
    return found


def _latest(states: Sequence[State], specification: Specification) -> Released | None:
    """The latest release of the same cut from other counts, or with schools in other trusts or phases."""
    found = [
        release
        for state in states
        for release in state.releases
        if release.specification.dimensions == specification.dimensions
        and (state is not states[-1] or release.specification.rollups != specification.rollups)
    ]
    return max(found, key=lambda release: release.name, default=None)


def _changed() -> Problem:
    what = "Figures of this period were given out before, from returns, trusts or phases that have changed since."
    do = (
        "What changed would tell of single children. Ask for what was known then (--as-of), or release an edition that "
        "corrects the earlier one."
    )
    return Problem(what, do)


class _Grid:
    """Signed sums over the finest cells of a table."""

    def __init__(self, table: Table) -> None:
        self._dimensions, self._values = table.specification.dimensions, table.values

    def row(self, units: frozenset[str], at: Mapping[str, str]) -> np.ndarray:
        """1 for each finest cell of some units and the values ``at`` other dimensions (those not named: all)."""
        parts = [
            np.array([value in units if name == SCHOOL else at.get(name, TOTAL) in (TOTAL, value) for value in values])
            for name, values in zip(self._dimensions, self._values, strict=True)
        ]
        return reduce(np.multiply.outer, [part.astype(np.int64) for part in parts]).ravel()


class _Correction:
    """One table to protect, with releases that rest on other counts. The last state is that of the table."""

    def __init__(self, specification: Specification, states: Sequence[State]) -> None:
        self._specification, self._states = specification, states
        self._units = units_of(states)
        self._places = frozenset(f"{_place(state)}={EVERY}" for state in range(len(states)))
        self._rollups: list[tuple[str, Mapping[str, str]]] = []
        self._with_rest: set[str] = set()

    def outcome(self, before: Released | None, progress: Progress) -> Outcome:
        """The rows, or that they must wait; ``before`` is the table they are to renew."""
        told = SideBySide(self._specification, self._states[-1].shares[0], before)
        if told.by_a_cell():
            return Outcome(rows=None, why=WAITS)
        try:
            joined = self._joined()
        except InputRefused:
            return Outcome(rows=None, why=GONE)
        try:
            made = protect_joined(joined.table.specification, joined, progress)
        except (InputRefused, RuntimeError):
            # Nothing that may be hidden would keep all counts and changes unsure.
            return Outcome(rows=None, why=WAITS)
        table = made.joined.table
        cell_of = {name: cell for cell, names in enumerate(table.names) for name in names}
        rows = {name: cell_of[at] for name, at in self._names(table)}
        shown = {name: int(table.counts[cell]) if made.shown[cell] else None for name, cell in sorted(rows.items())}
        if made.known_already or told.by_a_sum(shown):
            return Outcome(rows=None, why=WAITS)
        return Outcome(rows=shown)

    def _joined(self) -> Joined:
        """All states in one table, with what changed and what did not."""
        last = len(self._states) - 1
        columns, counts = made_up_together(self._unit_shares())
        self._with_rest = {column for axis, column in enumerate(columns) if any(at[axis] == OTHER for at in counts)}
        earlier = [self._renamed(release, state) for state, one in enumerate(self._states) for release in one.releases]
        wanted = self._renamed_specification(self._specification, last)
        joined = join(wanted, counts, columns, [*earlier, self._who_knows()], crossed=False)
        table = joined.table
        ours = {at for _, at in self._names(table)}
        joined = replace(
            joined,
            table=replace(table, whole=np.array([any(n[0] in self._places for n in names) for names in table.names])),
            ours=np.array([any(name in ours for name in names) for names in table.names]),
        )
        measures = frozenset(one.measure for one in self._states[0].shares)
        joined = joined.guarding(lambda of: nobody(of, measures, self._places))
        grid = _Grid(table)
        small = [row for row in self._changes(grid) if 0 < abs(row @ table.finest) < table.specification.threshold]
        return beside(joined, known=list(self._unchanged(grid, table.finest)), guarded=small)

    def _unit_shares(self) -> list[Shares]:
        """Counts by unit instead of school."""
        return [
            replace(
                one,
                cells={
                    (self._units[state][school], group): pair
                    for state, of in enumerate(self._states)
                    for (school, group), pair in of.shares[cut].cells.items()
                },
            )
            for cut, one in enumerate(self._states[0].shares)
        ]

    def _renamed_specification(self, of: Specification, state: int) -> Specification:
        units = self._units[state]
        rollups = [Rollup(SCHOOL, _place(state), dict.fromkeys(units.values(), EVERY))]
        for rollup in of.rollups:
            members = {self._unit(school, state): member for school, member in rollup.of.items()}
            rollups.append(Rollup(SCHOOL, self._rollup_name(rollup.name, members), members))
        return replace(of, rollups=tuple(rollups), insiders=())

    def _rollup_name(self, name: str, members: Mapping[str, str]) -> str:
        """The same name for the same members: those of another state, or day, have one of their own."""
        if (name, members) not in self._rollups:
            self._rollups.append((name, members))
        return f"{name} {self._rollups.index((name, members))}"

    def _unit(self, school: str, state: int) -> str:
        try:
            return self._units[state][school]
        except KeyError:
            raise InputRefused([Problem(GONE, "Put back a copy of the facts.")]) from None

    def _label(self, label: str, of: Specification, state: int) -> str:
        """A place along the schools' dimension, as the table over all states names it."""
        if label == TOTAL:
            return f"{_place(state)}={EVERY}"
        if "=" not in label:
            return self._unit(label, state)
        name, member = label.split("=", 1)
        members = next(rollup.of for rollup in of.rollups if rollup.name == name)
        return f"{self._rollup_name(name, {self._unit(one, state): where for one, where in members.items()})}={member}"

    def _renamed(self, release: Released, state: int) -> Released:
        of = release.specification
        rows = {(self._label(name[0], of, state), *name[1:]): value for name, value in release.rows.items()}
        if of.dimensions[1] in self._with_rest and not any(name[1] == OTHER for name in release.rows):
            # A table without that row says that there is nobody in it.
            rows[self._label(TOTAL, of, state), OTHER, TOTAL] = 0
        return Released(release.name, self._renamed_specification(of, state), rows)

    def _who_knows(self) -> Released:
        """No release, but its roll-ups are the insiders: each knows its own pupils as they were and as they are."""
        schools = {unit: school for units in self._units for school, unit in units.items()}
        trusts: dict[str, set[str]] = {}
        for of in (self._specification, *(release.specification for one in self._states for release in one.releases)):
            for rollup in of.rollups:
                for school, trust in rollup.of.items() if rollup.name == TRUST else ():
                    trusts.setdefault(trust, set()).add(school)
        rollups = [Rollup(SCHOOL, "known to school", schools)] + [
            Rollup(SCHOOL, f"known to trust {number}", {u: TRUST for u, school in schools.items() if school in inside})
            for number, (_, inside) in enumerate(sorted(trusts.items()))
        ]
        return Released(
            "insiders",
            replace(self._specification, rollups=tuple(rollups), insiders=tuple(rollup.name for rollup in rollups)),
            {},
        )

    def _names(self, table: Table) -> Iterator[tuple[Coordinates, Coordinates]]:
        """Each cell of the new table by its own name and by that in the table over all states."""
        last, of = len(self._states) - 1, self._specification
        values = dict(zip(table.specification.dimensions, table.values, strict=True))
        members = [f"{r.name}={member}" for r in of.rollups for member in sorted(set(r.of.values()))]
        labels = [TOTAL, *members, *self._states[-1].shares[0].schools]
        more = (TOTAL,) * (len(table.specification.dimensions) - len(of.dimensions))
        cuts = [(TOTAL, *values[dimension]) for dimension in of.dimensions[1:]]
        for label, *cut in product(labels, *cuts):
            yield (label, *cut), (self._label(label, of, last), *cut, *more)

    def _changes(self, grid: _Grid) -> Iterator[np.ndarray]:
        """For each two states and each cell that both have what the later holds less what the earlier did."""
        areas = [self._areas(state) for state in range(len(self._states))]
        for (one, old), (two, new) in combinations(enumerate(areas), 2):
            for label in sorted(old.keys() & new.keys()):
                then = frozenset(self._units[one][school] for school in old[label])
                now = frozenset(self._units[two][school] for school in new[label])
                if then != now:
                    yield from (grid.row(now, at) - grid.row(then, at) for at in self._cells())

    def _areas(self, state: int) -> dict[str, frozenset[str]]:
        """The place, members of roll-ups and schools of a state, each with its schools."""
        of = [release.specification for release in self._states[state].releases]
        found = areas_of(self._states[state].schools, [])
        for one in [*of, *([self._specification] if state == len(self._states) - 1 else [])]:
            found |= areas_of(self._states[state].schools, one.rollups)
        return found

    def _cells(self) -> list[dict[str, str]]:
        """What can be asked of a school: values by column."""
        return [
            {**({one.family: group} if one.family else {}), one.measure: part}
            for one in self._states[0].shares
            for group in (TOTAL, *one.values)
            for part in (YES, NO, TOTAL)
        ]

    def _unchanged(self, grid: _Grid, finest: np.ndarray) -> Iterator[np.ndarray]:
        """Cells of schools that changed which did not change themselves."""
        versions: dict[str, list[str]] = {}
        for units in self._units:
            for school, unit in units.items():
                versions.setdefault(school, []).append(unit)
        for of in versions.values():
            for one, two in combinations(dict.fromkeys(of), 2):
                for at in self._cells():
                    row = grid.row(frozenset({two}), at) - grid.row(frozenset({one}), at)
                    if row @ finest == 0 and row.any():
                        yield row


def _place(state: int) -> str:
    return f"edition {state}"


def units_of(states: Sequence[State]) -> list[dict[str, str]]:
    """For each state and school a name of its counts: the same where they are the same."""
    known: dict[str, list[object]] = {}
    found = []
    for state in states:
        units = {}
        for school, counts in state.counts.items():
            versions = known.setdefault(school, [])
            if counts not in versions:
                versions.append(counts)
            number = versions.index(counts)
            units[school] = f"{school}@{number + 1}" if number else school
        found.append(units)
    return found
