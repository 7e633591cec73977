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

from ropewalk.core.engines.layout import WIDE, Layout, of_schools
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
)
from ropewalk.core.measures.meaning import AbsenceShare, Of, PupilsWithEvent, Session, SessionShare
from ropewalk.core.schema.calendar import monday_of
from ropewalk.core.schema.periods import PeriodKind

_AMOUNTS = ("possible", "absent")


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
        if self.layout.wanted(PeriodKind.WEEK):
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
            name = f"{span.kind.value} {span.id[7:]}"
            if f"rest_{number}" in self.rests:
                inside.append(f"rest_{number}")
            _, years = found.setdefault(name, (tuple(inside), []))
            years.append((int(span.year[:4]), number))
        return tuple(
            Slot(f"slot_{place}", pieces, tuple(years)) for place, (pieces, years) in enumerate(found.values())
        )

    def steps(self) -> Iterator[Step]:
        """The statements, in the order in which they need each other."""
        if not (self.absences or self.carried or self.whole_years) or not self.spans:
            return
        yield Step("piece_of_week", self._piece_of_week())
        yield Step("stay", self._stay())
        if not (self.absences or self.carried):
            return
        yield Step("stay_row", self._stay_row(), kept=False)
        numbers = [f"{name}_{slot.name}" for slot in self.slots for name in self._cells]
        first, cells = self.layout.by_group("stay", "stay_row", ("school", "year"), numbers)
        yield first
        yield Step("stay_year", cells)
        yield Step("stay_cell", union([self._cells_of(slot) for slot in self.slots]))
        yield Step("stay_count", self.layout.rolled("stay_cell", self._cells))
        if any(share.of is Of.CHILD for share in self.absences):
            yield from Roaming(self.layout, self.counted, self.long, self.flags).steps()

    def _piece_of_week(self) -> exp.Query:
        rows = [
            (monday, int(year[:4]), place)
            for year in self.layout.plan.years
            for place, piece in enumerate(self._pieces(year))
            for monday in _mondays(piece.first, piece.last)
        ]
        return inline(("week", "year", "piece"), rows, ("DATE", "INT", "INT"))

    def _stay(self) -> exp.Query:
        """Possible and missed sessions of each enrolment in each piece of a year; none where it has no week there."""
        keys: Columns = {"school": col("school", "a"), "child": col("child", "a"), "year": col("year", "w")}
        pieces = range(len(self._pieces(self.layout.plan.years[0])))
        conditions: Columns = {f"piece_{place}": col("piece", "w").eq(lit(place)) for place in pieces}
        for name, (first, last) in self.rests.items():
            conditions[name] = exp.Between(this=col("week", "a"), low=lit(first), high=lit(last))
        sums: Columns = {}
        for piece, here in conditions.items():
            for amount in self._amounts:
                value = _absent() if amount == "absent" else col(amount, "a")
                sums[f"{amount}_{piece}"] = total(case((here.copy(), value)))
        query = joined(select(keys | sums, "attendance", "a"), "piece_of_week", same("a", "w", ["week"]), alias="w")
        wanted = self.spans
        if self.whole_years:
            wanted = tuple(span for year in self.layout.plan.years for span in spans_of(year))
        first, last = min(span.first for span in wanted), max(span.last for span in wanted)
        inside = exp.Between(this=col("week", "a"), low=lit(first), high=lit(last))
        return by(where(query, inside, *of_schools(self.layout.plan, "a")), keys)

    def possible_of_year(self, of: str) -> exp.Expr:
        """Possible sessions of an enrolment's whole year."""
        pieces = range(len(self._pieces(self.layout.plan.years[0])))
        return added([or_else(col(f"possible_piece_{place}", of), lit(0)) for place in pieces])

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
        for slot in self.slots:
            columns |= {f"{amount}_{slot.name}": self._of_slot(slot, amount) for amount in self._amounts}
        mine = same("s", "p", ["school", "child", "year"])
        wide = joined(select(columns, "stay", "s"), "profile", mine, how="left", alias="p")
        flagged: Columns = {name: col(name) for name in ("school", "year", *self.layout.slices)}
        for slot in self.slots:
            possible, absent = (col(f"{amount}_{slot.name}") for amount in _AMOUNTS)
            flagged |= {f"{name}_{slot.name}": value for name, value in self.flags(possible, absent).items()}
            flagged |= {f"sum_{name}_{slot.name}": col(f"{name}_{slot.name}") for name in self.carried}
        return select(flagged, wide)

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
        query = joined(select(columns, "stay_year", "c"), years, same("c", "y", ["year"]), alias="y")
        return where(query, col(f"stays_{slot.name}", "c") > lit(0))

    def long(self, stays: exp.Select, columns: Sequence[str]) -> exp.Query:
        """A row for each enrolment (of a selection of ``stay``) and wanted period: columns, span, possible, absent."""
        parts: list[exp.Query] = []
        for slot in self.slots:
            found: Columns = {name: col(name, "s") for name in columns}
            found |= {"span": col("span", "y"), **{amount: self._of_slot(slot, amount) for amount in _AMOUNTS}}
            years = inline(("year", "span"), slot.spans, ("INT", "INT"))
            query = joined(select(found, stays.copy(), "s"), years, same("s", "y", ["year"]), alias="y")
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
