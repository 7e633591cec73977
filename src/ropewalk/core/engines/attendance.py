"""Statements for measures of attendance: sessions, and enrolments and children who missed a part of theirs.

The millions of pupil-weeks are read once. Weekly sums are added up by school, week and slice. For longer periods the
weeks of each enrolment are added first, by the shortest period wanted; terms and years are sums of those.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property

from sqlglot import exp

from ropewalk.core.engines.layout import Layout, of_schools
from ropewalk.core.engines.plan import Span, levels_of, spans_of
from ropewalk.core.engines.reading import Reading
from ropewalk.core.engines.vocabulary import (
    Columns,
    Step,
    added,
    all_of,
    biggest,
    by,
    case,
    cast,
    col,
    day_number,
    flag,
    grouped,
    inline,
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
    within,
)
from ropewalk.core.measures.meaning import AbsenceShare, Of, Session, SessionShare
from ropewalk.core.schema.calendar import monday_of
from ropewalk.core.schema.periods import PeriodKind

_ABSENT = (Session.AUTHORISED.value, Session.UNAUTHORISED.value)
_WIDE = (PeriodKind.HALF_TERM, PeriodKind.TERM, PeriodKind.YEAR)


@dataclass(frozen=True)
class Attendance:
    """The part of a plan that rests on attendance."""

    layout: Layout
    # Whether the sessions of whole years are needed, though only a part of a year is wanted.
    whole_years: bool = False

    @cached_property
    def shares(self) -> dict[str, SessionShare]:
        """Measures of sessions."""
        return {m.id: m.meaning for m in self.layout.plan.measures if isinstance(m.meaning, SessionShare)}

    @cached_property
    def absences(self) -> dict[str, AbsenceShare]:
        """Measures of enrolments or children who were absent."""
        return {m.id: m.meaning for m in self.layout.plan.measures if isinstance(m.meaning, AbsenceShare)}

    @cached_property
    def sessions(self) -> tuple[str, ...]:
        """Columns of attendance that are needed."""
        needed = {kind.value for share in self.shares.values() for kind in share.sessions}
        needed |= set(_ABSENT) if self.absences else set()
        return ("possible", *(kind.value for kind in Session if kind.value in needed))

    @cached_property
    def thresholds(self) -> dict[str, Fraction]:
        """Columns that count who missed a part, and which part."""
        return {_missed(share): share.at_least for share in self.absences.values()}

    @property
    def weekly(self) -> tuple[Span, ...]:
        """Weeks for which sessions are wanted."""
        return self.layout.wanted(PeriodKind.WEEK) if self.shares else ()

    @property
    def longer(self) -> tuple[Span, ...]:
        """Longer periods that are wanted."""
        return self.layout.wanted(*_WIDE, PeriodKind.TO_DATE)

    @cached_property
    def base(self) -> tuple[Span, ...]:
        """All periods of the shortest longer kind wanted: what each enrolment's weeks are added up by first."""
        kinds = {span.kind for span in self.longer}
        kind = next((kind for kind in _WIDE if kind in kinds), PeriodKind.YEAR)
        return tuple(span for span in self.layout.spans if span.kind is kind)

    @property
    def follows_children(self) -> bool:
        """Whether children are followed over their rolls."""
        return any(share.of is Of.CHILD for share in self.absences.values())

    def steps(self) -> Iterator[Step]:
        """The statements, in the order in which they need each other."""
        if not (self.shares or self.absences or self.whole_years) or not (self.weekly or self.longer):
            return
        yield Step("session", self._session())
        if self.weekly:
            yield Step("week_cell", self._week_cell())
            yield Step("week_count", self.layout.rolled("week_cell", self.sessions))
        if self.longer:
            yield from self._longer()

    def _longer(self) -> Iterator[Step]:
        numbers = (*self.sessions, *self._counted)
        yield Step("base_of_week", self._base_of_week())
        yield Step("stay_base", self._stay_base())
        if not (self.shares or self.absences):
            return
        yield Step("stay", self._stay())
        yield Step("stay_row", self._stay_row("stay", ("school", "child", "year", "span")), kept=False)
        yield Step("stay_cell", self.layout.by_group("stay_row", ("school", "span"), numbers))
        yield Step("stay_count", self.layout.rolled("stay_cell", numbers))
        if self.follows_children:
            yield from self._children()

    @property
    def _counted(self) -> tuple[str, ...]:
        return ("stays", "counted", *self.thresholds) if self.absences else ()

    def _session(self) -> exp.Query:
        """Pupil-weeks of the wanted time with the slices of the enrolment."""
        week = col("week", "a")
        year = exp.Sub(this=exp.Year(this=week), expression=flag(exp.Month(this=week.copy()) < lit(8)))
        columns: Columns = {"school": col("school", "a"), "child": col("child", "a"), "week": week.copy()}
        columns |= {"year": cast(or_else(col("year", "p"), year), "INT")}
        columns |= self.layout.slices_of("p") | {name: col(name, "a") for name in self.sessions}
        here = all_of(same("a", "p", ["school", "child"]), col("year", "p").eq(year.copy()))
        query = joined(select(columns, "attendance", "a"), "profile", here, how="left", alias="p")
        wanted = [*self.weekly, *self.longer]
        wanted += [span for year in self.layout.plan.years for span in spans_of(year)] if self.whole_years else []
        first, last = min(span.first for span in wanted), max(span.last for span in wanted)
        inside = exp.Between(this=week.copy(), low=lit(first), high=lit(last))
        return where(query, inside, *of_schools(self.layout.plan, "a"))

    def _week_cell(self) -> exp.Query:
        cells = self.layout.by_group("session", ("school", "week"), self.sessions)
        columns: Columns = {"school": col("school", "w"), "span": col("span", "d"), "grp": col("grp", "w")}
        columns |= {name: col(name, "w") for name in self.sessions}
        is_week = all_of(col("kind", "d").eq(lit(PeriodKind.WEEK.value)), col("first", "d").eq(col("week", "w")))
        return joined(select(columns, cells, "w"), "span_day", is_week, alias="d")

    def _base_of_week(self) -> exp.Query:
        numbers = self.layout.number
        rows = [(monday, numbers[span]) for span in self.base for monday in _mondays(span.first, span.last)]
        return inline(("week", "base"), rows, ("DATE", "INT"))

    def _stay_base(self) -> exp.Query:
        """Sessions of each enrolment in each period of the shortest kind."""
        keys: Columns = {"school": col("school", "s"), "child": col("child", "s"), "year": col("year", "s")}
        numbers = {name: total(col(name, "s")) for name in self.sessions}
        slices = {name: smallest(col(name, "s")) for name in self.layout.slices}
        query = select({**keys, "base": col("base", "b"), **slices, **numbers}, "session", "s")
        query = joined(query, "base_of_week", same("s", "b", ["week"]), alias="b")
        return by(query, keys | {"base": col("base", "b")})

    def _stay(self) -> exp.Query:
        """Sessions of each enrolment in each wanted period."""
        parts: list[exp.Query] = []
        wanted = set(self.layout.plan.spans)
        own = [self.layout.number[span] for span in self.base if span in wanted]
        names = ("school", "child", "year", *self.layout.slices, *self.sessions)
        if own:
            columns = {"span": col("base")} | {name: col(name) for name in names}
            parts.append(where(select(columns, "stay_base"), within(col("base"), own)))
        summed = self._summed()
        if summed:
            keys: Columns = {name: col(name) for name in ("span", "school", "child", "year")}
            numbers: Columns = {name: smallest(col(name)) for name in self.layout.slices}
            numbers |= {name: total(col(name)) for name in self.sessions}
            parts.append(grouped(keys, numbers, union(summed)))
        return union(parts)

    def _summed(self) -> list[exp.Query]:
        """Rows to add up for periods longer than the shortest: whole short periods, and single weeks for the rest."""
        number = self.layout.number
        periods, weeks = [], []
        for span in self.longer:
            inside = [base for base in self.base if span.first <= base.first and base.last <= span.last]
            if span.kind is not self.base[0].kind:
                periods += [(number[base], number[span]) for base in inside]
            if span.kind is PeriodKind.TO_DATE:
                whole = {monday for base in inside for monday in _mondays(base.first, base.last)}
                weeks += [(m, number[span]) for m in _mondays(span.first, span.last) if m not in whole]
        found: list[exp.Query] = []
        for source, link, kind, rows in (("stay_base", "base", "INT", periods), ("session", "week", "DATE", weeks)):
            if rows:
                columns: Columns = {"span": col("span", "u")}
                columns |= {n: col(n, "s") for n in ("school", "child", "year", *self.layout.slices, *self.sessions)}
                spans = inline((link, "span"), rows, (kind, "INT"))
                found.append(joined(select(columns, source, "s"), spans, same("s", "u", [link]), alias="u"))
        return found

    def _stay_row(self, source: str, keys: tuple[str, ...]) -> exp.Query:
        """With each enrolment, or child, whether it is counted, and which parts of its sessions it missed."""
        columns: Columns = {name: col(name) for name in (*keys, *self.layout.slices, *self.sessions)}
        if self.absences:
            counted = col("possible") > lit(0)
            columns |= {"stays": lit(1), "counted": flag(counted)}
            columns |= {name: flag(all_of(counted.copy(), _at_least(part))) for name, part in self.thresholds.items()}
        return select(columns, source)

    def _children(self) -> Iterator[Step]:
        """Children over all their rolls in a place.

        Most children are at one school all year, and count as their enrolment does. So the sums of the enrolments
        are taken, those of children at several schools taken off, and these children added, each once.
        """
        yield Step("roaming", self._roaming())
        yield Step("roaming_stay", self._roaming_stay())
        yield Step("roaming_child", self._roaming_child())
        yield Step("roaming_row", self._roaming_row())
        numbers = self._counted
        corrections = self.layout.by_group("roaming_row", ("place", "span"), numbers)
        columns: Columns = {"place": col("place", "sc"), "span": col("span", "c"), "grp": col("grp", "c")}
        columns |= {name: col(name, "c") for name in numbers}
        enrolments = joined(select(columns, "stay_cell", "c"), "school", same("c", "sc", ["school"]), alias="sc")
        enrolments = where(enrolments, is_null(col("place", "sc")).not_())
        keys = {"key": col("place"), "grp": col("grp"), "span": col("span")}
        both = grouped(keys, {name: total(col(name)) for name in numbers}, union([enrolments, corrections]))
        yield Step("child_count", _of_places(both.having(total(col("stays")) > lit(0)), numbers))

    def _roaming(self) -> exp.Query:
        keys = {"place": col("place", "sc"), "child": col("child", "s"), "year": col("year", "s")}
        query = joined(select(keys, "stay_base", "s"), "school", same("s", "sc", ["school"]), alias="sc")
        query = by(where(query, is_null(col("place", "sc")).not_()), keys)
        return query.having(smallest(col("school", "s")).neq(biggest(col("school", "s"))))

    def _roaming_stay(self) -> exp.Query:
        columns: Columns = {"place": col("place", "sc")}
        columns |= {name: col(name, "s") for name in ("school", "child", "year", "span")}
        columns |= {"place_in_line": self._main_school_first()}
        columns |= {name: col(name, "s") for name in (*self.layout.slices, *self.sessions)}
        query = joined(select(columns, "stay", "s"), "school", same("s", "sc", ["school"]), alias="sc")
        of_place = all_of(same("s", "r", ["child", "year"]), col("place", "r").eq(col("place", "sc")))
        query = joined(query, "roaming", of_place, alias="r")
        return joined(query, "profile", same("s", "p", ["school", "child", "year"]), how="left", alias="p")

    def _main_school_first(self) -> exp.Expr:
        """First the school with most possible sessions; then the latest start; then the lowest URN."""
        start = or_else(day_number(col("start", "p")), lit(0))
        order = [(col("possible", "s"), True), (start, True), (col("school", "s"), False)]
        return place_in_line([col("place", "sc"), col("child", "s"), col("span", "s")], order)

    def _roaming_child(self) -> exp.Query:
        keys: Columns = {name: col(name) for name in ("place", "child", "year", "span")}
        main = col("place_in_line").eq(lit(1))
        numbers: Columns = {name: biggest(case((main.copy(), col(name)))) for name in self.layout.slices}
        numbers |= {name: total(col(name)) for name in self.sessions}
        return grouped(keys, numbers, "roaming_stay")

    def _roaming_row(self) -> exp.Query:
        """Children once with +1, their enrolments with -1."""
        parts: list[exp.Query] = []
        names = ("place", "span", *self.layout.slices)
        for source, sign in (("roaming_child", 1), ("roaming_stay", -1)):
            row = self._stay_row(source, ("place", "span"))
            signed: Mapping[str, exp.Expr] = {n: times(col(n), lit(sign)) for n in self._counted}
            parts.append(select({**{name: col(name) for name in names}, **signed}, row))
        return union(parts)

    def readings(self) -> Iterator[Reading]:
        """Where the counts of each measure are read off."""
        for measure in self.layout.plan.measures:
            spans = self.layout.plan.spans_for(measure)
            if isinstance(measure.meaning, SessionShare):
                numerator = added([col(kind.value) for kind in measure.meaning.sessions])
                for source, kinds in (("week_count", (PeriodKind.WEEK,)), ("stay_count", (*_WIDE, PeriodKind.TO_DATE))):
                    here = tuple(span for span in spans if span.kind in kinds)
                    yield Reading(measure, source, numerator, col("possible"), here)
            elif isinstance(measure.meaning, AbsenceShare):
                source = "child_count" if measure.meaning.of is Of.CHILD else "stay_count"
                if levels_of(measure) & self.layout.plan.levels:
                    yield Reading(measure, source, col(_missed(measure.meaning)), col("counted"), spans)


def _of_places(query: exp.Query, numbers: tuple[str, ...]) -> exp.Query:
    columns = {"level": lit("place"), "key": col("key"), "phase": lit("all"), "grp": col("grp"), "span": col("span")}
    return select(columns | {name: col(name) for name in numbers}, query)


def _missed(share: AbsenceShare) -> str:
    return f"missed_{share.at_least.numerator}_of_{share.at_least.denominator}"


def _at_least(part: Fraction) -> exp.Expr:
    """Absence times the denominator is at least possible sessions times the numerator: whole numbers only."""
    absent = exp.paren(added([col(name) for name in _ABSENT]))
    return times(absent, lit(part.denominator)) >= times(col("possible"), lit(part.numerator))


def _mondays(first: date, last: date) -> Iterator[date]:
    monday = monday_of(first)
    while monday <= last:
        if monday >= first:
            yield monday
        monday += timedelta(days=7)
