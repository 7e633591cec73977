"""Statements for absence of children over all their rolls in a place.

Most children are at one school all year, and count as their enrolment does. So the counts of the enrolments are taken,
those of children at several schools taken off, and these children added, each once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlglot import exp

from ropewalk.core.engines.layout import Layout
from ropewalk.core.engines.vocabulary import (
    Columns,
    Step,
    all_of,
    biggest,
    by,
    case,
    col,
    day_number,
    grouped,
    is_null,
    joined,
    lit,
    or_else,
    place_in_line,
    same,
    select,
    smallest,
    times,
    total,
    union,
    where,
)


@dataclass(frozen=True)
class Roaming:
    """Children at several schools. ``counted`` are the columns of the cells.

    ``long`` makes a row for each period of wide rows, ``flags`` tells what of a row's sessions is counted.
    """

    layout: Layout
    counted: Sequence[str]
    long: Callable[[str, Sequence[str]], exp.Query]
    flags: Callable[[exp.Expr, exp.Expr], Columns]

    def steps(self) -> Iterator[Step]:
        """The statements, in the order in which they need each other; ``stay`` and ``stay_cell`` are there."""
        yield Step("roaming", self._roaming())
        # Few among all enrolments, and looked at for each kind of period.
        yield Step("roaming_enrolment", self._roaming_enrolment())
        yield Step("roaming_stay", self._roaming_stay())
        yield Step("roaming_child", self._roaming_child())
        yield Step("roaming_row", self._roaming_row())
        first, corrections = self.layout.by_group("roaming", "roaming_row", ("place", "span"), self.counted)
        yield first
        columns: Columns = {"place": col("place", "sc"), "span": col("span", "c"), "grp": col("grp", "c")}
        columns |= {name: col(name, "c") for name in self.counted}
        enrolments = joined(select(columns, "stay_cell", "c"), "school", same("c", "sc", ["school"]), alias="sc")
        enrolments = where(enrolments, is_null(col("place", "sc")).not_())
        keys: Columns = {"key": col("place"), "grp": col("grp"), "span": col("span")}
        both = grouped(keys, {name: total(col(name)) for name in self.counted}, union([enrolments, corrections]))
        found: Columns = {"level": lit("place"), "key": col("key"), "phase": lit("all"), "grp": col("grp")}
        found |= {name: col(name) for name in ("span", *self.counted)}
        yield Step("child_count", where(select(found, both), col("stays") > lit(0)))

    def _roaming(self) -> exp.Query:
        keys: Columns = {"place": col("place", "sc"), "child": col("child", "s"), "year": col("year", "s")}
        query = joined(select(keys, "stay", "s"), "school", same("s", "sc", ["school"]), alias="sc")
        query = by(where(query, is_null(col("place", "sc")).not_()), keys)
        return query.having(smallest(col("school", "s")).neq(biggest(col("school", "s"))))

    def _roaming_enrolment(self) -> exp.Query:
        """Their enrolments of a year, with what tells the child's groups."""
        star = exp.Column(this=exp.Star(), table=exp.to_identifier("t", quoted=True))
        wide = (
            exp.Select().select(star, copy=False).from_(exp.alias_(exp.to_table("stay"), "t", table=True), copy=False)
        )
        more: Columns = {"place": col("place", "sc"), "start": col("start", "p"), **self.layout.slices_of("p")}
        wide = wide.select(*(exp.alias_(value, name, quoted=True) for name, value in more.items()), copy=False)
        wide = joined(wide, "school", same("t", "sc", ["school"]), alias="sc")
        of_place = all_of(same("t", "r", ["child", "year"]), same("sc", "r", ["place"]))
        wide = joined(wide, "roaming", of_place, alias="r")
        return joined(wide, "profile", same("t", "p", ["school", "child", "year"]), how="left", alias="p")

    def _roaming_stay(self) -> exp.Query:
        """Their enrolments in each period; first the one that tells the child's groups."""
        names = ("place", "school", "child", "start", *self.layout.slices)
        columns: Columns = {name: col(name) for name in ("place", "child", "span", "possible", "absent")}
        columns |= {"place_in_line": _main_school_first(), **self.layout.kept_slices()}
        return select(columns, self.long("roaming_enrolment", names))

    def _roaming_child(self) -> exp.Query:
        keys: Columns = {name: col(name) for name in ("place", "child", "span")}
        main = col("place_in_line").eq(lit(1))
        slices: Columns = {name: biggest(case((main.copy(), col(name)))) for name in self.layout.slices}
        return grouped(keys, slices | {name: total(col(name)) for name in ("possible", "absent")}, "roaming_stay")

    def _roaming_row(self) -> exp.Query:
        """Children once with +1, their enrolments with -1."""
        parts: list[exp.Query] = []
        for source, sign in (("roaming_child", 1), ("roaming_stay", -1)):
            signed: Columns = {name: col(name) for name in ("place", "span", *self.layout.slices)}
            flags = self.flags(col("possible"), col("absent"))
            parts.append(select(signed | {name: times(value, lit(sign)) for name, value in flags.items()}, source))
        return union(parts)


def _main_school_first() -> exp.Expr:
    """First the school with most possible sessions; then the latest start; then the lowest URN."""
    start = or_else(day_number(col("start")), lit(0))
    order = [(col("possible"), True), (start, True), (col("school"), False)]
    return place_in_line([col("place"), col("child"), col("span")], order)
