"""Small relations an engine needs beside the facts: periods, groups, levels; and the profile of every enrolment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from sqlglot import exp

from ropewalk.core.engines.grouping import ALL, CODES, FAMILIES, SLICES, Family
from ropewalk.core.engines.plan import Level, Plan, Span, spans_of
from ropewalk.core.engines.vocabulary import (
    Columns,
    Step,
    added,
    among,
    any_of,
    by,
    case,
    cast,
    col,
    first_year,
    inline,
    is_null,
    joined,
    lit,
    or_else,
    place_in_line,
    same,
    select,
    times,
    total,
    union,
    where,
    within,
)
from ropewalk.core.measures.meaning import HeadcountShare
from ropewalk.core.schema.periods import PeriodKind

# Periods longer than a week, from short to long; years to date stand beside them.
WIDE = (PeriodKind.HALF_TERM, PeriodKind.TERM, PeriodKind.YEAR)
# Combinations of different slices never share a number.
_APART = 1_000
# Profiles of enrolments that may be there already: see ``year_sums``.
YEAR_PROFILE = "year_profile"


@dataclass(frozen=True)
class Layout:
    """How a plan is laid out in whole numbers: its periods, and the slices its groups need."""

    plan: Plan

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Wanted periods and all periods of their years; the position is the period's number."""
        inside = [span for year in self.plan.years for span in spans_of(year)]
        kinds = list(PeriodKind)
        # Periods of a kind stand together, so that those a measure is defined for are a few ranges of numbers.
        return tuple(
            sorted({*self.plan.spans, *inside}, key=lambda span: (kinds.index(span.kind), span.first, span.id))
        )

    @cached_property
    def number(self) -> Mapping[Span, int]:
        """The number of each period."""
        return {span: place for place, span in enumerate(self.spans)}

    def wanted(self, *kinds: PeriodKind) -> tuple[Span, ...]:
        """Wanted periods of some kinds."""
        return tuple(span for span in self.plan.spans if span.kind in kinds)

    @cached_property
    def slices(self) -> Mapping[str, tuple[Family, ...]]:
        """Families of each slice that hold a wanted group; ``all`` is counted with the smallest that holds several."""
        if self.plan.from_year_sums:
            # The profiles that are there know all groups.
            return {name: tuple(FAMILIES[column] for column in columns) for name, columns in SLICES.items()}
        found = {
            name: families
            for name, columns in SLICES.items()
            if (families := tuple(FAMILIES[c] for c in columns if set(FAMILIES[c].ids) & self.plan.groups))
        }
        return found or {next(iter(SLICES)): ()}

    @property
    def _slice_of_all(self) -> str:
        return min(self.slices, key=lambda name: (len(self.slices[name]) == 1, len(self.slices[name])))

    def steps(self) -> list[Step]:
        """The relations of this module."""
        return [
            Step("span_day", self._span_days()),
            Step("level_above", self._levels_above()),
            *self.profile_steps(),
        ]

    def profile_steps(self) -> list[Step]:
        """Who is in which group."""
        profiles = self._known_profiles() if self.plan.from_year_sums else self._profiles()
        return [Step("combination", self._combinations()), Step("profile", profiles)]

    def _known_profiles(self) -> exp.Query:
        """Profiles that are there already."""
        names = ("school", "child", "year", "start", *self.slices, *(f"is_{group}" for group in shares_of(self.plan)))
        query = select({name: col(name, "p") for name in names}, YEAR_PROFILE, "p")
        years = within(col("year", "p"), (int(year[:4]) for year in self.plan.years))
        return where(query, years, *of_schools(self.plan, "p"))

    def _span_days(self) -> exp.Query:
        begun = self.plan.today
        rows = [
            (self.number[s], s.kind.value, int(s.year[:4]), s.first, s.last, s.first <= begun) for s in self.plan.spans
        ]
        types = ("INT", "VARCHAR", "INT", "DATE", "DATE", "BOOLEAN")
        return inline(("span", "kind", "year", "first", "last", "begun"), rows, types)

    def _combinations(self) -> exp.Query:
        rows = []
        for name, families in self.slices.items():
            sizes = [range(len(family.ids) + 1) for family in families]
            for values in product(*sizes):
                number = self._start(name) + _combined(values, families)
                groups = [family.ids[v - 1] for v, family in zip(values, families, strict=True) if v]
                groups += [ALL] if name == self._slice_of_all else []
                rows += [(number, CODES[group]) for group in groups if group in self.plan.groups]
        return inline(("combination", "grp"), rows, ("SMALLINT", "INT"))

    def _start(self, name: str) -> int:
        return (list(SLICES).index(name) + 1) * _APART

    def _levels_above(self) -> exp.Query:
        """The levels above schools that are wanted, each for all phases together and for every phase of its own."""
        levels = [level.value for level in (Level.TRUST, Level.PLACE) if level in self.plan.levels]
        rows = [(level, together) for level in levels for together in (True, False)]
        return inline(("level", "together"), rows, ("VARCHAR", "BOOLEAN"))

    def _profiles(self) -> exp.Query:
        """One row for each child at a school in a year: slices and shares of the roll row with the latest start."""
        same_child = [col("school"), col("child"), col("year")]
        newest = place_in_line(same_child, [(col("start"), True), (col("record"), True)])
        columns: Columns = {"school": col("school"), "child": col("child"), "year": first_year(col("year"))}
        columns |= {"start": col("start")}
        slices = {name: self._combination(name) for name in self.slices}
        shares = {f"is_{group}": in_group(group) for group in shares_of(self.plan)}
        ranked = select({**columns, **slices, **shares, "place_in_line": newest}, "enrolment")
        ranked = where(ranked, among(col("year"), self.plan.years), *of_schools(self.plan))
        kept = {name: col(name) for name in (*columns, *slices, *shares)}
        return where(select(kept, ranked), col("place_in_line").eq(lit(1)))

    def _combination(self, name: str) -> exp.Expr:
        """Number of the combination an enrolment's attributes make in a slice."""
        families = self.slices[name]
        parts: list[exp.Expr] = [lit(self._start(name))]
        for place, family in enumerate(families):
            size = _combined([1 if other == place else 0 for other in range(len(families))], families)
            parts.append(times(_position(family), lit(size)))
        return cast(added(parts), "SMALLINT")

    def slices_of(self, of: str) -> dict[str, exp.Expr]:
        """The slices of a joined profile; without a profile no attribute is known."""
        return {name: or_else(col(name, of), cast(lit(self._start(name)), "SMALLINT")) for name in self.slices}

    def kept_slices(self) -> dict[str, exp.Expr]:
        """The slices of a relation that has them."""
        return {name: col(name) for name in self.slices}

    def by_group(
        self, name: str, source: str | exp.Query, keys: Iterable[str], numbers: Iterable[str]
    ) -> tuple[Step, exp.Query]:
        """Numbers added up by keys and group, of a relation with slices: a step to take first, and the query.

        Columns: keys, ``grp``, numbers. In a slice of one family a combination is a group, and there is nothing more to
        add up.
        """
        listed, summed = tuple(keys), tuple(numbers)
        first = Step(f"{name}_by_slice", self._by_slice(source, listed, summed))
        sliced: Columns = {**{key: col(key, "s") for key in listed}, "grp": col("grp", "c")}
        once: Columns = {number: col(number, "s") for number in summed}
        alone = [name for name, families in self.slices.items() if len(families) == 1 and name != self._slice_of_all]
        parts: list[exp.Query] = []
        if len(alone) < len(self.slices):
            sums: Columns = {number: total(value.copy()) for number, value in once.items()}
            parts.append(by(self._with_groups(first, sliced | sums, self.slices.keys() - set(alone)), sliced))
        if alone:
            parts.append(self._with_groups(first, sliced | once, alone))
        return first, union(parts)

    def _with_groups(self, sliced: Step, columns: Columns, slices: Iterable[str]) -> exp.Select:
        query = select({name: value.copy() for name, value in columns.items()}, sliced.name, "s")
        query = joined(query, "combination", same("s", "c", ["combination"]), alias="c")
        inside = [
            exp.Between(this=col("combination", "s"), low=lit(start), high=lit(start + _APART - 1))
            for start in sorted(self._start(name) for name in slices)
        ]
        return where(query, exp.paren(any_of(*inside), copy=False))

    def _by_slice(self, source: str | exp.Query, keys: Sequence[str], numbers: Sequence[str]) -> exp.Select:
        """Numbers added up by keys and each slice in turn, in one reading. Columns: keys, ``combination``, numbers."""
        columns: Columns = {key: col(key) for key in keys}
        summed: Columns = {number: total(col(number)) for number in numbers}
        names = list(self.slices)
        # In the rows of one slice the others have no value.
        found = or_else(col(names[0]), *(col(name) for name in names[1:])) if len(names) > 1 else col(names[0])
        query = select({**columns, "combination": found, **summed}, source)
        sets = [exp.Tuple(expressions=[*(col(key) for key in keys), col(name)]) for name in names]
        if len(names) == 1:
            return by(query, {**columns, names[0]: col(names[0])})
        grouping = exp.GroupingSets(expressions=sets)
        query.set("group", exp.Group(grouping_sets=[grouping]))
        return query

    def rolled(self, cell: str, numbers: Iterable[str]) -> exp.Query:
        """Cells of schools added up for trusts and places: level, key, phase, grp, span, numbers."""
        summed = tuple(numbers)
        alike: Columns = {name: col(name, "sc") for name in ("trust", "place", "phase")}
        alike |= {name: col(name, "s") for name in ("grp", "span")}
        # First schools of one trust, place and phase: they count for the same, and there are fewer of them.
        schools = select(alike | {number: total(col(number, "s")) for number in summed}, cell, "s")
        schools = by(joined(schools, "school", same("s", "sc", ["school"]), alias="sc"), alike)
        keys: Columns = {"level": col("level", "l"), "key": _key(), "phase": _phase()}
        keys |= {name: col(name, "s") for name in ("grp", "span")}
        query = select(keys | {number: total(col(number, "s")) for number in summed}, schools, "s")
        query = joined(query, "level_above", exp.true(), alias="l")
        wanted = among(_phase(), sorted(self.plan.phases))
        return by(where(query, is_null(_key()).not_(), wanted), keys)


