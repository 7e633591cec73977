"""Free exploration: whatever is asked, in whatever order, nobody narrows a count down; attacked with ``linprog``."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from ropewalk.core.disclosure.exploring.answering import Before, bands_of, has_rest, units_at
from ropewalk.core.disclosure.exploring.ledger import Answer, Question
from ropewalk.core.disclosure.exploring.steps import SMALLEST_WIDTH, Band, bands
from ropewalk.core.disclosure.protect import Released
from ropewalk.core.disclosure.shares import ALL, Grouping, Shares, protected_rows, specification_of
from ropewalk.core.errors import InputRefused

FAMILIES = {"sex": ("girls", "boys"), "sen": ("sen_support", "ehcp", "no_sen"), None: ()}
MEASURES = ("persistent_absence", "severe_absence")
WITHIN = (("severe_absence", "persistent_absence"),)
COUNTS = st.one_of(st.integers(0, 4), st.integers(0, 30))


@dataclass
class World:
    """A made-up place: pupils by school, sex, need and absence, and all that analysts were ever told."""

    pupils: dict[tuple[str, str, str, str], int]
    grouping: Grouping
    answers: list[Answer] = field(default_factory=list)
    releases: list[Released] = field(default_factory=list)

    def shares(self, measure: str, family: str | None) -> Shares:
        """The counts of a measure by school and group."""
        counted = {"persistent_absence": ("persistent", "severe"), "severe_absence": ("severe",)}[measure]
        cells: dict[tuple[str, str], tuple[int, int]] = {}
        for (school, sex, need, absence), count in self.pupils.items():
            for group in (ALL, *({sex, need} & set(FAMILIES[family]))):
                yes, of = cells.get((school, group), (0, 0))
                cells[school, group] = yes + (count if absence in counted else 0), of + count
        return Shares(measure=measure, family=family, groups=FAMILIES[family], cells=cells)

    def ask(self, measure: str, family: str | None, level: str) -> Answer:
        """As the use case does."""
        question = Question(measure=measure, family=family, level=level, schools=None)
        known = next((answer for answer in self.answers if answer.question == question), None)
        if known:
            return known
        shares = self.shares(measure, family)
        units = units_at(level, shares.schools, self.grouping)
        sizes = {school: of for (school, group), (_, of) in shares.cells.items() if group == ALL}
        before = Before(answers=self.answers, releases=self.releases, within=WITHIN, sizes=sizes)
        shown = bands_of(question, units, shares, before, lambda *_: None)
        days = {"period": "2024/25", "day": "2026-01-01", "as_of": "2026-01-01", "submissions": ()}
        answer = Answer(question=question, rest=has_rest(shares), units=units, bands=shown, **days)
        self.answers.append(answer)
        return answer

    def release(self, measure: str, family: str | None) -> None:
        """Give out a table with small counts hidden, as partners see it."""
        wanted = self.shares(measure, family)
        specification = specification_of(wanted, self.grouping)
        rows = protected_rows(specification, [wanted], [], lambda *_: None)
        self.releases.append(Released("0001", specification, rows))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    schools = ("101", "102", "103", "104")[: draw(st.integers(1, 4))]
    pupils = {}
    rests = draw(st.booleans())
    sexes, needs = ("girls", "boys"), ("sen_support", "ehcp", "no_sen", *(("other",) if rests else ()))
    for school, sex, need, absence in itertools.product(schools, sexes, needs, ("none", "persistent", "severe")):
        rare = need == "other" or absence == "severe"
        pupils[school, sex, need, absence] = draw(st.integers(0, 2)) if rare else draw(COUNTS)
    trusts = {school: draw(st.sampled_from(("North", "South", ""))) for school in schools}
    phases = {school: draw(st.sampled_from(("primary", "secondary"))) for school in schools}
    return World(pupils, Grouping(trusts={one: name for one, name in trusts.items() if name}, phases=phases))


class Attacker:
    """Somebody with a solver, every answer and every released table; knows what the words mean, and nothing else.

    Shares no code with what it attacks: one unknown for each school, measure (or all pupils) and group of a family.
    """

    def __init__(self, world: World, *, answers: bool = True) -> None:
        self.unknowns: dict[tuple[str, str, str], int] = {}
        self.upper: list[tuple[dict[int, float], float]] = []
        self.equal: list[tuple[dict[int, float], float]] = []
        asked = [(one.question.measure, one.question.family) for one in world.answers]
        asked += [
            (one.specification.dimensions[-1], (*one.specification.dimensions[1:-1], None)[0]) for one in world.releases
        ]
        self.measures = list(dict.fromkeys(measure for measure, _ in asked))
        self.families = {family: FAMILIES[family] for _, family in asked if family}
        rests = {family for measure, family in asked if family and has_rest(world.shares(measure, family))}
        self.groups = {
            family: (*groups, *(("other",) if family in rests else ())) for family, groups in self.families.items()
        }
        self.schools = sorted({school for school, *_ in world.pupils})
        self._what_words_mean()
        # How many pupils a school has is published elsewhere.
        for school in self.schools:
            pupils = sum(count for (where, *_), count in world.pupils.items() if where == school)
            self.equal.append(({self.at(school, "", ALL): 1.0}, float(pupils)))
        for answer in world.answers if answers else ():
            for (unit, part, group), band in answer.bands.items():
                if band:
                    row = self.row(answer.units[unit], answer.question.measure if part == "counted" else "", group)
                    self.upper += [(row, band.high), ({at: -one for at, one in row.items()}, -band.low)]
        for release in world.releases:
            self._read(release)

    def at(self, school: str, what: str, group: str) -> int:
        return self.unknowns.setdefault((school, what, group), len(self.unknowns))

    def row(self, schools: tuple[str, ...], what: str, group: str) -> dict[int, float]:
        return {self.at(school, what, group): 1.0 for school in schools}

    def _what_words_mean(self) -> None:
        for school, (family, groups) in itertools.product(self.schools, self.groups.items()):
            names = {group: f"{family}:other" if group == "other" else group for group in groups}
            for what in ("", *self.measures):
                parts = {self.at(school, what, name): 1.0 for name in names.values()}
                self.equal.append(({**parts, self.at(school, what, ALL): -1.0}, 0.0))
        everything = [ALL, *(f"{f}:other" if g == "other" else g for f, groups in self.groups.items() for g in groups)]
        for school, group, measure in itertools.product(self.schools, everything, self.measures):
            self.upper.append(({self.at(school, measure, group): 1.0, self.at(school, "", group): -1.0}, 0.0))
        for school, group in itertools.product(self.schools, everything):
            if set(MEASURES) <= set(self.measures):
                severe, persistent = (
                    self.at(school, "severe_absence", group),
                    self.at(school, "persistent_absence", group),
                )
                self.upper.append(({severe: 1.0, persistent: -1.0}, 0.0))

    def _read(self, release: Released) -> None:
        *cut, measure = release.specification.dimensions[1:]
        inside = {"*": tuple(self.schools)} | {school: (school,) for school in self.schools}
        for rollup in release.specification.rollups:
            for member in set(rollup.of.values()):
                inside[f"{rollup.name}={member}"] = tuple(one for one in self.schools if rollup.of.get(one) == member)
        for name, count in release.rows.items():
            group = name[1] if cut and name[1] != "*" else ALL
            group = f"{cut[0]}:other" if group == "other" else group
            of, counted = self.row(inside[name[0]], "", group), self.row(inside[name[0]], measure, group)
            row = {"*": of, "yes": counted, "no": of | dict.fromkeys(counted, -1.0)}[name[-1]]
            if count is not None:
                self.equal.append((row, float(count)))

    def narrowed(self, row: dict[int, float]) -> tuple[int, int | None]:
        """The whole numbers between which a sum must lie."""
        size = len(self.unknowns)

        def dense(rows: list[tuple[dict[int, float], float]]) -> tuple[np.ndarray | None, np.ndarray | None]:
            matrix = np.zeros((len(rows), size))
            for number, (one, _) in enumerate(rows):
                matrix[number, list(one)] = list(one.values())
            return (matrix, np.array([limit for _, limit in rows])) if rows else (None, None)

        costs = np.zeros(size)
        costs[list(row)] = list(row.values())
        (a, b), (c, d) = dense(self.upper), dense(self.equal)
        low = linprog(costs, A_ub=a, b_ub=b, A_eq=c, b_eq=d, method="highs")
        high = linprog(-costs, A_ub=a, b_ub=b, A_eq=c, b_eq=d, method="highs")
        assert low.status == 0, low.message
        return int(np.ceil(low.fun - 1e-6)), None if high.status == 3 else int(np.floor(-high.fun + 1e-6))


def everything_told(world: World) -> list[tuple[str, str, str, str, tuple[str, ...]]]:
    """Every count anybody was told of: measure or none, part, family's group and schools."""
    found = []
    for answer in world.answers:
        for unit, _, group in answer.bands:
            of = (answer.question.family or "", answer.units[unit])
            found += [(answer.question.measure, part, group, *of) for part in ("of", "counted", "rest")]
    return list(dict.fromkeys(found))


