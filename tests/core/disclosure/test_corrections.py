"""Two editions of figures that changed between them, attacked together by whoever has both.

The attacker here is written for these tests and shares no code with protection: linear programs over both editions, by
somebody who knows which schools did not change, and which cells of those that did.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from ropewalk.core.disclosure.corrections import State, protected_among
from ropewalk.core.disclosure.protect import Released
from ropewalk.core.disclosure.shares import ALL, Grouping, Shares, protected_rows, specification_of
from ropewalk.core.errors import InputRefused

MEASURE, GROUPS = "persistent_absence", ("sen_support", "ehcp", "no_sen")
VALUES = (*GROUPS, "other")
Name = tuple[str, str, str]  # school, group, and yes or no
Pupils = Mapping[Name, int]
CLOSE, UNBOUNDED = 1e-6, 3


def quiet(_what: str, _done: int, _all: int) -> None:
    """Progress that nobody hears of."""


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
    rows: Mapping[Name, int | None]

    @property
    def schools(self) -> list[str]:
        return sorted({school for school, _, _ in self.pupils})

    def inside(self, name: Name) -> frozenset[Name]:
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

    def count(self, name: Name) -> int:
        return sum(self.pupils[cell] for cell in self.inside(name))

    def must_stay_open(self, name: Name) -> bool:
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
        self.place: dict[tuple[int, Name], int] = {}
        for index, table in enumerate(tables):
            for cell, count in table.pupils.items():
                same = index and tables[index - 1].pupils.get(cell) == count
                self.place[index, cell] = self.place[index - 1, cell] if same else len(set(self.place.values()))
        self.size = len(set(self.place.values()))
        known = [*self.shown(), *self.itself(), *self.unchanged()]
        self.rows = np.array([row for row, _ in known])
        self.sums = np.array([total for _, total in known], dtype=float)
        # Tables that fit all of this: whatever is far enough apart in two of them need not be asked again.
        self.fitting = [np.zeros(self.size)]
        for (index, cell), place in self.place.items():
            self.fitting[0][place] = tables[index].pupils[cell]

    def shown(self) -> Iterator[tuple[np.ndarray, int]]:
        for index, table in enumerate(self.tables):
            yield from ((self.row(index, name), value) for name, value in table.rows.items() if value is not None)

    def itself(self) -> Iterator[tuple[np.ndarray, int]]:
        for index, table in enumerate(self.tables):
            own = [cell for cell in table.pupils if cell[0] in self.own]
            yield from ((self.row(index, cell), table.pupils[cell]) for cell in own)

    def unchanged(self) -> Iterator[tuple[np.ndarray, int]]:
        """What a school had before and has now as well, sums of its cells among them."""
        for index, (before, now) in enumerate(pairwise(self.tables)):
            for name in product(set(before.schools) & set(now.schools), ("*", *VALUES), ("*", "yes", "no")):
                if before.count(name) == now.count(name):
                    yield self.row(index + 1, name) - self.row(index, name), 0

    def row(self, index: int, name: Name) -> np.ndarray:
        found = np.zeros(self.size)
        for cell in self.tables[index].inside(name):
            found[self.place[index, cell]] += 1
        return found

    def narrowed(self, row: np.ndarray) -> bool:
        """Whether a sum is known to fewer than five steps."""
        for way in (None, 1.0, -1.0):
            if way is not None:
                end = linprog(way * row, A_eq=self.rows, b_eq=self.sums, method="highs")
                if end.status == UNBOUNDED:
                    return False
                assert end.status == 0, end.message
                self.fitting.append(end.x)
            sums = np.array(self.fitting) @ row
            if sums.max() - sums.min() >= 5 - CLOSE:
                return False
        return True

    def knows_itself(self, index: int, name: Name) -> bool:
        return {cell[0] for cell in self.tables[index].inside(name)} <= self.own

    def found_out(self) -> Iterator[str]:
        """Small counts, and small changes, that are narrowed down."""
        for index, table in enumerate(self.tables):
            for name, value in table.rows.items():
                if not table.must_stay_open(name) or self.knows_itself(index, name):
                    continue
                if value is not None or self.narrowed(self.row(index, name)):
                    yield f"edition {index + 1}: {name} is {table.count(name)}"
        for one, two in zip(range(len(self.tables)), range(1, len(self.tables)), strict=False):
            for name in self.tables[one].rows.keys() & self.tables[two].rows.keys():
                change = self.tables[two].count(name) - self.tables[one].count(name)
                row = self.row(two, name) - self.row(one, name)
                others = np.ones(self.size)
                others[[place for (_, cell), place in self.place.items() if cell[0] in self.own]] = 0
                # What changed at its own school alone a school knows itself.
                if 0 < abs(change) < 5 and (row * others).any() and self.narrowed(row):
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
    return Given(pupils, grouping, protected_rows(specification_of(one, grouping), [one], [], quiet))


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


TRUSTS = Grouping(
    trusts={"101": "North", "102": "North", "103": "South", "104": "South"},
    phases={"101": "primary", "102": "primary", "103": "secondary", "104": "secondary", "105": "secondary"},
)
# School by school: pupils counted and not, of the four groups.
BEFORE = {
    "101": ((9, 3, 31, 0), (40, 8, 120, 0)),
    "102": ((12, 6, 18, 0), (33, 7, 90, 0)),
    "103": ((7, 2, 40, 0), (51, 9, 160, 0)),
    "104": ((11, 8, 25, 0), (28, 12, 99, 0)),
    "105": ((15, 4, 22, 0), (37, 6, 83, 0)),
}


def pupils(*late: tuple[str, str, int], schools: tuple[str, ...] = SCHOOLS) -> Pupils:
    """The place above with pupils (school, group, how many) whose suspension was told late."""
    found = {
        (school, group, part): count
        for school in schools
        for part, counts in zip(("yes", "no"), BEFORE[school], strict=True)
        for group, count in zip(VALUES, counts, strict=True)
    }
    for school, group, count in late:
        found[school, group, "yes"] += count
        found[school, group, "no"] -= count
    return found


def naive(pupils: Pupils, grouping: Grouping) -> Given:
    """A new edition protected by itself, as if there had been none before."""
    return first(pupils, grouping)


@pytest.fixture(scope="module")
def before() -> Given:
    return first(pupils(), TRUSTS)


def test_one_edition_alone_tells_nobody_anything(before: Given) -> None:
    assert not found_out([before])
    assert sum(value is not None for value in before.rows.values()) > len(before.rows) / 3


# Ten late suspensions at ten schools, or as here at five, move many cells by one or two: each an event to be seen.
LATE = tuple((school, group, 1) for school in SCHOOLS for group in ("sen_support", "no_sen"))


def test_ten_late_suspensions_protected_alone_are_seen_and_wait_here(before: Given) -> None:
    seen = [what for what in found_out([before, naive(pupils(*LATE), TRUSTS)]) if "changed by" in what]
    assert len(seen) > 10
    assert corrected([before], pupils(*LATE), TRUSTS) is None


MANY = (("102", "no_sen", 30), ("104", "no_sen", 25), ("104", "sen_support", 10))


def test_a_correction_of_many_is_shown_and_tells_of_nobody(before: Given) -> None:
    after = corrected([before], pupils(*MANY), TRUSTS)
    assert after is not None
    assert not found_out([before, after])
    moved = [n for n, v in after.rows.items() if None not in (v, before.rows[n]) and v != before.rows[n]]
    assert ("*", "*", "yes") in moved
    assert after.rows["*", "*", "yes"] == before.rows["*", "*", "yes"] + 65  # type: ignore[operator]


def test_a_school_that_joins_is_not_the_difference_of_two_editions() -> None:
    one, all_of_them = first(pupils(schools=SCHOOLS[:4]), TRUSTS), pupils()
    alone = found_out([one, naive(all_of_them, TRUSTS)])
    assert any("is 4" in what for what in alone), alone
    after = corrected([one], all_of_them, TRUSTS)
    assert after is not None
    assert not found_out([one, after])
    assert after.rows["*", "*", "yes"] is not None


def test_a_third_edition_is_safe_beside_both_before_it(before: Given) -> None:
    second = corrected([before], pupils(*MANY), TRUSTS)
    assert second is not None
    third = corrected([before, second], pupils(*MANY, ("101", "no_sen", 12), ("103", "no_sen", 9)), TRUSTS)
    assert third is not None
    assert not found_out([before, second, third])


def test_what_waited_comes_when_enough_has_changed(before: Given) -> None:
    assert corrected([before], pupils(("102", "no_sen", 2)), TRUSTS) is None
    after = corrected([before], pupils(("102", "no_sen", 12)), TRUSTS)
    assert after is not None
    assert not found_out([before, after])


def test_changed_figures_are_refused_where_no_edition_corrects_them(before: Given) -> None:
    past = [State(shares=(shares(before.pupils),), releases=(released(1, before),))]
    now = shares(pupils(*MANY))
    with pytest.raises(InputRefused, match="given out before"):
        protected_among(specification_of(now, TRUSTS), past, State(shares=(now,)))