def _key() -> exp.Expr:
    return case((col("level", "l").eq(lit(Level.TRUST.value)), col("trust", "s")), otherwise=col("place", "s"))


def _phase() -> exp.Expr:
    return case((col("together", "l"), lit(ALL)), otherwise=col("phase", "s"))


def _combined(values: Iterable[int], families: tuple[Family, ...]) -> int:
    number, size = 0, 1
    for value, family in zip(values, families, strict=True):
        number += value * size
        size *= len(family.ids) + 1
    return number


def _position(family: Family) -> exp.Expr:
    """1 for the first group of a family and so on; 0 for none."""
    when: list[tuple[exp.Expr, exp.Expr]] = []
    if family.other:
        when.append((among(col(family.column), sorted(family.unknown)), lit(0)))
    for place, group in enumerate(family.ids, start=1):
        values = [value for value, of in family.groups.items() if of == group]
        if values:
            when.append((_has(family.column, values), lit(place)))
    if family.other:
        when.append((is_null(col(family.column)).not_(), lit(family.ids.index(family.other) + 1)))
    return case(*when, otherwise=lit(0))


def _has(column: str, values: list[str | bool]) -> exp.Expr:
    if values == [True]:
        return or_else(col(column), exp.false())
    if values == [False]:
        return or_else(col(column).not_(), exp.false())
    return or_else(among(col(column), values), exp.false())


def in_group(group: str) -> exp.Expr:
    """1 when an enrolment's attributes put it in a group, else 0."""
    for family in FAMILIES.values():
        if group in family.ids:
            return case((_position(family).eq(lit(family.ids.index(group) + 1)), lit(1)), otherwise=lit(0))
    raise ValueError(f"no attribute of an enrolment tells who is in the group '{group}'")


def shares_of(plan: Plan) -> tuple[str, ...]:
    """The groups whose share of the headcount is wanted."""
    return tuple(sorted({m.meaning.group for m in plan.measures if isinstance(m.meaning, HeadcountShare)}))


def of_plan(plan: Plan, of: str) -> list[exp.Expr]:
    """Conditions on cells that are there already: of the schools a plan reads, and of the groups it wants."""
    groups = [CODES[group] for group in plan.groups if group in CODES]
    wanted = [within(col("grp", of), groups)] if len(groups) < len(CODES) else []
    return [*of_schools(plan, of), *wanted]


def of_schools(plan: Plan, of: str | None = None) -> list[exp.Expr]:
    """Conditions on rows of the schools a plan reads; none when it reads all."""
    return [among(col("school", of), plan.schools)] if plan.schools else []