def everything_released(world: World) -> list[tuple[str, str, str, str, tuple[str, ...]]]:
    """Every count of a school or of the place in a released table, shown or hidden, as above."""
    found = []
    for release in world.releases:
        *cut, measure = release.specification.dimensions[1:]
        for name in release.rows:
            group = name[1] if cut and name[1] != "*" else ALL
            schools = tuple(sorted({school for school, *_ in world.pupils})) if name[0] == "*" else (name[0],)
            if "=" not in name[0] and group != "other":
                found += [(measure, part, group, cut[0] if cut else "", schools) for part in ("of", "counted", "rest")]
    return list(dict.fromkeys(found))


def check_nobody_narrows_down(world: World) -> int:
    """Attack every count; how many were looked at. Each stays as open as it must, and holds what is true."""
    attacker, without = Attacker(world), Attacker(world, answers=False)
    checked = 0
    for measure, part, group, family, schools in dict.fromkeys([*everything_told(world), *everything_released(world)]):
        shares = world.shares(measure, family or None)
        counted, of = (sum(shares.cells.get((one, group), (0, 0))[side] for one in schools) for side in (0, 1))
        if of == 0:
            # There is nobody of whom anything could be told.
            continue
        row = {
            "of": attacker.row(schools, "", group),
            "counted": attacker.row(schools, measure, group),
            "rest": attacker.row(schools, "", group) | dict.fromkeys(attacker.row(schools, measure, group), -1.0),
        }[part]
        low, high = attacker.narrowed(row)
        true = {"of": of, "counted": counted, "rest": of - counted}[part]
        assert low <= true
        assert high is None or true <= high
        checked += 1
        if high is not None and high - low < SMALLEST_WIDTH:
            known = {without.at(*key): row.get(attacker.at(*key), 0.0) for key in list(attacker.unknowns)}
            before = without.narrowed({at: one for at, one in known.items() if one})
            assert before == (low, high), (measure, part, group, schools, low, high, before)
    return checked


