"""Statements for measures that rest on the roll: headcounts, suspensions, movement and moves, at schools.

All come to one relation of cells, ``pupil_cell``: school, period, group, and a column for each number. In a column,
no value means that nothing is known (nobody sent it); 0 means that none were counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlglot import exp

from ropewalk.core.engines.layout import Layout, shares_of
from ropewalk.core.engines.plan import Span, roll_days
from ropewalk.core.engines.reading import Reading
from ropewalk.core.engines.vocabulary import (
    Columns,
    Step,
    all_of,
    among,
    any_of,
    biggest,
    by,
    case,
    col,
    first_year,
    flag,
    grouped,
    inline,
    is_null,
    joined,
    lit,
    none,
    or_else,
    same,
    select,
    times,
    total,
    union,
    where,
    whole,
)
from ropewalk.core.measures import Measure
from ropewalk.core.measures.meaning import (
    DaysLost,
    Direction,
    EventRate,
    Headcount,
    HeadcountShare,
    Movement,
    Moves,
    PupilsWithEvent,
    RollMovement,
    follows_children,
)
from ropewalk.core.schema.periods import PeriodKind

_TERM_OR_YEAR = (PeriodKind.TERM.value, PeriodKind.YEAR.value)
_OF_EVENTS = ("events", "with", "lost", "beside")
_MOVEMENT = ("joined", "left")
_FIXED = ("headcount", "stable", "ever", *_MOVEMENT)
ON_ROLL = ("C", "M")
MOVERS = (*ON_ROLL, "P")
_MEANINGS = (DaysLost, EventRate, Headcount, HeadcountShare, Moves, PupilsWithEvent, RollMovement)
_EVENTS = (DaysLost, EventRate, PupilsWithEvent)


@dataclass(frozen=True)
class Rolls:
    """The part of a plan that rests on the roll."""

    layout: Layout

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """Measures of this part."""
        found = [m for m in self.layout.plan.measures if needs_the_roll(m)]
        return tuple(m for m in found if m.meaning is not None and not follows_children(m.meaning))

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """Categories of suspensions and exclusions that are counted."""
        return tuple(sorted({m.meaning.category for m in self.measures if isinstance(m.meaning, _EVENTS)}))

    @cached_property
    def moves(self) -> dict[str, Moves]:
        """Columns that count moves, and which."""
        return {_move_column(m.meaning): m.meaning for m in self.measures if isinstance(m.meaning, Moves)}

    @cached_property
    def shares(self) -> tuple[str, ...]:
        """Groups whose share of the headcount is wanted."""
        return shares_of(self.layout.plan)

    @cached_property
    def _pupils(self) -> tuple[str, ...]:
        """Numbers of pupils and events, by term and year."""
        events = [f"{part}_{category}" for category in self.categories for part in _OF_EVENTS]
        return ("known", *_FIXED, *(f"is_{group}" for group in self.shares), *events)

    @cached_property
    def _moved(self) -> tuple[str, ...]:
        """Numbers of moves, by half term too."""
        return ("known", *self.moves)

    def steps(self) -> Iterator[Step]:
        """The statements, in the order in which they need each other."""
        if not self.measures:
            return
        yield Step("year_row", self._year_row(), kept=False)
        yearly = ("known", "headcount", "stable", "ever", *(f"is_{group}" for group in self.shares))
        first, cells = self.layout.by_group("year", "year_row", ("school", "year"), yearly)
        yield first
        yield Step("year_cell", cells)
        events = [name for name in self._pupils if name.split("_")[0] in _OF_EVENTS]
        more: list[tuple[exp.Query, Sequence[str]]] = []
        for name, numbers, rows in (("event", events, self._event_row), ("moved", _MOVEMENT, self._moved_row)):
            if numbers and (name == "event" or self._looks_at_movement):
                first, cells = self.layout.by_group(name, f"{name}_row", ("school", "span"), numbers)
                yield from (Step(f"{name}_row", rows()), first)
                more.append((cells, numbers))
        yield Step("pupil_cell", self._stacked(self._pupils, more, _TERM_OR_YEAR))
        yield Step("pupil_count", self.layout.rolled("pupil_cell", self._pupils))
        if self.moves:
            yield from self._move_steps()

    def _move_steps(self) -> Iterator[Step]:
        moves = tuple(self.moves)
        first, cells = self.layout.by_group("move", "move_row", ("school", "span"), moves)
        yield from (Step("move_row", self._move_row()), first)
        longer = [kind.value for kind in PeriodKind if kind is not PeriodKind.WEEK]
        yield Step("move_cell", self._stacked(self._moved, [(cells, moves)], longer))
        yield Step("move_count", self.layout.rolled("move_cell", self._moved))

    @property
    def _looks_at_movement(self) -> bool:
        return any(isinstance(m.meaning, RollMovement) for m in self.measures)

    def _stacked(
        self,
        numbers: Sequence[str],
        more: Sequence[tuple[exp.Query, Sequence[str]]],
        kinds: Sequence[str],
    ) -> exp.Query:
        """What every enrolment of a year says in each period, with what happened in the period added."""
        columns: Columns = {"school": col("school", "c"), "span": col("span", "d"), "grp": col("grp", "c")}
        year = select(columns | {name: self._at_first(name) for name in numbers}, "year_cell", "c")
        year = beside_sent(self.layout, year, "c")
        in_year = all_of(same("c", "d", ["year"]), col("begun", "d"), among(col("kind", "d"), kinds))
        year = joined(year, "span_day", in_year, alias="d")
        if not more:
            return year
        keys: Columns = {name: col(name) for name in ("school", "span", "grp")}
        parts: list[exp.Query] = [year]
        for query, has in more:
            known: Columns = {name: col(name) if name in has else none() for name in numbers}
            parts.append(select({**keys, **known}, query))
        return grouped(keys, {name: total(col(name)) for name in numbers}, union(parts))

    def _year_row(self) -> exp.Query:
        """Every enrolment of a year, with what is known of it without a look at events: 0 where it could have some."""
        census = col("census", "r")
        columns: Columns = {name: col(name, "p") for name in ("school", "child", "year", *self.layout.slices)}
        columns |= {"known": lit(1), "headcount": census}
        there = [col(day, "r").eq(lit(1)) for day in ("october", "census", "may")]
        columns |= {"stable": flag(all_of(*there)), "ever": flag(any_of(*(day.copy() for day in there)))}
        columns |= {f"is_{group}": times(col(f"is_{group}", "p"), census.copy()) for group in self.shares}
        mine = same("p", "r", ["school", "child", "year"])
        return joined(select(columns, "profile", "p"), "roll_call", mine, alias="r")

    def _at_first(self, name: str) -> exp.Expr:
        """A number of a cell before a look at events: 0 where there could be some, none where nobody sent any."""
        part, _, category = name.partition("_")
        if category in self.categories:
            return where_sent(self.layout, "suspensions", col("headcount", "c") if part == "beside" else whole(0))
        if name in self.moves:
            return self._no_move(self.moves[name])
        return whole(0) if name in ("joined", "left") else col(name, "c")

    def _no_move(self, moves: Moves) -> exp.Expr:
        sent = self.layout.plan.sent
        if moves.direction is Direction.OUT or sent is None:
            return where_sent(self.layout, "moves", whole(0))
        return whole(0) if any(table == "moves" for _, table in sent) else none()

    def _event_row(self) -> exp.Query:
        """Suspensions and exclusions of each enrolment in each period."""
        counted = among(col("kind", "d"), _TERM_OR_YEAR)
        rows = in_spans(self.layout, "suspension", {"school": col("school", "s")}, ["category", "sessions"])
        rows = where(rows, counted)
        keys: Columns = {name: col(name) for name in ("school", "child", "span", *self.layout.slices)}
        numbers: Columns = {}
        for category in self.categories:
            of_it = col("category").eq(lit(category))
            there = total(flag(of_it)) > lit(0)
            lost = total(case((of_it.copy(), or_else(col("sessions"), lit(0))), otherwise=lit(0)))
            numbers |= {
                f"events_{category}": case((there, total(flag(of_it.copy())))),
                f"with_{category}": case((there.copy(), lit(1))),
            }
            numbers |= {
                f"lost_{category}": case((there.copy(), lost)),
                f"beside_{category}": case((there.copy(), lit(0))),
            }
        return grouped(keys, numbers, rows)

    def _moved_row(self) -> exp.Query:
        """Enrolments that began or ended in a period outside the usual times."""
        start, leaving = col("start", "e"), col("leaving", "e")
        inside = [
            exp.Between(this=day.copy(), low=col("first", "d"), high=col("last", "d")) for day in (start, leaving)
        ]
        began = all_of(inside[0], start > col("joins_after", "y"))
        ended = all_of(inside[1], leaving >= col("leaves_from", "y"), leaving.copy() < col("leaves_before", "y"))
        columns: Columns = {"school": col("school", "e"), "child": col("child", "e"), "span": col("span", "d")}
        columns |= {**self.layout.slices_of("p"), "joined": flag(began), "left": or_else(flag(ended), lit(0))}
        query = joined(
            select(columns, "enrolment", "e"), "roll_day", col("year", "y").eq(first_year(col("year", "e"))), alias="y"
        )
        in_year = all_of(same("y", "d", ["year"]), col("begun", "d"), among(col("kind", "d"), _TERM_OR_YEAR))
        query = joined(query, "span_day", in_year, alias="d")
        mine = all_of(same("e", "p", ["school", "child"]), same("y", "p", ["year"]))
        query = joined(query, "profile", mine, how="left", alias="p")
        query = where(query, has_status("e", MOVERS), any_of(began.copy(), ended.copy()))
        keys: Columns = {name: col(name) for name in ("school", "child", "span", *self.layout.slices)}
        return grouped(keys, {name: biggest(col(name)) for name in ("joined", "left")}, query)

    def _move_row(self) -> exp.Query:
        """Moves that count in a period, at the school they count for."""
        parts: list[exp.Query] = []
        for column, moves in self.moves.items():
            at = "to_school" if moves.direction is Direction.IN else "school"
            rows = in_spans(self.layout, "move", {"school": col(at, "s")}, [], in_force=moves.in_force)
            rows = where(rows, col("kind", "s").eq(lit(moves.kind)), is_null(col(at, "s")).not_())
            columns: Columns = {name: col(name) for name in ("school", "child", "span", *self.layout.slices)}
            columns |= {name: whole(1) if name == column else none() for name in self.moves}
            parts.append(select(columns, rows))
        return union(parts)

    def readings(self) -> Iterator[Reading]:
        """Where the counts of each measure are read off."""
        for measure in self.measures:
            spans = self.layout.plan.begun(self.layout.plan.spans_for(measure))
            numerator, denominator, needs = self._numbers_of(measure)
            without = not_reached(self.layout, spans, measure)
            whole = isinstance(measure.meaning, Headcount | HeadcountShare) or is_stability(measure)
            yield Reading(
                measure,
                "move_count" if isinstance(measure.meaning, Moves) else "pupil_count",
                numerator,
                denominator,
                spans,
                without_denominator=without,
                without_numerator=without if whole else (),
                needs=needs,
                of_schools="move_cell" if isinstance(measure.meaning, Moves) else "pupil_cell",
            )

    def _numbers_of(self, measure: Measure) -> tuple[exp.Expr, exp.Expr | None, exp.Expr]:
        """Numerator, denominator, and which rows have them."""
        meaning, known = measure.meaning, is_null(col("known")).not_()
        if isinstance(meaning, Moves):
            column = _move_column(meaning)
            return col(column), None, any_of(known, col(column) > lit(0))
        if isinstance(meaning, EventRate | PupilsWithEvent | DaysLost):
            part = {EventRate: "events", PupilsWithEvent: "with", DaysLost: "lost"}[type(meaning)]
            there = any_of(known, col(f"events_{meaning.category}") > lit(0))
            return col(f"{part}_{meaning.category}"), col(f"beside_{meaning.category}"), there
        if isinstance(meaning, RollMovement):
            if meaning.movement is Movement.STABILITY:
                return col("stable"), col("ever"), known
            return col("joined" if meaning.movement is Movement.JOINERS else "left"), col("headcount"), known
        if isinstance(meaning, HeadcountShare):
            return col(f"is_{meaning.group}"), col("headcount"), known
        return col("headcount"), None, known


def needs_the_roll(measure: Measure) -> bool:
    """Whether it matters who was on the roll on census days."""
    return isinstance(measure.meaning, _MEANINGS)


def shared_steps(layout: Layout) -> Iterator[Step]:
    """Relations that several parts need: days of the roll, who was there on them, which schools sent what."""
    days = [(int(year[:4]), *(getattr(roll_days(year), name) for name in _DAYS)) for year in layout.plan.years]
    yield Step("roll_day", inline(("year", *_DAYS), days, ("INT", *(["DATE"] * len(_DAYS)))))
    if layout.plan.sent is not None:
        schools = sorted({school for school, _ in layout.plan.sent})
        rows = [(s, *(layout.plan.has_sent(s, table) for table in ("suspensions", "moves"))) for s in schools]
        yield Step("sent", inline(("school", "suspensions", "moves"), rows, ("INT", "BOOLEAN", "BOOLEAN")))
    keys: Columns = {"school": col("school", "e"), "child": col("child", "e"), "year": col("year", "y")}
    there: Columns = {day: biggest(flag(_on_roll(day))) for day in ("october", "census", "may")}
    query = select({**keys, **there}, "enrolment", "e")
    query = joined(query, "roll_day", col("year", "y").eq(first_year(col("year", "e"))), alias="y")
    yield Step("roll_call", by(query, keys))


_DAYS = ("october", "census", "may", "joins_after", "leaves_from", "leaves_before")


def _on_roll(day: str) -> exp.Expr:
    leaving = col("leaving", "e")
    still = any_of(is_null(leaving), leaving.copy() >= col(day, "y"))
    return all_of(has_status("e", ON_ROLL), col("start", "e") <= col(day, "y"), still)


def has_status(of: str, statuses: Sequence[str]) -> exp.Expr:
    """The roll row has one of some statuses; a blank one counts as registered here only."""
    return any_of(is_null(col("status", of)), among(col("status", of), statuses))


def in_spans(layout: Layout, source: str, at: Columns, columns: Sequence[str], *, in_force: bool = False) -> exp.Select:
    """Rows of ``source`` (as ``s``) in every period they count in, with the slices of the child at that school."""
    (school,) = at.values()
    found: Columns = {**at, "child": col("child", "s"), "span": col("span", "d"), **layout.slices_of("p")}
    found |= {name: col(name, "s") for name in columns}
    started = exp.Between(this=col("start", "s"), low=col("first", "d"), high=col("last", "d"))
    ended = any_of(is_null(col("end", "s")), col("end", "s") >= col("first", "d"))
    going_on = all_of(col("start", "s") <= col("last", "d"), ended)
    inside = all_of(going_on if in_force else started, col("begun", "d"), col("kind", "d").neq(lit("week")))
    query = joined(select(found, source, "s"), "span_day", inside, alias="d")
    mine = all_of(col("school", "p").eq(school.copy()), same("s", "p", ["child"]), same("d", "p", ["year"]))
    return joined(query, "profile", mine, how="left", alias="p")


def where_sent(layout: Layout, table: str, value: exp.Expr) -> exp.Expr:
    """A value for schools that sent a fact table; none for others. Needs ``beside_sent``."""
    return value if layout.plan.sent is None else case((or_else(col(table, "t"), exp.false()), value), otherwise=none())


def beside_sent(layout: Layout, query: exp.Select, of: str) -> exp.Select:
    """A selection with what its schools sent beside it, as ``t``."""
    if layout.plan.sent is None:
        return query
    return joined(query, "sent", same(of, "t", ["school"]), how="left", alias="t")


def not_reached(layout: Layout, spans: Sequence[Span], measure: Measure) -> tuple[Span, ...]:
    """Periods of years whose census day (for stability the last of three) is not reached."""
    today = layout.plan.today
    return tuple(
        span
        for span in spans
        if (roll_days(span.year).may if is_stability(measure) else roll_days(span.year).census) > today
    )


def is_stability(measure: Measure) -> bool:
    """Whether the measure looks at the roll on three days."""
    return isinstance(measure.meaning, RollMovement) and measure.meaning.movement is Movement.STABILITY


def _move_column(moves: Moves) -> str:
    return f"move_{moves.kind}_{moves.direction.value}_{'in_force' if moves.in_force else 'begun'}"
