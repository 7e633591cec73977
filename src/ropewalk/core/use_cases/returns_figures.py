"""Figures from schools' own returns: counts of an engine with value or reason, and the receipts they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import duckdb

from ropewalk.core.disclosure import SafeTable, for_those_who_see_returns
from ropewalk.core.engines.choosing import DUCKDB, count_with
from ropewalk.core.engines.plan import Count, Level, Plan, Span, over_returns, span, usual_spans
from ropewalk.core.errors import NotFound
from ropewalk.core.facts.assembling import assemble
from ropewalk.core.facts.catalogue import Snapshot
from ropewalk.core.facts.layout import ATTENDANCE, MOVES, RESULTS, ROLL, SUSPENSIONS
from ropewalk.core.facts.memory import in_memory
from ropewalk.core.facts.store import Facts
from ropewalk.core.measures import Gap, Measure, Unit, all_measures, measure
from ropewalk.core.measures.meaning import (
    RESULT_GRAIN,
    AbsenceShare,
    DaysLost,
    EventRate,
    Meaning,
    Moves,
    PupilsWithEvent,
    ResultMean,
    ResultShare,
    SessionShare,
    is_count,
)
from ropewalk.core.open_data.reading import Reader
from ropewalk.core.open_data.store import Store
from ropewalk.core.schema.calendar import academic_year
from ropewalk.core.schema.figure import Figure, Source
from ropewalk.core.schema.groups import GROUPS
from ropewalk.core.schema.missing import Missing
from ropewalk.core.schema.periods import PeriodKind, kind_of, sort_key, words
from ropewalk.core.schema.phases import Phase
from ropewalk.core.use_cases.figures import Wanted, checked, select_figures
from ropewalk.core.use_cases.school_history import identities
from ropewalk.core.use_cases.sent import sent_by
from ropewalk.core.use_cases.year_sums import open_year_sums

TITLE = "Schools' own returns"
# Half a day is a session; days lost are given in days.
SESSIONS_A_DAY = 2
_KINDS = (PeriodKind.YEAR, PeriodKind.TERM, PeriodKind.HALF_TERM, PeriodKind.WEEK, PeriodKind.TO_DATE)


@dataclass(frozen=True, kw_only=True)
class ReturnsWanted:
    """A selection of figures from returns; empty sequences select everything.

    ``place`` is an ONS code. With ``schools`` (URNs) figures of those schools, else of the place itself.
    """

    place: str
    schools: Sequence[int] = ()
    measures: Sequence[str] = ()
    phases: Sequence[str] = ()
    groups: Sequence[str] = ()
    periods: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Known:
    """Which day it is, as of when the facts are wanted (a day as 2026-03-01; None is now), and which engine counts.

    ``engine`` is ``duckdb``, ``oracle``, or the address of a Spark Connect server, ``sc://…``.
    """

    today: date
    as_of: str | None = None
    engine: str = DUCKDB

    @property
    def day(self) -> date:
        """The day on which all this was known."""
        return min(self.today, date.fromisoformat(self.as_of[:10])) if self.as_of else self.today


def returns_figures(facts: Facts, wanted: ReturnsWanted, known: Known) -> list[Figure]:
    """Figures from what schools have sent, newest period first; none where no school of the place has sent anything.

    Raises InputRefused for a moment that cannot be read, NotFound for a period that returns have no figures for.
    """
    measures = [m for m in over_returns(wanted.measures) if not wanted.measures or m.id in _needed(wanted.measures)]
    periods = [period for period in wanted.periods if kind_of(period) in _KINDS]
    if not measures or (wanted.periods and not periods):
        return []
    with closing(in_memory()) as con:
        snapshot = assemble(con, facts, as_of=known.as_of)
        schools = _schools_here(con, wanted)
        if not schools:
            return []
        book = Book(snapshot, tuple(sorted(schools)), known.day, frozenset(schools.values()))
        plan = Plan(
            measures=tuple(measures),
            spans=tuple(span(period) for period in periods) or book.spans,
            today=known.day,
            levels=frozenset({Level.SCHOOL if wanted.schools else Level.PLACE}),
            phases=frozenset(wanted.phases or Phase),
            groups=frozenset(_groups(wanted)),
            sent=sent_by(snapshot),
            schools=book.schools,
        )
        if known.engine == DUCKDB and open_year_sums(con, facts, snapshot, plan.years):
            plan = replace(plan, from_year_sums=True)
        counts = count_with(known.engine, con, plan)
        found = [book.figure(count, schools) for count in counts]
    return _in_order(_with_gaps(found, wanted))


def select_with_returns(store: Store, facts: Facts, wanted: Wanted, known: Known) -> SafeTable:
    """Published figures and figures from returns together, newest period first; for the local administrator.

    Raises NotFound when the place, school, measure, phase, group or period is none Ropewalk knows.
    """
    place = checked(wanted)
    try:
        reader: Reader | None = Reader(store)
    except NotFound:
        reader = None
    schools, published = _published(reader, facts, wanted)
    own = returns_figures(
        facts,
        ReturnsWanted(
            place=place.code,
            schools=schools,
            measures=wanted.measures,
            phases=wanted.phases,
            groups=wanted.groups,
            periods=wanted.periods,
        ),
        known,
    )
    return for_those_who_see_returns(_in_order([*published, *own]))


def _published(reader: Reader | None, facts: Facts, wanted: Wanted) -> tuple[list[int], list[Figure]]:
    """URNs under which the school that is wanted may have sent returns, and the published figures."""
    if wanted.school is None:
        return [], [*select_figures(reader, wanted)] if reader else []
    try:
        if reader is not None:
            numbers = identities(reader, reader.school(wanted.school))
            return [int(n) for n in numbers if n.isdigit()], [*select_figures(reader, wanted)]
    except NotFound:
        pass
    # A school that no register knows may have sent returns all the same.
    urn = int(wanted.school) if wanted.school.strip().isdigit() else None
    if urn is None or not any(one.school == urn for one in facts.snapshot().coverage):
        raise NotFound(f"No school with the URN '{wanted.school}' is known, and none has sent returns.")
    return [urn], []


def _needed(named: Sequence[str]) -> set[str]:
    """Measures that are named, and those a named gap lies between."""
    found = set(named)
    for name in named:
        gap = measure(name).gap
        if gap:
            found.add(gap.measure)
    return found


def _groups(wanted: ReturnsWanted) -> Iterable[str]:
    """The groups that are wanted, and those of wanted gaps."""
    if not wanted.groups:
        return GROUPS
    return {*wanted.groups, *(group for gap in _gaps(wanted).values() for group in (gap.of, gap.less))}


def _gaps(wanted: ReturnsWanted) -> dict[str, Gap]:
    """Gaps between measures of returns that are wanted: they have figures for all pupils together only."""
    if wanted.groups and "all" not in wanted.groups:
        return {}
    named = wanted.measures or all_measures()
    found = {name: gap for name in named if (gap := measure(name).gap)}
    return {name: gap for name, gap in found.items() if measure(gap.measure).meaning is not None}


def _schools_here(con: duckdb.DuckDBPyConnection, wanted: ReturnsWanted) -> dict[int, str]:
    """URN and place of the schools that count; all others are left out of the relations."""
    places = dict(con.execute("SELECT school, place FROM school WHERE place IS NOT NULL").fetchall())
    if wanted.schools:
        here = {urn: places[urn] for urn in wanted.schools if urn in places}
    else:
        here = {urn: place for urn, place in places.items() if place == wanted.place}
    listed = ", ".join(map(str, here)) or "NULL"
    con.execute(f"DELETE FROM school WHERE school NOT IN ({listed}) OR place IS NULL")  # noqa: S608 - whole numbers
    return here


@dataclass(frozen=True)
class Book:
    """What makes a figure of a count: the submissions behind it, and the words that say so."""

    snapshot: Snapshot
    schools: tuple[int, ...]
    day: date
    places: frozenset[str]
    _sources: dict[tuple[str, str, str], Source] = field(default_factory=dict)

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Every period of the years schools sent anything about, and the newest year to date."""
        mine = [one for one in self.snapshot.coverage if one.school in set(self.schools)]
        weeks = [date.fromisoformat(one.last) for one in mine if one.table == ATTENDANCE.id]
        return tuple(usual_spans((one.year for one in mine), max(weeks, default=None)))

    def figure(self, count: Count, places: dict[int, str]) -> Figure:
        """The figure of a count of a school or place."""
        declared = measure(count.measure)
        meaning = declared.meaning
        if meaning is None:
            raise ValueError(f"'{declared.id}' cannot be counted from returns")
        value, missing = value_of(meaning, count)
        at_school = count.level == Level.SCHOOL
        return Figure(
            place=places[int(count.key)] if at_school else count.key,
            school=count.key if at_school else None,
            measure=count.measure,
            phase=count.phase,
            group=count.group,
            period=count.period,
            value=value,
            unit=declared.unit.value,
            numerator=_numerator(meaning, count),
            denominator=count.denominator,
            missing=missing,
            raw="",
            source=self._source(declared, meaning, count),
            definition_version=declared.version,
        )

    def _source(self, declared: Measure, meaning: Meaning, count: Count) -> Source:
        year = count.period[:7] if "/" in count.period else _year_of_week(count.period)
        key = (count.key, declared.id, year)
        if key not in self._sources:
            schools = {int(count.key)} if count.level == Level.SCHOOL else set(self.schools)
            self._sources[key] = Source(
                kind="returns",
                publication="returns",
                title=TITLE,
                edition=f"as known on {words(self.day.isoformat())}",
                file="",
                sha256="",
                row=None,
                calculation=_calculation(declared),
                submissions=self._receipts(schools, tables_of(meaning), year),
            )
        return self._sources[key]

    def _receipts(self, schools: set[int], tables: frozenset[str], year: str) -> tuple[str, ...]:
        behind = {
            one.sequence
            for one in self.snapshot.coverage
            if one.school in schools and one.table in tables and one.year == year
        }
        return tuple(one.id for one in self.snapshot.submissions if one.sequence in behind)