QUESTIONS = st.lists(
    st.tuples(
        st.sampled_from(MEASURES),
        st.sampled_from(tuple(FAMILIES)),
        st.sampled_from(("place", "phase", "trust", "school")),
    ),
    min_size=1,
    max_size=4,
)
SLOW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


@SLOW
@given(worlds(), QUESTIONS)
def test_whatever_is_asked_in_whatever_order_nobody_narrows_a_count_down(world: World, asked: list[tuple]) -> None:
    for question in asked:
        world.ask(*question)
    check_nobody_narrows_down(world)


@SLOW
@given(worlds(), st.sampled_from(tuple(FAMILIES)), QUESTIONS)
def test_released_tables_help_nobody_to_narrow_down_what_is_explored(
    world: World, family: str | None, asked: list[tuple]
) -> None:
    world.release("persistent_absence", family)
    for question in asked:
        world.ask(*question)
    check_nobody_narrows_down(world)


@SLOW
@given(worlds(), worlds(), QUESTIONS)
def test_how_far_a_count_is_rounded_tells_nothing_of_it(world: World, other: World, asked: list[tuple]) -> None:
    """Two places that were shown alike so far are rounded alike: only what was shown decides on the steps."""
    twin = World(dict(world.pupils), world.grouping)
    school = next(iter(world.pupils))[0]
    cell = (school, "girls", "no_sen", "none")
    twin.pupils[cell] = world.pupils[cell] + 1
    assert other.pupils
    for question in asked:
        mine, theirs = world.ask(*question), twin.ask(*question)
        for at in mine.bands:
            if mine.bands[at] != theirs.bands[at]:
                # The first that differs: the count lies in another band, and both bands were there to choose from.
                assert mine.bands[at] is not None
                assert theirs.bands[at] is not None
                assert mine.bands[at].high < theirs.bands[at].low
                return


