"""Statements for absence of enrolments: who missed a part of its own possible sessions.

Every enrolment of a year is one wide row: possible and missed sessions in each *piece* of the year. Pieces are the
shortest periods wanted (half terms, terms or the year); a year to date that ends within one has a piece of its own for
its last weeks. Terms, years and years to date are sums of pieces, so the millions of pupil-weeks are added up once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property

from sqlglot import exp

from ropewalk.core.engines.layout import WIDE, Layout, of_plan, of_schools
from ropewalk.core.engines.plan import Span, levels_of, spans_of
from ropewalk.core.engines.reading import Reading
from ropewalk.core.engines.roaming import Roaming
from ropewalk.core.engines.vocabulary import (
    Columns,
    Step,
    added,
    all_of,
    any_of,
    by,
    case,
    cast,
    col,
    flag,
    inline,
    is_null,
    joined,
    lit,
    or_else,
    same,
    select,
    times,
    total,
    union,
    where,
    whole,
    within,
)
from ropewalk.core.measures.meaning import AbsenceShare, Of, PupilsWithEvent, Session, SessionShare
from ropewalk.core.schema.calendar import monday_of
from ropewalk.core.schema.periods import PeriodKind

_AMOUNTS = ("possible", "absent")
# Enrolments with the sums of each half term that may be there already: see ``year_sums``.
YEAR_STAY = "year_stay"
# How many of them were there, counted, and absent, by school and group.
YEAR_ABSENT = "year_absent"


@dataclass(frozen=True)
class Slot:
    """A kind of period of every year, such as the autumn term: the pieces it is made of, its number in each year."""

    name: str
    pieces: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Stays:
    """The part of a plan that counts absent enrolments and children."""

    layout: Layout

    @property
    def whole_years(self) -> bool:
        """Whether sessions of whole years tell at which school a child with an event is at home."""
        meanings = [m.meaning for m in self.layout.plan.measures]
        return any(isinstance(meaning, PupilsWithEvent) and meaning.of is Of.CHILD for meaning in meanings)

    @cached_property
    def carried(self) -> tuple[str, ...]:
        """Columns of sessions to add up beside, when no weeks are wanted: then this is the one reading of them all."""
        if self.layout.wanted(PeriodKind.WEEK) or self.layout.plan.from_year_sums:
            return ()
        return session_columns(self.layout)

    @cached_property
    def absences(self) -> tuple[AbsenceShare, ...]:
        """What is counted."""
        return tuple(m.meaning for m in self.layout.plan.measures if isinstance(m.meaning, AbsenceShare))

    @cached_property
    def thresholds(self) -> dict[str, Fraction]:
        """Columns that count who missed a part, and which part."""
        return {_missed(share): share.at_least for share in self.absences}

    @property
    def counted(self) -> tuple[str, ...]:
        """Columns of the cells: enrolments with any week, those with a possible session, those that missed a part."""
        return ("stays", "counted", *self.thresholds)

    @property
    def _cells(self) -> tuple[str, ...]:
        return (*self.counted, *(f"sum_{name}" for name in self.carried))

    @property
    def _amounts(self) -> tuple[str, ...]:
        return (*_AMOUNTS, *(name for name in self.carried if name not in _AMOUNTS))

    @property
    def spans(self) -> tuple[Span, ...]:
        """Periods that are wanted."""
        return self.layout.wanted(*WIDE, PeriodKind.TO_DATE)

    @cached_property
    def kind(self) -> PeriodKind:
        """The shortest kind of period wanted: the pieces of a year."""
        if self.layout.plan.from_year_sums:
            return PeriodKind.HALF_TERM
        kinds = {span.kind for span in self.spans}
        return next((kind for kind in WIDE if kind in kinds), PeriodKind.YEAR)

    def _pieces(self, year: str) -> list[Span]:
        """The pieces of a year, in order."""
        return sorted((s for s in spans_of(year) if s.kind is self.kind), key=lambda span: span.first)

    @cached_property
    def rests(self) -> dict[str, tuple[date, date]]:
        """Pieces for the last weeks of years to date: first and last Monday."""
        found = {}
        for span in self.layout.wanted(PeriodKind.TO_DATE):
            begun = [piece for piece in self._pieces(span.year) if piece.first <= monday_of(span.last) < piece.last]
            if begun and not begun[0].last <= span.last:
                found[f"rest_{self.layout.number[span]}"] = (begun[0].first, monday_of(span.last))
        return found

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """Every kind of period wanted."""
        found: dict[str, tuple[tuple[str, ...], list[tuple[int, int]]]] = {}
        for span in self.spans:
            number = self.layout.number[span]
            inside = [
                f"piece_{place}"
                for place, piece in enumerate(self._pieces(span.year))
                if span.first <= piece.first and piece.last <= span.last
            ]
            name = f"{span.kind.value}{span.id[7:]}".replace(" ", "_")
            if f"rest_{number}" in self.rests:
                inside.append(f"rest_{number}")
            _, years = found.setdefault(name, (tuple(inside), []))
            years.append((int(span.year[:4]), number))
        return tuple(Slot(name, pieces, tuple(years)) for name, (pieces, years) in found.items())

    @cached_property
    def fresh(self) -> tuple[Slot, ...]:
        """Those that must be counted; the others may be there already."""
        begun = (PeriodKind.TO_DATE.value,) if self.layout.plan.from_year_sums else tuple(PeriodKind)
        return tuple(slot for slot in self.slots if slot.name.startswith(begun))

    def steps(self) -> Iterator[Step]:
        """The statements, in the order in which they need each other."""
        if not (self.absences or self.carried or self.whole_years) or not self.spans:
            return
        yield from self.stay_steps()
        if not (self.absences or self.carried):
            return
        if self.fresh:
            yield from self.group_steps()
        yield Step("stay_cell", union([self._cells_of(slot) for slot in self.slots]))
        yield Step("stay_count", self.layout.rolled("stay_cell", self._cells))
        if any(share.of is Of.CHILD for share in self.absences):
            yield from Roaming(self.layout, self.counted, self.long, self.flags).steps()

    def group_steps(self) -> Iterator[Step]:
        """Enrolments counted by school, year and group, the last step ``stay_year``; ``stay`` is there."""
        yield Step("stay_row", self._stay_row(), kept=False)
        numbers = [f"{name}_{slot.name}" for slot in self.fresh for name in self._cells]
        first, cells = self.layout.by_group("stay", "stay_row", ("school", "year"), numbers)
        yield first
        yield Step("stay_year", cells)

    def stay_steps(self) -> Iterator[Step]:
        """A row for each enrolment of a year, the last step ``stay``."""
        if not self.layout.plan.from_year_sums:
            yield Step("piece_of_week", self._piece_of_week())
            yield Step("stay", self._stay())
            return
        if self.rests:
            yield Step("piece_of_week", self._piece_of_week())
            yield Step("stay_rest", self._sums_of(self._rest_sums(), list(self.rests.values())))
        yield Step("stay", self._from_year_sums())

    def _from_year_sums(self) -> exp.Select:
        """Enrolments that are there already, with the pieces that are not."""
        keys = ("school", "child", "year")
        pieces = [f"{amount}_piece_{n}" for amount in _AMOUNTS for n in range(self._piece_count)]
        columns: Columns = {name: col(name, "s") for name in (*keys, *pieces)}
        columns |= {name: col(name, "r") for name in self._rest_sums()}
        query = select(columns, YEAR_STAY, "s")
        if self.rests:
            query = joined(query, "stay_rest", same("s", "r", keys), how="left", alias="r")
        years = within(col("year", "s"), (int(year[:4]) for year in self.layout.plan.years))
        return where(query, years, *of_schools(self.layout.plan, "s"))

    def _piece_of_week(self) -> exp.Query:
        rows = [
            (monday, int(year[:4]), place)
            for year in self.layout.plan.years
            for place, piece in enumerate(self._pieces(year))
            for monday in _mondays(piece.first, piece.last)
        ]
        return inline(("week", "year", "piece"), rows, ("DATE", "INT", "INT"))

    @property
    def _piece_count(self) -> int:
        return len(self._pieces(self.layout.plan.years[0]))

    def _stay(self) -> exp.Query:
        """Possible and missed sessions of each enrolment in each piece of a year; none where it has no week there."""
        wanted = self.spans
        if self.whole_years:
            wanted = tuple(span for year in self.layout.plan.years for span in spans_of(year))
        return self._sums_of(self._piece_sums() | self._rest_sums(), [(span.first, span.last) for span in wanted])

    def _piece_sums(self) -> Columns:
        conditions: Columns = {f"piece_{n}": col("piece", "w").eq(lit(n)) for n in range(self._piece_count)}
        return self._summed(conditions)

    def _rest_sums(self) -> Columns:
        return self._summed(
            {
                name: exp.Between(this=col("week", "a"), low=lit(first), high=lit(last))
                for name, (first, last) in self.rests.items()
            }
        )

    def _summed(self, conditions: Columns) -> Columns:
        """The sums of each amount where a condition holds."""
        sums: Columns = {}
        for piece, here in conditions.items():
            for amount in self._amounts:
                value = _absent() if amount == "absent" else col(amount, "a")
                sums[f"{amount}_{piece}"] = total(case((here.copy(), value)))
        return sums

    def _sums_of(self, sums: Columns, times: Sequence[tuple[date, date]]) -> exp.Select:
        """Sums of each enrolment of a year, over the weeks from the first of some times to the last."""
        keys: Columns = {"school": col("school", "a"), "child": col("child", "a"), "year": col("year", "w")}
        query = joined(select(keys | sums, "attendance", "a"), "piece_of_week", same("a", "w", ["week"]), alias="w")
        first, last = min(first for first, _ in times), max(last for _, last in times)
        inside = exp.Between(this=col("week", "a"), low=lit(first), high=lit(last))
        return by(where(query, inside, *of_schools(self.layout.plan, "a")), keys)

    def possible_of_year(self, of: str) -> exp.Expr:
        """Possible sessions of an enrolment's whole year."""
        return added([or_else(col(f"possible_piece_{n}", of), lit(0)) for n in range(self._piece_count)])

    def _of_slot(self, slot: Slot, amount: str) -> exp.Expr:
        """Sessions of an enrolment in a period; none where it has no week there."""
        parts = [col(f"{amount}_{piece}", "s") for piece in slot.pieces]
        if len(parts) == 1:
            return parts[0]
        known = any_of(*(is_null(part.copy()).not_() for part in parts))
        return case((known, added([or_else(part, whole(0)) for part in parts])))

    def _stay_row(self) -> exp.Query:
        """With each enrolment of a year, for each period, whether it is counted and which parts it missed."""
        columns: Columns = {"school": col("school", "s"), "year": col("year", "s"), **self.layout.slices_of("p")}
        for slot in self.fresh:
            columns |= {f"{amount}_{slot.name}": self._of_slot(slot, amount) for amount in self._amounts}
        mine = same("s", "p", ["school", "child", "year"])
        wide = joined(select(columns, "stay", "s"), "profile", mine, how="left", alias="p")
        flagged: Columns = {name: col(name) for name in ("school", "year", *self.layout.slices)}
        for slot in self.fresh:
            possible, absent = (col(f"{amount}_{slot.name}") for amount in _AMOUNTS)
            flagged |= {f"{name}_{slot.name}": value for name, value in self.flags(possible, absent).items()}
            flagged |= {f"sum_{name}_{slot.name}": col(f"{name}_{slot.name}") for name in self.carried}
        years = {year for slot in self.fresh for year, _ in slot.spans}
        return select(flagged, where(wide, within(col("year", "s"), years)))

    def flags(self, possible: exp.Expr, absent: exp.Expr) -> Columns:
        """Whether an enrolment or child is there, is counted, and missed each part: 1 or 0."""
        counted = possible.copy() > lit(0)
        columns: Columns = {"stays": flag(is_null(possible.copy()).not_()), "counted": flag(counted)}
        for name, part in self.thresholds.items():
            # Whole numbers only: absence times the denominator is at least possible sessions times the numerator.
            missed = times(absent.copy(), lit(part.denominator)) >= times(possible.copy(), lit(part.numerator))
            columns[name] = flag(all_of(counted.copy(), missed))
        return columns

    def _cells_of(self, slot: Slot) -> exp.Query:
        """Cells of one kind of period, where any enrolment has a week."""
        columns: Columns = {"school": col("school", "c"), "span": col("span", "y"), "grp": col("grp", "c")}
        columns |= {name: col(f"{name}_{slot.name}", "c") for name in self._cells}
        years = inline(("year", "span"), slot.spans, ("INT", "INT"))
        source = "stay_year" if slot in self.fresh else YEAR_ABSENT
        query = joined(select(columns, source, "c"), years, same("c", "y", ["year"]), alias="y")
        query = where(query, col(f"stays_{slot.name}", "c") > lit(0))
        return query if slot in self.fresh else where(query, *of_plan(self.layout.plan, "c"))

    def long(self, stays: str, columns: Sequence[str]) -> exp.Query:
        """A row for each enrolment (of a relation like ``stay``) and wanted period: columns, span, possible, absent."""
        parts: list[exp.Query] = []
        for slot in self.slots:
            found: Columns = {name: col(name, "s") for name in columns}
            found |= {"span": col("span", "y"), **{amount: self._of_slot(slot, amount) for amount in _AMOUNTS}}
            years = inline(("year", "span"), slot.spans, ("INT", "INT"))
            query = joined(select(found, stays, "s"), years, same("s", "y", ["year"]), alias="y")
            there = any_of(*(is_null(col(f"possible_{piece}", "s")).not_() for piece in slot.pieces))
            parts.append(where(query, there))
        return union(parts)

    def readings(self) -> Iterator[Reading]:
        """Where the counts of each measure are read off."""
        for measure in self.layout.plan.measures:
            if isinstance(measure.meaning, AbsenceShare) and levels_of(measure) & self.layout.plan.levels:
                follows = measure.meaning.of is Of.CHILD
                yield Reading(
                    measure,
                    "child_count" if follows else "stay_count",
                    col(_missed(measure.meaning)),
                    col("counted"),
                    self.layout.plan.spans_for(measure),
                    of_schools=None if follows else "stay_cell",
                )


def session_columns(layout: Layout) -> tuple[str, ...]:
    """Columns of attendance that the measures of sessions need; none where none is wanted."""
    shares = [m.meaning for m in layout.plan.measures if isinstance(m.meaning, SessionShare)]
    needed = {kind for share in shares for kind in share.sessions}
    return ("possible", *(kind.value for kind in Session if kind in needed)) if shares else ()


def _missed(share: AbsenceShare) -> str:
    return f"missed_{share.at_least.numerator}_of_{share.at_least.denominator}"


def _absent() -> exp.Expr:
    """Sessions missed in a week."""
    return added([cast(col("authorised", "a"), "INT"), cast(col("unauthorised", "a"), "INT")])


def _mondays(first: date, last: date) -> Iterator[date]:
    monday = monday_of(first + timedelta(days=6))
    while monday <= last:
        yield monday
        monday += timedelta(days=7)