def _year_of_week(week: str) -> str:
    return academic_year(date.fromisocalendar(int(week[:4]), int(week[-2:]), 1))


def tables_of(meaning: Meaning) -> frozenset[str]:
    """Fact tables a measure rests on; the roll always tells the groups."""
    if isinstance(meaning, SessionShare | AbsenceShare):
        return frozenset({ROLL.id, ATTENDANCE.id})
    if isinstance(meaning, EventRate | PupilsWithEvent | DaysLost):
        return frozenset({ROLL.id, SUSPENSIONS.id})
    if isinstance(meaning, Moves):
        return frozenset({ROLL.id, MOVES.id})
    if isinstance(meaning, ResultShare | ResultMean):
        return frozenset({ROLL.id, RESULTS.id})
    return frozenset({ROLL.id})


def value_of(meaning: Meaning, count: Count) -> tuple[float | None, Missing | None]:
    """The value in the measure's unit, or the reason why there is none."""
    if count.numerator is None:
        return None, Missing.NOT_AVAILABLE
    if isinstance(meaning, DaysLost):
        return count.numerator / SESSIONS_A_DAY, None
    if is_count(meaning):
        return float(count.numerator), None
    if count.denominator is None:
        return None, Missing.NOT_AVAILABLE
    if count.denominator == 0:
        return None, Missing.NOT_APPLICABLE
    if isinstance(meaning, ResultMean):
        return count.numerator / (RESULT_GRAIN * count.denominator), None
    return 100 * count.numerator / count.denominator, None


