"""Statements for measures of attendance: sessions, and enrolments and children who missed a part of theirs.

The millions of pupil-weeks are read once. Weekly sums are added up by school, week and slice. For longer periods the
weeks of each enrolment are added first, by the shortest period wanted; terms and years are sums of those.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
        """Columns of attendance that measures of sessions need."""
        needed = {kind.value for share in self.shares.values() for kind in share.sessions}
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
        if self.shares and (self.weekly or self.longer):
            yield from self._session_steps()
        if (self.absences or self.whole_years) and self.longer:
            yield from self._stay_steps()

    def _session_steps(self) -> Iterator[Step]:
        """Sessions by school, group and week; then by longer period."""
        keys, numbers = ("school", "week"), self.sessions
        yield Step("week_by_group", self.layout.by_group(self._sessions(), keys, numbers))
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

    def _stay_steps(self) -> Iterator[Step]:
        """Possible and missed sessions of each enrolment; how many enrolments missed a part of theirs."""
        spans = [span for span in self.layout.spans if span.kind is not PeriodKind.WEEK]
        years = [(number, int(span.year[:4])) for span, number in self._numbered(spans)]
        yield Step("span_year", inline(("span", "year"), years, ("INT", "INT")))
        yield Step("base_of_week", inline(("week", "span"), self._base_of_weeks(), ("DATE", "INT")))
        yield Step("stay_base", self._stay_base())
        if not self.absences:
            return
        yield Step("stay", self._stay())
        yield Step(
            "stay_cell", self.layout.by_group(self._stay_row(self._with_slices()), ("school", "span"), self._counted)
        )
        yield Step("stay_count", self.layout.rolled("stay_cell", self._counted))
        if self.follows_children:
            yield from self._children()

    @property
    def _counted(self) -> tuple[str, ...]:
        return ("stays", "counted", *self.thresholds)

    def _stay_base(self) -> exp.Query:
        """Sessions of each enrolment in each period of the shortest kind."""
        columns: Columns = {"school": col("school", "a"), "child": col("child", "a"), "span": col("span", "b")}
        query = select(columns | _sums(col("possible", "a"), _absent("a")), "attendance", "a")
        query = joined(query, "base_of_week", same("a", "b", ["week"]), alias="b")
        years = [span for year in self.layout.plan.years for span in spans_of(year)] if self.whole_years else []
        return by(self._of_time(query, [*self.longer, *years]), columns)

    def _stay(self) -> exp.Query:
        """Sessions of each enrolment in each wanted period."""
        parts: list[exp.Query] = []
        names = ("span", "school", "child", "possible", "absent")
        own, periods, weeks = self._made_of()
        if own:
            parts.append(where(select({name: col(name) for name in names}, "stay_base"), within(col("span"), own)))
        summed = self._summed(periods, weeks)
        if summed:
            keys: Columns = {name: col(name) for name in names[:3]}
            parts.append(grouped(keys, _sums(col("possible"), col("absent")), union(summed)))
        return union(parts)

    def _summed(self, periods: list[tuple[int, int]], weeks: list[tuple[date, int]]) -> list[exp.Query]:
        """Rows of enrolments to add up: whole short periods, and single weeks for the rest."""
        found: list[exp.Query] = []
        columns: Columns = {"span": col("longer", "u"), "school": col("school", "a"), "child": col("child", "a")}
        if periods:
            rows = select({**columns, "possible": col("possible", "a"), "absent": col("absent", "a")}, "stay_base", "a")
            spans = inline(("span", "longer"), periods, ("INT", "INT"))
            found.append(joined(rows, spans, same("a", "u", ["span"]), alias="u"))
        if weeks:
            rows = select({**columns, "possible": col("possible", "a"), "absent": _absent("a")}, "attendance", "a")
            spans = inline(("week", "longer"), weeks, ("DATE", "INT"))
            rows = joined(rows, spans, same("a", "u", ["week"]), alias="u")
            found.append(self._of_time(rows, self.layout.wanted(PeriodKind.TO_DATE)))
        return found

    def _with_slices(self) -> exp.Select:
        columns: Columns = {name: col(name, "s") for name in ("school", "span", "possible", "absent")}
        query = joined(
            select(columns | self.layout.slices_of("p"), "stay", "s"), "span_year", same("s", "y", ["span"]), alias="y"
        )
        mine = all_of(same("s", "p", ["school", "child"]), same("y", "p", ["year"]))
        return joined(query, "profile", mine, how="left", alias="p")

    def _stay_row(self, source: str | exp.Query, key: str = "school") -> exp.Select:
        """With each enrolment, or child, whether it is counted, and which parts of its sessions it missed."""
        counted = col("possible") > lit(0)
        columns: Columns = {name: col(name) for name in (key, "span", *self.layout.slices)}
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
        yield Step("child_count", where(_of_places(both, numbers), col("stays") > lit(0)))

    def _roaming(self) -> exp.Query:
        keys: Columns = {"place": col("place", "sc"), "child": col("child", "s"), "year": col("year", "y")}
        query = joined(select(keys, "stay_base", "s"), "school", same("s", "sc", ["school"]), alias="sc")
        query = joined(query, "span_year", same("s", "y", ["span"]), alias="y")
        query = by(where(query, is_null(col("place", "sc")).not_()), keys)
        return query.having(smallest(col("school", "s")).neq(biggest(col("school", "s"))))

    def _roaming_stay(self) -> exp.Query:
        columns: Columns = {"place": col("place", "sc")}
        columns |= {name: col(name, "s") for name in ("school", "child", "span", "possible", "absent")}
        columns |= {"place_in_line": self._main_school_first(), **self.layout.slices_of("p")}
        query = joined(select(columns, "stay", "s"), "school", same("s", "sc", ["school"]), alias="sc")
        query = joined(query, "span_year", same("s", "y", ["span"]), alias="y")
        of_place = all_of(same("s", "r", ["child"]), same("y", "r", ["year"]), same("sc", "r", ["place"]))
        query = joined(query, "roaming", of_place, alias="r")
        mine = all_of(same("s", "p", ["school", "child"]), same("y", "p", ["year"]))
        return joined(query, "profile", mine, how="left", alias="p")

    def _main_school_first(self) -> exp.Expr:
        """First the school with most possible sessions; then the latest start; then the lowest URN."""
        start = or_else(day_number(col("start", "p")), lit(0))
        order = [(col("possible", "s"), True), (start, True), (col("school", "s"), False)]
        return place_in_line([col("place", "sc"), col("child", "s"), col("span", "s")], order)

    def _roaming_child(self) -> exp.Query:
        keys: Columns = {name: col(name) for name in ("place", "child", "span")}
        main = col("place_in_line").eq(lit(1))
        slices: Columns = {name: biggest(case((main.copy(), col(name)))) for name in self.layout.slices}
        return grouped(keys, slices | _sums(col("possible"), col("absent")), "roaming_stay")

    def _roaming_row(self) -> exp.Query:
        """Children once with +1, their enrolments with -1."""
        parts: list[exp.Query] = []
        for source, sign in (("roaming_child", 1), ("roaming_stay", -1)):
            signed: Columns = {name: col(name) for name in ("place", "span", *self.layout.slices)}
            signed |= {name: times(col(name), lit(sign)) for name in self._counted}
            parts.append(select(signed, self._stay_row(source, "place")))
        return union(parts)

    def readings(self) -> Iterator[Reading]:
        """Where the counts of each measure are read off."""
        for measure in self.layout.plan.measures:
            spans = self.layout.plan.spans_for(measure)
            if isinstance(measure.meaning, SessionShare):
                numerator = added([col(kind.value) for kind in measure.meaning.sessions])
                for source, kinds in (("week_count", (PeriodKind.WEEK,)), ("long_count", (*_WIDE, PeriodKind.TO_DATE))):
                    here = tuple(span for span in spans if span.kind in kinds)
                    yield Reading(measure, source, numerator, col("possible"), here)
            elif isinstance(measure.meaning, AbsenceShare):
                source = "child_count" if measure.meaning.of is Of.CHILD else "stay_count"
                if levels_of(measure) & self.layout.plan.levels:
                    yield Reading(measure, source, col(_missed(measure.meaning)), col("counted"), spans)


def _of_places(query: exp.Query, numbers: tuple[str, ...]) -> exp.Select:
    columns = {"level": lit("place"), "key": col("key"), "phase": lit("all"), "grp": col("grp"), "span": col("span")}
    return select(columns | {name: col(name) for name in numbers}, query)


def _missed(share: AbsenceShare) -> str:
    return f"missed_{share.at_least.numerator}_of_{share.at_least.denominator}"


def _at_least(part: Fraction) -> exp.Expr:
    """Absence times the denominator is at least possible sessions times the numerator: whole numbers only."""
    return times(col("absent"), lit(part.denominator)) >= times(col("possible"), lit(part.numerator))


def _absent(of: str) -> exp.Expr:
    """Sessions missed in a week."""
    return exp.paren(added([cast(col(name, of), "INT") for name in _ABSENT]), copy=False)


def _sums(possible: exp.Expr, absent: exp.Expr) -> Columns:
    return {"possible": total(possible), "absent": total(absent)}


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