def test_what_a_total_would_give_away_of_rounded_parts_is_rounded_further() -> None:
    # Six schools with 7 girls each, shown as 7 to 12. A total of 42 shown as "37 to 42" would say that there are 7.
    schools = [str(school) for school in range(101, 107)]
    pupils = {(school, sex, "no_sen", "none"): n for school in schools for sex, n in (("girls", 7), ("boys", 30))}
    world = World(pupils, Grouping(trusts={}, phases=dict.fromkeys(schools, "primary")))
    parts = world.ask("persistent_absence", "sex", "school")
    assert {parts.bands[unit, "of", "girls"] for unit in parts.units} == {Band(7, 12)}
    total = world.ask("persistent_absence", "sex", "place").bands["*", "of", "girls"]
    assert total == Band(37, 48)
    assert check_nobody_narrows_down(world) > 50


def test_that_nobody_or_everybody_of_a_group_is_counted_is_not_shown() -> None:
    pupils = {("101", "girls", "no_sen", "none"): 25, ("101", "boys", "no_sen", "severe"): 25}
    world = World(pupils, Grouping(trusts={}, phases={"101": "primary"}))
    shown = world.ask("severe_absence", "sex", "school").bands
    assert shown["101", "counted", "girls"] == Band(0, 6)
    assert shown["101", "of", "girls"] == Band(25, 30)
    # Of boys everybody is counted: how many are not stays open like any other count.
    assert check_nobody_narrows_down(world) == 9


def test_other_counts_than_those_that_were_shown_are_refused() -> None:
    pupils = {("101", "girls", "no_sen", "none"): 8, ("102", "girls", "no_sen", "none"): 30}
    world = World(pupils, Grouping(trusts={}, phases={"101": "primary", "102": "primary"}))
    world.ask("severe_absence", None, "school")
    world.pupils["102", "girls", "no_sen", "none"] = 80
    with pytest.raises(InputRefused, match="other returns"):
        world.ask("severe_absence", None, "place")


def test_counts_are_shown_as_the_middle_of_six() -> None:
    def shown(count: int, *, nought: bool) -> int:
        return next(band for band in bands(count, 6, nought=nought) if count in band).shown

    assert [shown(count, nought=True) for count in (0, 1, 6, 7, 12, 13, 18, 19)] == [0, 3, 3, 9, 9, 15, 15, 21]
    assert [shown(count, nought=False) for count in (0, 1, 6, 7)] == [3, 3, 3, 9]
    with pytest.raises(ValueError, match="band of counts"):
        Band(3, 2)
