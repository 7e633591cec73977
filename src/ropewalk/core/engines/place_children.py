"""Statements for measures of events that follow the child: every child of a place once, over all its rolls there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from sqlglot import exp

from ropewalk.core.engines.layout import Layout
from ropewalk.core.engines.reading import Reading
from ropewalk.core.engines.rolls import beside_sent, not_reached, where_sent
from ropewalk.core.engines.stays import Stays
from ropewalk.core.engines.vocabulary import (
    Columns,
    Step,
    all_of,
    any_of,
    biggest,
    case,
    cast,
    col,
    day_number,
    flag,
    grouped,
    is_null,
    joined,
    lit,
    none,
    or_else,
    place_in_line,
    same,
    select,
    total,
    union,
    where,
    whole,
)
from ropewalk.core.measures import Measure
from ropewalk.core.measures.meaning import Of, PupilsWithEvent

_KEYS = ("place", "child", "year")


@dataclass(frozen=True)
class PlaceChildren:
    """The part of a plan that counts children with events."""

    layout: Layout
    stays: Stays

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """Measures of this part."""
        found = [m for m in self.layout.plan.measures if isinstance(m.meaning, PupilsWithEvent)]
        return tuple(m for m in found if isinstance(m.meaning, PupilsWithEvent) and m.meaning.of is Of.CHILD)

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """Categories of events that are counted."""
        return tuple(sorted({m.meaning.category for m in self.measures if isinstance(m.meaning, PupilsWithEvent)}))

    @property
    def _numbers(self) -> tuple[str, ...]:
        return ("known", *(f"{part}_{category}" for category in self.categories for part in ("with", "beside")))

    def steps(self) -> Iterator[Step]:
        """The statements, in the order in which they need each other; ``stay`` must hold whole years."""
        if not self.measures:
            return
        yield Step("place_roll", self._place_roll())
        yield Step("child_year", self._child_year())
        yield Step("child_year_row", self._child_year_row(), kept=False)
        yield Step("child_event_row", self._child_event_row())
        first, year_cells = self.layout.by_group("child_year", "child_year_row", ("place", "year"), self._numbers)
        yield first
        columns: Columns = {"place": col("place", "c"), "span": col("span", "d"), "grp": col("grp", "c")}
        columns |= {name: col(name, "c") for name in self._numbers}
        in_year = all_of(same("c", "d", ["year"]), col("begun", "d"), col("kind", "d").neq(lit("week")))
        years = joined(select(columns, year_cells, "c"), "span_day", in_year, alias="d")
        first, events = self.layout.by_group("child_event", "child_event_row", ("place", "span"), self._numbers)
        yield first
        keys: Columns = {"level": lit("place"), "key": col("place"), "phase": lit("all")}
        found: Columns = {"grp": col("grp"), "span": col("span")}
        both = select(
            {n: col(n) for n in ("place", "span", "grp", *self._numbers)}, union([years, _ordered(events, columns)])
        )
        sums = grouped({"place": col("place"), **found}, {n: total(col(n)) for n in self._numbers}, both)
        yield Step("child_event_count", select({**keys, **found, **{n: col(n) for n in self._numbers}}, sums))

    def _place_roll(self) -> exp.Query:
        """Every roll of a child in a place and year, the one with most possible sessions first."""
        start = or_else(day_number(col("start", "p")), lit(0))
        possible = self.stays.possible_of_year("y")
        order = [(possible, True), (start, True), (col("school", "p"), False)]
        columns: Columns = {"place": col("place", "sc"), "child": col("child", "p"), "year": col("year", "p")}
        line = place_in_line([value.copy() for value in columns.values()], order)
        columns |= {"place_in_line": line, **{name: col(name, "p") for name in self.layout.slices}}
        columns |= {"sent": where_sent(self.layout, "suspensions", whole(1))}
        columns |= {"census": where_sent(self.layout, "suspensions", cast(col("census", "r"), "BIGINT"))}
        query = joined(select(columns, "profile", "p"), "school", same("p", "sc", ["school"]), alias="sc")
        query = joined(query, "roll_call", same("p", "r", ["school", "child", "year"]), alias="r")
        query = joined(query, "stay", same("p", "y", ["school", "child", "year"]), how="left", alias="y")
        return where(beside_sent(self.layout, query, "p"), is_null(col("place", "sc")).not_())

    def _child_year(self) -> exp.Query:
        keys: Columns = {name: col(name) for name in _KEYS}
        main = col("place_in_line").eq(lit(1))
        numbers: Columns = {name: biggest(case((main.copy(), col(name)))) for name in self.layout.slices}
        return grouped(keys, numbers | {"sent": biggest(col("sent")), "census": biggest(col("census"))}, "place_roll")

    def _child_year_row(self) -> exp.Query:
        columns: Columns = {name: col(name) for name in (*_KEYS, *self.layout.slices)}
        columns |= {"known": lit(1)}
        for category in self.categories:
            none_had = case((col("sent").eq(lit(1)), whole(0)), otherwise=none())
            columns |= {f"with_{category}": none_had, f"beside_{category}": col("census")}
        return select(columns, "child_year")

    def _child_event_row(self) -> exp.Query:
        """Children with an event in a period, each once."""
        inside = exp.Between(this=col("start", "s"), low=col("first", "d"), high=col("last", "d"))
        columns: Columns = {"place": col("place", "sc"), "child": col("child", "s"), "span": col("span", "d")}
        columns |= {"category": col("category", "s"), **self.layout.slices_of("y")}
        query = joined(select(columns, "suspension", "s"), "school", same("s", "sc", ["school"]), alias="sc")
        query = joined(
            query, "span_day", all_of(inside, col("begun", "d"), col("kind", "d").neq(lit("week"))), alias="d"
        )
        home = all_of(col("place", "y").eq(col("place", "sc")), same("s", "y", ["child"]), same("d", "y", ["year"]))
        query = joined(query, "child_year", home, how="left", alias="y")
        query = where(query, is_null(col("place", "sc")).not_())
        keys: Columns = {name: col(name) for name in ("place", "child", "span", *self.layout.slices)}
        numbers: Columns = {"known": none()}
        for category in self.categories:
            there = total(flag(col("category").eq(lit(category)))) > lit(0)
            numbers |= {
                f"with_{category}": case((there, whole(1))),
                f"beside_{category}": case((there.copy(), whole(0))),
            }
        return grouped(keys, numbers, query)

    def readings(self) -> Iterator[Reading]:
        """Where the counts of each measure are read off."""
        for measure in self.measures:
            if not isinstance(measure.meaning, PupilsWithEvent):
                continue
            spans = self.layout.plan.begun(self.layout.plan.spans_for(measure))
            numerator, beside = (col(f"{part}_{measure.meaning.category}") for part in ("with", "beside"))
            needs = any_of(is_null(col("known")).not_(), numerator.copy() > lit(0))
            without = not_reached(self.layout, spans, measure)
            yield Reading(
                measure, "child_event_count", numerator, beside, spans, without_denominator=without, needs=needs
            )


def _ordered(query: exp.Query, columns: Columns) -> exp.Query:
    """The same columns in the same order, as a union wants them."""
    return select({name: col(name) for name in columns}, query)
