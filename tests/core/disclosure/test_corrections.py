"""Two editions of figures that changed between them, attacked together by whoever has both.

The attacker here is written for these tests and shares no code with protection: linear programs over both editions, by
somebody who knows which schools did not change, and which cells of those that did.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from ropewalk.core.disclosure.corrections import State, protected_among
from ropewalk.core.disclosure.protect import Released
from ropewalk.core.disclosure.shares import ALL, Grouping, Shares, protected_rows, specification_of

MEASURE, GROUPS = "persistent_absence", ("sen_support", "ehcp", "no_sen")
VALUES = (*GROUPS, "other")
Pupils = Mapping[tuple[str, str, str], int]  # school, group, yes or no
QUIET = lambda _what, _done, _all: None  # noqa: E731


def shares(pupils: Pupils) -> Shares:
    cells: dict[tuple[str, str], tuple[int, int]] = {}
    for (school, group, part), count in pupils.items():
        for one in (ALL, *({group} & set(GROUPS))):
            yes, of = cells.get((school, one), (0, 0))
            cells[school, one] = yes + (count if part == "yes" else 0), of + count
    return Shares(measure=MEASURE, family="sen", groups=GROUPS, cells=cells)


@dataclass
class Given:
    """A table that was given out, with the counts behind it."""

    pupils: Pupils
    grouping: Grouping
    rows: Mapping[tuple[str, ...], int | None]

    @property
    def schools(self) -> list[str]:
        return sorted({school for school, _, _ in self.pupils})

    def inside(self, name: tuple[str, ...]) -> frozenset[tuple[str, str, str]]:
        """The finest cells of a cell."""
        label, group, part = name
        return frozenset(
            cell
            for cell in self.pupils
            if (
                label in ("*", cell[0])
                or label == f"trust={self.grouping.trusts.get(cell[0])}"
                or label == f"phase={self.grouping.phases[cell[0]]}"
            )
            and group in ("*", cell[1])
            and part in ("*", cell[2])
        )

    def count(self, name: tuple[str, ...]) -> int:
        return sum(self.pupils[cell] for cell in self.inside(name))

    def must_stay_open(self, name: tuple[str, ...]) -> bool:
        """Of 1 to 4 pupils, or of nobody below the place although there are pupils."""
        count = self.count(name)
        if count or name[2] == "*":
            return 0 < count < 5
        place = {cell[0] for cell in self.inside((name[0], "*", "*"))} == set(self.schools)
        return not place and self.count((*name[:2], "*")) > 0


class Stranger:
    """Somebody with both tables, who knows what did not change and, as an insider, all of some schools."""

    def __init__(self, tables: list[Given], own: frozenset[str]) -> None:
        self.tables, self.own = tables, own
        self.place: dict[tuple[int, tuple[str, str, str]], int] = {}
        same = [name for name in product(tables[0].schools, ("*", *VALUES), ("*", "yes", "no"))]
        for index, table in enumerate(tables):
            for cell, count in table.pupils.items():
                before = tables[index - 1].pupils.get(cell) if index else None
                shared = self.place[index - 1, cell] if before == count else len(set(self.place.values()))
                self.place[index, cell] = shared
        self.size = len(set(self.place.values()))
        rows, sums = [], []
        for index, table in enumerate(tables):
            for name, value in table.rows.items():
                if value is not None:
                    rows.append(self.row(index, name))
                    sums.append(value)
            for cell, count in table.pupils.items():
                if cell[0] in own:
                    rows.append(self.row(index, cell))
                    sums.append(count)
        for index in range(1, len(tables)):
            for name in same:
                if name[0] in tables[index].schools and tables[index].count(name) == tables[index - 1].count(name):
                    rows.append(self.row(index, name) - self.row(index - 1, name))
                    sums.append(0)
        self.rows, self.sums = np.array(rows), np.array(sums, dtype=float)

    def row(self, index: int, name: tuple[str, ...]) -> np.ndarray:
        found = np.zeros(self.size)
        for cell in self.tables[index].inside(name):
            found[self.place[index, cell]] += 1
        return found

    def width(self, row: np.ndarray) -> float:
        ends = [linprog(way * row, A_eq=self.rows, b_eq=self.sums, method="highs") for way in (1.0, -1.0)]
        if any(end.status == 3 for end in ends):
            return np.inf
        assert all(end.status == 0 for end in ends), [end.message for end in ends]
        return -ends[1].fun - ends[0].fun

    def knows_itself(self, index: int, name: tuple[str, ...]) -> bool:
        return {cell[0] for cell in self.tables[index].inside(name)} <= self.own

    def found_out(self) -> Iterator[str]:
        """Small counts, and small changes, that are narrowed down."""
        for index, table in enumerate(self.tables):
            for name, value in table.rows.items():
                if not table.must_stay_open(name) or self.knows_itself(index, name):
                    continue
                if value is not None or self.width(self.row(index, name)) < 5 - 1e-6:
                    yield f"edition {index + 1}: {name} is {table.count(name)}"
        for one, two in zip(range(len(self.tables)), range(1, len(self.tables)), strict=False):
            for name in self.tables[one].rows.keys() & self.tables[two].rows.keys():
                change = self.tables[two].count(name) - self.tables[one].count(name)
                row = self.row(two, name) - self.row(one, name)
                others = np.ones(self.size)
                others[[place for (_, cell), place in self.place.items() if cell[0] in self.own]] = 0
                # What changed at its own school alone a school knows itself.
                if 0 < abs(change) < 5 and (row * others).any() and self.width(row) < 5 - 1e-6:
                    yield f"{name} changed by {change}"


def audiences(tables: list[Given]) -> Iterator[frozenset[str]]:
    """The public, each school, each trust."""
    yield frozenset()
    for school in sorted({school for table in tables for school in table.schools}):
        yield frozenset({school})
    for trust in sorted({trust for table in tables for trust in table.grouping.trusts.values()}):
        yield frozenset(s for table in tables for s, of in table.grouping.trusts.items() if of == trust)


def found_out(tables: list[Given]) -> list[str]:
    return [f"{sorted(own)}: {what}" for own in audiences(tables) for what in Stranger(tables, own).found_out()]


def first(pupils: Pupils, grouping: Grouping) -> Given:
    one = shares(pupils)
    return Given(pupils, grouping, protected_rows(specification_of(one, grouping), [one], [], QUIET))


def released(number: int, table: Given) -> Released:
    return Released(f"{number:04d}", specification_of(shares(table.pupils), table.grouping), table.rows)


def corrected(before: list[Given], pupils: Pupils, grouping: Grouping) -> Given | None:
    """The next edition; None where the table is held."""
    past = [State(shares=(shares(one.pupils),), releases=(released(n, one),)) for n, one in enumerate(before, 1)]
    now = shares(pupils)
    outcome = protected_among(specification_of(now, grouping), past, State(shares=(now,)), correcting=True)
    return Given(pupils, grouping, outcome.rows) if outcome.rows is not None else None


SCHOOLS = ("101", "102", "103", "104", "105")
COUNTS = st.one_of(st.integers(0, 4), st.integers(0, 30))


@st.composite
def places(draw: st.DrawFn) -> tuple[Pupils, Pupils, Grouping]:
    """A place before and after a correction: late suspensions, a corrected roll, a school that joined or left."""
    schools = SCHOOLS[: draw(st.integers(2, 4))]
    before = {cell: draw(COUNTS) for cell in product(schools, VALUES, ("yes", "no"))}
    after = dict(before)
    kind = draw(st.sampled_from(("late", "late", "roll", "joined", "left")))
    if kind == "joined":
        after |= {cell: draw(COUNTS) for cell in product(SCHOOLS[4:], VALUES, ("yes", "no"))}
    elif kind == "left" and len(schools) > 2:
        after = {cell: count for cell, count in after.items() if cell[0] != schools[0]}
    changed = draw(st.lists(st.sampled_from(sorted(after)), min_size=1, max_size=3))
    for school, group, part in changed if kind in ("late", "roll") else ():
        by = draw(st.integers(0, 12))
        if kind == "roll":
            after[school, group, part] += by
        else:
            late = min(by, after[school, group, "no"])
            after[school, group, "no"] -= late
            after[school, group, "yes"] += late
    trusts = {school: draw(st.sampled_from(("North", "South", ""))) for school in SCHOOLS}
    phases = {school: draw(st.sampled_from(("primary", "secondary"))) for school in SCHOOLS}
    return before, after, Grouping(trusts={s: t for s, t in trusts.items() if t}, phases=phases)


@settings(
    max_examples=40,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)
@given(places())
def test_whoever_has_both_editions_finds_out_no_small_count_and_no_small_change(
    place: tuple[Pupils, Pupils, Grouping],
) -> None:
    before, after, grouping = place
    one = first(before, grouping)
    two = corrected([one], after, grouping)
    if two is not None:
        for name, value in two.rows.items():
            assert value is None or value == two.count(name)
        assert not found_out([one, two])