def _numerator(meaning: Meaning, count: Count) -> int | None:
    if isinstance(meaning, ResultMean) and count.numerator is not None:
        whole, rest = divmod(count.numerator, RESULT_GRAIN)
        return whole if rest == 0 else None
    return count.numerator


def _calculation(declared: Measure) -> str:
    if declared.unit is Unit.COUNT:
        return f"{declared.numerator or declared.title}, counted"
    return f"{declared.numerator} divided by {declared.denominator}"


def _with_gaps(figures: list[Figure], wanted: ReturnsWanted) -> list[Figure]:
    """With the wanted gaps; without groups that only a gap needed, and measures likewise."""
    gaps = _gaps(wanted)
    cells = {(f.place, f.school, f.measure, f.phase, f.period, f.group): f for f in figures} if gaps else {}
    found = [
        gap
        for name, between in gaps.items()
        for (*cell, group), less in cells.items()
        if cell[2] == between.measure and group == between.less
        if (of := cells.get((*cell, between.of))) is not None  # type: ignore[arg-type]
        if (gap := _gap(name, of, less)) is not None
    ]
    kept = [f for f in figures if not wanted.measures or f.measure in wanted.measures]
    return found + [f for f in kept if not wanted.groups or f.group in wanted.groups]


def _gap(name: str, of: Figure, less: Figure) -> Figure | None:
    declared = measure(name)
    if not kind_of(of.period).is_defined_from(declared.smallest_period):
        return None
    there = of.value is not None and less.value is not None
    source = of.source
    return Figure(
        place=of.place,
        school=of.school,
        measure=name,
        phase=of.phase,
        group="all",
        period=of.period,
        value=of.value - less.value if of.value is not None and less.value is not None else None,
        unit=declared.unit.value,
        numerator=None,
        denominator=None,
        missing=None if there else (of.missing or less.missing),
        raw="",
        source=Source(
            kind=source.kind,
            publication=source.publication,
            title=source.title,
            edition=source.edition,
            file="",
            sha256="",
            row=None,
            calculation=f"{of.measure} of {of.group} less {less.group}",
            submissions=source.submissions,
        ),
        definition_version=declared.version,
    )


def _in_order(figures: list[Figure]) -> list[Figure]:
    """Newest period first, as published figures come."""
    keys = {period: -sort_key(period) for period in {figure.period for figure in figures}}
    return sorted(figures, key=lambda f: (keys[f.period], f.measure, f.phase, f.group, f.place, f.school or ""))
