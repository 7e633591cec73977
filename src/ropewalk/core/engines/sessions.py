"""Statements for measures of sessions.

The millions of pupil-weeks are read once and added up by school, week and slice; longer periods are sums of weeks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from sqlglot import exp

from ropewalk.core.engines.layout import WIDE, Layout, of_plan, of_schools
from ropewalk.core.engines.plan import Span
from ropewalk.core.engines.reading import Reading
from ropewalk.core.engines.stays import session_columns
from ropewalk.core.engines.vocabulary import (
    Columns,
    Step,
    added,
    all_of,
    col,
    flag,
    grouped,
    inline,
    joined,
    lit,
    same,
    select,
    total,
    union,
    where,
    within,
)
from ropewalk.core.measures import Measure
from ropewalk.core.measures.meaning import SessionShare
from ropewalk.core.schema.calendar import monday_of
from ropewalk.core.schema.periods import PeriodKind

# Sums by school, week and group that may be there already: see ``year_sums``.
YEAR_WEEK = "year_week"


@dataclass(frozen=True)
class Sessions:
    """The part of a plan that rests on attendance."""

    layout: Layout

    @cached_property
    def shares(self) -> dict[Measure, SessionShare]:
        """Measures of sessions."""
        return {m: m.meaning for m in self.layout.plan.measures if isinstance(m.meaning, SessionShare)}

    @cached_property
    def sessions(self) -> tuple[str, ...]:
        """Columns of attendance that are needed."""
        return session_columns(self.layout)

    @property
    def weekly(self) -> tuple[Span, ...]:
        """Weeks for which sessions are wanted."""
        return self.layout.wanted(PeriodKind.WEEK) if self.shares else ()

    @property
    def longer(self) -> tuple[Span, ...]:
        """Longer periods that are wanted."""
        return self.layout.wanted(*WIDE, PeriodKind.TO_DATE)

    @cached_property
    def base(self) -> tuple[Span, ...]:
        """All periods of the shortest longer kind wanted: what each enrolment's weeks are added up by first."""
        kinds = {span.kind for span in self.longer}
        kind = next((kind for kind in WIDE if kind in kinds), PeriodKind.YEAR)
        return tuple(span for span in self.layout.spans if span.kind is kind)

    @property
    def by_week(self) -> bool:
        """Whether weeks are added up first; else the sums come with those of the enrolments: see ``stays``."""
        return bool(self.weekly or (self.shares and self.layout.plan.from_year_sums))

    def steps(self) -> Iterator[Step]:
        """The statements, in the order in which they need each other."""
        if self.by_week:
            yield from self._session_steps()

    def week_steps(self) -> Iterator[Step]:
        """Sessions by school, week and group, the last step ``week_by_group``."""
        if self.layout.plan.from_year_sums:
            yield Step("week_by_group", self._from_year_sums())
            return
        first, cells = self.layout.by_group("week", self._sessions(), ("school", "week"), self.sessions)
        yield first
        yield Step("week_by_group", cells)

    def _session_steps(self) -> Iterator[Step]:
        """Sessions by school, group and week; then by longer period."""
        yield from self.week_steps()
        numbers = self.sessions
        if self.weekly:
            rows = [(span.first, self.layout.number[span]) for span in self.weekly]
            yield Step("week_cell", self._spread(rows), kept=False)
            yield Step("week_count", self.layout.rolled("week_cell", numbers))
        if self.longer:
            yield Step("base_cell", self._added_up(self._spread(self._base_of_weeks()), numbers))
            yield Step("long_cell", self._long_cell())
            yield Step("long_count", self.layout.rolled("long_cell", numbers))

    def _added_up(self, query: exp.Query, numbers: Sequence[str]) -> exp.Select:
        keys: Columns = {name: col(name) for name in ("school", "span", "grp")}
        return grouped(keys, {name: total(col(name)) for name in numbers}, query)

    def _base_of_weeks(self) -> list[tuple[date, int]]:
        """The Mondays of each period of the shortest kind."""
        return [(monday, n) for span, n in self._numbered(self.base) for monday in _mondays(span.first, span.last)]

    def _long_cell(self) -> exp.Query:
        """Sums of the longer periods: those of the shortest kind as they are, others of what lies in them."""
        own, periods, weeks = self._made_of()
        names = ("school", "span", "grp", *self.sessions)
        parts: list[exp.Query] = []
        if own:
            parts.append(where(select({name: col(name) for name in names}, "base_cell"), within(col("span"), own)))
        summed: list[exp.Query] = []
        if periods:
            columns: Columns = {**{name: col(name, "b") for name in names}, "span": col("longer", "u")}
            spans = inline(("span", "longer"), periods, ("INT", "INT"))
            summed.append(joined(select(columns, "base_cell", "b"), spans, same("b", "u", ["span"]), alias="u"))
        if weeks:
            summed.append(self._spread(weeks))
        return union([*parts, self._added_up(union(summed), self.sessions)] if summed else parts)

    def _made_of(self) -> tuple[list[int], list[tuple[int, int]], list[tuple[date, int]]]:
        """What the longer periods are made of: shortest periods wanted themselves, shortest periods, single weeks."""
        own = [number for _, number in self._numbered(span for span in self.base if span in set(self.longer))]
        periods: list[tuple[int, int]] = []
        weeks: list[tuple[date, int]] = []
        for span, number in self._numbered(self.longer):
            inside = [base for base in self.base if span.first <= base.first and base.last <= span.last]
            if span.kind is not self.base[0].kind:
                periods += [(n, number) for _, n in self._numbered(inside)]
            if span.kind is PeriodKind.TO_DATE:
                whole = {monday for base in inside for monday in _mondays(base.first, base.last)}
                weeks += [(monday, number) for monday in _mondays(span.first, span.last) if monday not in whole]
        return own, periods, weeks

    def _numbered(self, spans: Iterable[Span]) -> list[tuple[Span, int]]:
        return [(span, self.layout.number[span]) for span in spans]

    def _sessions(self) -> exp.Select:
        """Pupil-weeks of the wanted time with the slices of the enrolment."""
        columns: Columns = {"school": col("school", "a"), "week": col("week", "a"), **self.layout.slices_of("p")}
        columns |= {name: col(name, "a") for name in self.sessions}
        here = all_of(same("a", "p", ["school", "child"]), col("year", "p").eq(_year_of_week()))
        query = joined(select(columns, "attendance", "a"), "profile", here, how="left", alias="p")
        return self._of_time(query, [*self.weekly, *self.longer])

    def _from_year_sums(self) -> exp.Select:
        """Weekly sums that are there already, as far as they are wanted."""
        names = ("school", "week", "grp", *self.sessions)
        query = select({name: col(name, "a") for name in names}, YEAR_WEEK, "a")
        return where(self._of_time(query, [*self.weekly, *self.longer]), *of_plan(self.layout.plan, "a"))

    def _of_time(self, query: exp.Select, spans: Sequence[Span]) -> exp.Select:
        """Only weeks of some periods, of the schools that count."""
        first, last = min(span.first for span in spans), max(span.last for span in spans)
        inside = exp.Between(this=col("week", "a"), low=lit(first), high=lit(last))
        return where(query, inside, *of_schools(self.layout.plan, "a"))

    def _spread(self, rows: Sequence[tuple[date, int]]) -> exp.Select:
        """Weekly sums in each period their week belongs to."""
        columns: Columns = {"school": col("school", "w"), "span": col("span", "u"), "grp": col("grp", "w")}
        columns |= {name: col(name, "w") for name in self.sessions}
        spans = inline(("week", "span"), rows, ("DATE", "INT"))
        return joined(select(columns, "week_by_group", "w"), spans, same("w", "u", ["week"]), alias="u")

    def readings(self) -> Iterator[Reading]:
        """Where the counts of each measure are read off."""
        for measure, share in self.shares.items():
            spans = self.layout.plan.spans_for(measure)
            weeks = tuple(span for span in spans if span.kind is PeriodKind.WEEK)
            longer = tuple(span for span in spans if span.kind is not PeriodKind.WEEK)
            yield _reading(measure, share, ("week", weeks), "")
            if self.by_week:
                yield _reading(measure, share, ("long", longer), "")
            else:
                yield _reading(measure, share, ("stay", longer), "sum_")


def _reading(measure: Measure, share: SessionShare, at: tuple[str, tuple[Span, ...]], prefix: str) -> Reading:
    name, spans = at
    numerator = added([col(f"{prefix}{kind.value}") for kind in share.sessions])
    possible = col(f"{prefix}possible")
    return Reading(measure, f"{name}_count", numerator, possible, spans, of_schools=f"{name}_cell")


def _year_of_week() -> exp.Expr:
    """First calendar year of the academic year in which a week begins."""
    before_august = flag(exp.Month(this=col("week", "a")) < lit(8))
    return exp.Sub(this=exp.Year(this=col("week", "a")), expression=before_august)


def _mondays(first: date, last: date) -> Iterator[date]:
    monday = monday_of(first)
    while monday <= last:
        if monday >= first:
            yield monday
        monday += timedelta(days=7)
