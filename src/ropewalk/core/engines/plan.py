"""What is wanted of an engine: which measures, levels, phases, groups and periods, as known on which day.

Periods are resolved to days here, so that no engine reckons with calendars.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from ropewalk.core.engines.grouping import GROUP_IDS
from ropewalk.core.errors import NotFound
from ropewalk.core.measures import Measure, all_measures
from ropewalk.core.measures.meaning import follows_children
from ropewalk.core.schema.calendar import (
    academic_year,
    autumn_census_day,
    census_day,
    first_day,
    half_term,
    last_day,
    monday_of,
    summer_census_day,
    term,
    week_of,
)
from ropewalk.core.schema.periods import PeriodKind, kind_of
from ropewalk.core.schema.phases import Phase

WEEK = timedelta(days=7)


class Level(StrEnum):
    """What a count is about. The key of a school is its URN, of a trust its name, of a place its ONS code."""

    SCHOOL = "school"
    TRUST = "trust"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Count:
    """A numerator and a denominator, whole numbers.

    The denominator is None where the measure needs none, or census day is not reached; both are None where no school
    sent what is counted. The numerator of a mean is in parts of ``RESULT_GRAIN``; that of days lost is in sessions.
    """

    level: str
    key: str
    measure: str
    phase: str
    group: str
    period: str
    numerator: int | None
    denominator: int | None


@dataclass(frozen=True, slots=True)
class Span:
    """A period with its academic year, first and last day."""

    id: str
    kind: PeriodKind
    year: str
    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Everything an engine is asked for. ``today`` decides which census days and periods are reached.

    ``sent`` are the schools and fact tables ("suspensions", "moves") ever sent: a school that sent no suspensions has
    none to count, which is not the same as a count of 0. None means that all sent everything. ``schools`` (URNs) says
    whose rows need to be read, where not all: those in the relation ``school``. With ``from_year_sums`` the relations
    of ``year_sums`` are there for all its years, and are read instead of pupils' weeks. ``counted`` are academic years
    whose counts are there already, see ``year_counts``; such a plan is for all schools.
    """

    measures: tuple[Measure, ...]
    spans: tuple[Span, ...]
    today: date
    levels: frozenset[Level] = frozenset(Level)
    phases: frozenset[str] = frozenset(phase.value for phase in Phase)
    groups: frozenset[str] = frozenset(GROUP_IDS)
    sent: frozenset[tuple[int, str]] | None = None
    schools: tuple[int, ...] = ()
    from_year_sums: bool = False
    counted: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Refuse a measure that has no meaning over returns."""
        for measure in self.measures:
            if measure.meaning is None:
                raise ValueError(f"'{measure.id}' cannot be counted from returns")
        if self.counted and self.schools:
            raise ValueError("counts that are there already are of all schools")

    @property
    def years(self) -> tuple[str, ...]:
        """Academic years of the wanted periods."""
        return tuple(sorted({span.year for span in self.spans}))

    @property
    def known(self) -> tuple[Span, ...]:
        """The wanted periods whose counts are there already: all of a counted year but the year to date."""
        return tuple(span for span in self.spans if span.year in self.counted and span.kind is not PeriodKind.TO_DATE)

    def spans_for(self, measure: Measure) -> tuple[Span, ...]:
        """The wanted periods the measure is defined for."""
        return tuple(span for span in self.spans if span.kind.is_defined_from(measure.smallest_period))

    def begun(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        """Those of some periods that have begun."""
        return tuple(span for span in spans if span.first <= self.today)

    def has_sent(self, school: int, table: str) -> bool:
        """Whether a school ever sent rows of a fact table, or a file that says it has none."""
        return self.sent is None or (school, table) in self.sent


@dataclass(frozen=True, slots=True)
class RollDays:
    """The days of an academic year on which the roll is looked at, and between which a roll should not change."""

    october: date
    census: date
    may: date
    joins_after: date
    leaves_from: date
    leaves_before: date


def roll_days(year: str) -> RollDays:
    """Days of the roll of an academic year."""
    start = int(year[:4])
    return RollDays(
        october=autumn_census_day(year),
        census=census_day(year),
        may=summer_census_day(year),
        joins_after=date(start, 9, 30),
        leaves_from=date(start, 9, 1),
        leaves_before=date(start + 1, 7, 1),
    )


def over_returns(named: Sequence[str] = ()) -> tuple[Measure, ...]:
    """The measures that can be counted from returns, or those named; a gap names what it is between."""
    catalogue = all_measures()
    gaps = {name: gap.measure for name in named if (gap := catalogue[name].gap)}
    wanted = {gaps.get(name, name) for name in named}
    return tuple(m for m in catalogue.values() if m.meaning is not None and (not named or m.id in wanted))


def levels_of(measure: Measure) -> frozenset[Level]:
    """The levels a measure has figures for: one that follows children has figures of places only."""
    if measure.meaning is not None and follows_children(measure.meaning):
        return frozenset({Level.PLACE})
    return frozenset(Level)


@cache
def spans_of(year: str) -> tuple[Span, ...]:
    """Year, terms, half terms and weeks of an academic year. A week belongs to the year its Monday lies in."""
    days = [first_day(year) + timedelta(days=n) for n in range((last_day(year) - first_day(year)).days + 1)]
    found = [Span(year, PeriodKind.YEAR, year, days[0], days[-1])]
    for kind, name_of in ((PeriodKind.TERM, term), (PeriodKind.HALF_TERM, half_term)):
        ends: dict[str, list[date]] = {}
        for day in days:
            ends.setdefault(name_of(day), []).append(day)
        found += [Span(name, kind, year, inside[0], inside[-1]) for name, inside in ends.items()]
    found += [
        Span(week_of(day), PeriodKind.WEEK, year, day, day + timedelta(days=6)) for day in days if day == monday_of(day)
    ]
    return tuple(found)


def to_date(year: str, monday: date) -> Span:
    """The academic year up to and including the week that begins on a Monday."""
    return Span(f"{year} to {week_of(monday)}", PeriodKind.TO_DATE, year, first_day(year), monday + timedelta(days=6))


def span(period: str) -> Span:
    """Days of a period as people write it.

    Raises NotFound for a kind of period that returns know no figures for, and a year to date past its year.
    """
    kind = kind_of(period)
    if kind is PeriodKind.TO_DATE:
        monday = _monday(period[-8:])
        if academic_year(monday) != period[:7]:
            raise NotFound(f"'{period}' reaches into another year: week {period[-8:]} is not of {period[:7]}.")
        return to_date(period[:7], monday)
    if kind is PeriodKind.WEEK:
        monday = _monday(period)
        return Span(period, kind, academic_year(monday), monday, monday + timedelta(days=6))
    if kind in (PeriodKind.YEAR, PeriodKind.TERM, PeriodKind.HALF_TERM):
        for known in spans_of(period[:7]):
            if known.id == period:
                return known
    raise NotFound(f"Schools' own returns have no figures for '{period}'.")


def _monday(week: str) -> date:
    try:
        return date.fromisocalendar(int(week[:4]), int(week[-2:]), 1)
    except ValueError:
        raise NotFound(f"There is no week '{week}'.") from None


def usual_spans(years: Iterable[str], newest_week: date | None = None) -> Iterator[Span]:
    """Every period of some academic years, and the year to date up to the newest week with registers."""
    for year in sorted(set(years)):
        yield from spans_of(year)
    if newest_week is not None:
        yield to_date(academic_year(newest_week), newest_week)
