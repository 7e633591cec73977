"""The few words from which both SQL engines' statements are built: sqlglot expressions, never strings of SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce

from sqlglot import exp

Scalar = str | int | bool | date | None
# Columns with names of their own.
Columns = dict[str, exp.Expr]


@dataclass(frozen=True)
class Step:
    """A relation made from others. ``kept`` ones are read more than once and worth holding in memory."""

    name: str
    query: exp.Query
    kept: bool = True


def col(name: str, of: str | None = None) -> exp.Column:
    """A column, of a named relation where two have it."""
    return exp.column(name, table=of)


def lit(value: Scalar) -> exp.Expr:
    """A value as it stands in a statement."""
    return exp.convert(value)


def none(kind: str = "BIGINT") -> exp.Expr:
    """No value, of a type."""
    return cast(exp.null(), kind)


def whole(number: int) -> exp.Expr:
    """A whole number of the same type as a sum: where it stands beside a sum or no value, types must not differ."""
    return cast(lit(number), "BIGINT")


def cast(value: exp.Expr, kind: str) -> exp.Expr:
    """A value as another type."""
    return exp.Cast(this=value, to=exp.DataType(this=exp.DataType.Type[kind]))


def total(value: exp.Expr) -> exp.Expr:
    """A sum of whole numbers, as a whole number."""
    return cast(exp.Sum(this=value), "BIGINT")


def biggest(value: exp.Expr) -> exp.Expr:
    """The biggest value of a group of rows."""
    return exp.Max(this=value)


def smallest(value: exp.Expr) -> exp.Expr:
    """The smallest value of a group of rows."""
    return exp.Min(this=value)


def place_in_line(among_rows: Sequence[exp.Expr], order: Sequence[tuple[exp.Expr, bool]]) -> exp.Expr:
    """1 for the first of the rows that agree, and so on; each part of the order is from big to small when True."""
    ordered = exp.Order(expressions=[exp.Ordered(this=value, desc=falling) for value, falling in order])
    return exp.Window(this=exp.RowNumber(), partition_by=list(among_rows), order=ordered)


def case(*when: tuple[exp.Expr, exp.Expr], otherwise: exp.Expr | None = None) -> exp.Case:
    """The first value whose condition holds."""
    found = exp.Case()
    for condition, value in when:
        found = found.when(condition, value, copy=False)
    return found.else_(otherwise, copy=False) if otherwise is not None else found


def flag(condition: exp.Expr) -> exp.Expr:
    """1 where a condition holds, else 0."""
    return case((condition, lit(1)), otherwise=lit(0))


def all_of(*conditions: exp.Expr) -> exp.Expr:
    """Every condition holds."""
    return exp.and_(*conditions, copy=False)


def any_of(*conditions: exp.Expr) -> exp.Expr:
    """At least one condition holds."""
    return exp.or_(*conditions, copy=False)


def same(left: str, right: str, names: Iterable[str]) -> exp.Expr:
    """Two relations agree in some columns."""
    return exp.and_(*(exp.EQ(this=col(name, left), expression=col(name, right)) for name in names), copy=False)


def is_null(value: exp.Expr) -> exp.Expr:
    """There is no value."""
    return exp.Is(this=value, expression=exp.null())


def among(value: exp.Expr, values: Iterable[Scalar]) -> exp.Expr:
    """A value is one of some; of none when there are none."""
    listed = [lit(one) for one in values]
    return exp.In(this=value, expressions=listed) if listed else exp.false()


def or_else(value: exp.Expr, *otherwise: exp.Expr) -> exp.Expr:
    """A value, or the next where there is none."""
    return exp.Coalesce(this=value, expressions=list(otherwise))


def added(values: Sequence[exp.Expr]) -> exp.Expr:
    """Values added up; 0 when there are none."""
    return reduce(lambda left, right: exp.Add(this=left, expression=right), values) if values else lit(0)


def times(left: exp.Expr, right: exp.Expr) -> exp.Expr:
    """A product."""
    return exp.Mul(this=left, expression=right)


def first_year(year: exp.Expr) -> exp.Expr:
    """2024 of the academic year '2024/25'."""
    return cast(exp.Substring(this=year, start=lit(1), length=lit(4)), "INT")


def day_number(day: exp.Expr) -> exp.Expr:
    """A day as a whole number that grows with it: 20240903."""
    year, month, dom = (cast(part, "BIGINT") for part in (exp.Year(this=day), exp.Month(this=day), exp.Day(this=day)))
    return added([times(year, lit(10_000)), times(month, lit(100)), dom])


def relation(name: str, alias: str | None = None) -> exp.Table:
    """A relation by its name, under another name where one is given."""
    short = exp.TableAlias(this=exp.to_identifier(alias or name, quoted=True))
    return exp.Table(this=exp.to_identifier(name, quoted=True), alias=short)


def named(columns: Mapping[str, exp.Expr]) -> list[exp.Expr]:
    """Columns with names of their own."""
    return [exp.Alias(this=value, alias=exp.to_identifier(name, quoted=True)) for name, value in columns.items()]


def select(columns: Mapping[str, exp.Expr], source: str | exp.Query, alias: str | None = None) -> exp.Select:
    """A selection of columns from a relation or another selection."""
    chosen = exp.Select().select(*named(columns), copy=False)
    if isinstance(source, str):
        return chosen.from_(relation(source, alias), copy=False)
    return chosen.from_(source.subquery(alias or "inner_rows", copy=False), copy=False)


def grouped(keys: Mapping[str, exp.Expr], numbers: Mapping[str, exp.Expr], source: str | exp.Query) -> exp.Select:
    """Numbers of groups of rows: one row for every combination of the keys."""
    return by(select({**keys, **numbers}, source), keys)


def by(query: exp.Select, keys: Mapping[str, exp.Expr]) -> exp.Select:
    """A selection with one row for every combination of the keys."""
    return query.group_by(*(value.copy() for value in keys.values()), copy=False)


def where(query: exp.Select, *conditions: exp.Expr) -> exp.Select:
    """A selection of the rows for which all conditions hold."""
    return query.where(*conditions, copy=False)


def joined(
    query: exp.Select, source: str | exp.Query, on: exp.Expr, *, how: str = "inner", alias: str | None = None
) -> exp.Select:
    """A selection with another relation beside it; ``how`` is inner or left."""
    beside = relation(source, alias) if isinstance(source, str) else source.subquery(alias, copy=False)
    return query.join(beside, on=on, join_type=how, copy=False)


def union(queries: Sequence[exp.Query]) -> exp.Query:
    """All rows of some selections with the same columns."""
    found = queries[0]
    for query in queries[1:]:
        found = exp.Union(this=found, expression=query, distinct=False)
    return found


def within(value: exp.Expr, numbers: Iterable[int]) -> exp.Expr:
    """A value is one of some whole numbers, which are written as ranges."""
    ranges: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    parts = [exp.Between(this=value.copy(), low=lit(first), high=lit(last)) for first, last in ranges]
    return exp.paren(any_of(*parts), copy=False) if parts else exp.false()


def inline(columns: Sequence[str], rows: Sequence[Sequence[Scalar]], types: Sequence[str]) -> exp.Select:
    """A small relation written out in the statement."""
    if not rows:
        empty = {name: none(kind) for name, kind in zip(columns, types, strict=True)}
        return where(exp.Select().select(*named(empty), copy=False), exp.false())
    cells = [exp.Tuple(expressions=[lit(cell) for cell in row]) for row in rows]
    names = exp.TableAlias(
        this=exp.to_identifier("v"), columns=[exp.to_identifier(name, quoted=True) for name in columns]
    )
    typed = {name: cast(col(name, "v"), kind) for name, kind in zip(columns, types, strict=True)}
    return exp.Select().select(*named(typed), copy=False).from_(exp.Values(expressions=cells, alias=names), copy=False)
