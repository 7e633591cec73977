"""The referee: every measure counted in plain Python, row by row, the way its definition reads.

It is slow and obvious. Each function gives *contributions*: at which school or place, in which groups, how much is
added to the numerator and the denominator. None adds nothing; a sum of nothing but None is None.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from ropewalk.core.engines.grouping import ALL, groups_of
from ropewalk.core.engines.plan import Count, Level, Plan, Span, levels_of, roll_days
from ropewalk.core.engines.relations import Rows
from ropewalk.core.measures import Measure
from ropewalk.core.measures.meaning import (
    RESULT_GRAIN,
    AbsenceShare,
    DaysLost,
    Direction,
    EventRate,
    Headcount,
    HeadcountShare,
    Movement,
    Moves,
    Of,
    PupilsWithEvent,
    ResultMean,
    ResultShare,
    RollMovement,
    SessionShare,
)

Row = Mapping[str, Any]
# A child at a school in an academic year.
Enrolled = tuple[int, int, str]
# Registered here only, or here as the main school; a blank means registered here only.
ON_ROLL = ("C", "M", None)
# Those who joined or left include pupils the roll calls previous.
MOVERS = (*ON_ROLL, "P")


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one thing counted adds: ``at`` is a school (URN) or, for children, a place (ONS code)."""

    at: int | str
    groups: frozenset[str]
    numerator: int | None
    denominator: int | None


@dataclass
class Place:
    """The rows, and what is asked of them again and again."""

    rows: Rows
    plan: Plan
    schools: dict[int, Row] = field(init=False)
    enrolments: dict[Enrolled, list[Row]] = field(init=False)

    def __post_init__(self) -> None:
        """Look schools and enrolments up by their keys."""
        self.schools = {row["school"]: row for row in self.rows["school"]}
        self.enrolments = defaultdict(list)
        for row in self.rows["enrolment"]:
            self.enrolments[row["school"], row["child"], row["year"]].append(row)

    def latest(self, enrolled: Enrolled) -> Row | None:
        """The row that tells an enrolment's attributes: that with the latest start."""
        rows = self.enrolments.get(enrolled)
        return max(rows, key=lambda row: (row["start"], row["record"])) if rows else None

    def groups(self, school: int, child: int, year: str) -> frozenset[str]:
        """Groups of a child at a school in a year."""
        return groups_of(self.latest((school, child, year)))

    def on_roll(self, enrolled: Enrolled, day: date) -> int:
        """1 when the child is on the roll on a day, else 0."""
        return int(
            any(
                row["status"] in ON_ROLL and row["start"] <= day and (row["leaving"] is None or row["leaving"] >= day)
                for row in self.enrolments.get(enrolled, ())
            )
        )


def counts(rows: Rows, plan: Plan) -> list[Count]:
    """Every wanted count, in no order."""
    place = Place(rows, plan)
    return [
        count
        for measure in plan.measures
        for span in plan.spans_for(measure)
        for count in _tally(place, measure, span, _RULES[type(measure.meaning)](place, measure.meaning, span))
    ]


def _tally(place: Place, measure: Measure, span: Span, contributions: Iterable[Contribution]) -> Iterator[Count]:
    """Add contributions up for every level, phase and group they count for."""
    plan = place.plan
    sums: dict[tuple[str, str, str, str], list[Contribution]] = defaultdict(list)
    for one in contributions:
        for level, key, phase in _counts_for(place, one.at):
            for group in one.groups:
                sums[level, key, phase, group].append(one)
    for (level, key, phase, group), added in sums.items():
        if level in plan.levels & levels_of(measure) and phase in plan.phases and group in plan.groups:
            numerator = _sum(one.numerator for one in added)
            denominator = _sum(one.denominator for one in added)
            yield Count(level, key, measure.id, phase, group, span.id, numerator, denominator)


def _counts_for(place: Place, at: int | str) -> Iterator[tuple[str, str, str]]:
    """Level, key and phase something at a school, or in a place, counts for."""
    if isinstance(at, str):
        yield Level.PLACE, at, ALL
    elif school := place.schools.get(at):
        yield Level.SCHOOL, str(at), ALL
        for level in (Level.TRUST, Level.PLACE):
            if school[level]:
                yield level, school[level], ALL
                if school["phase"]:
                    yield level, school[level], school["phase"]


def _sum(numbers: Iterable[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def _session_share(place: Place, meaning: SessionShare, span: Span) -> Iterator[Contribution]:
    for row in _weeks(place, span):
        groups = place.groups(row["school"], row["child"], span.year)
        yield Contribution(row["school"], groups, sum(row[kind] for kind in meaning.sessions), row["possible"])


def _weeks(place: Place, span: Span) -> Iterator[Row]:
    for row in place.rows["attendance"]:
        if span.first <= row["week"] <= span.last:
            yield row


def _absence_share(place: Place, meaning: AbsenceShare, span: Span) -> Iterator[Contribution]:
    possible: dict[tuple[int, int], int] = defaultdict(int)
    absent: dict[tuple[int, int], int] = defaultdict(int)
    for row in _weeks(place, span):
        possible[row["school"], row["child"]] += row["possible"]
        absent[row["school"], row["child"]] += row["authorised"] + row["unauthorised"]
    if meaning.of is Of.CHILD:
        yield from _absent_children(place, meaning, span, (possible, absent))
        return
    for (school, child), sessions in possible.items():
        groups = place.groups(school, child, span.year)
        yield _absentee(meaning, (school, groups), sessions, absent[school, child])


def _absentee(meaning: AbsenceShare, at: tuple[int | str, frozenset[str]], possible: int, absent: int) -> Contribution:
    counted = int(possible > 0)
    missed = int(possible > 0 and absent >= meaning.at_least * possible)
    return Contribution(*at, missed, counted)


def _absent_children(
    place: Place,
    meaning: AbsenceShare,
    span: Span,
    sessions: tuple[Mapping[tuple[int, int], int], Mapping[tuple[int, int], int]],
) -> Iterator[Contribution]:
    """Each child once, over all its schools of the place; its groups are those where it has most possible sessions."""
    possible, absent = sessions
    schools: dict[tuple[str, int], list[int]] = defaultdict(list)
    for school, child in possible:
        if school in place.schools and place.schools[school]["place"]:
            schools[place.schools[school]["place"], child].append(school)
    for (code, child), at in schools.items():
        main = _main_school(place, span.year, child, {school: possible[school, child] for school in at})
        groups = place.groups(main, child, span.year)
        all_possible = sum(possible[school, child] for school in at)
        all_absent = sum(absent[school, child] for school in at)
        yield _absentee(meaning, (code, groups), all_possible, all_absent)


def _main_school(place: Place, year: str, child: int, possible: Mapping[int, int]) -> int:
    """Of some schools of a child that with most possible sessions; then the latest start, then the lowest URN."""

    def order(school: int) -> tuple[int, date, int]:
        row = place.latest((school, child, year))
        return possible[school], row["start"] if row else date.min, -school

    return max(possible, key=order)


def _event_rate(place: Place, meaning: EventRate, span: Span) -> Iterator[Contribution]:
    yield from _headcount_beside(place, span)
    for row in _events(place, meaning.category, span):
        yield Contribution(
            row["school"], place.groups(row["school"], row["child"], span.year), 1, _none_yet(place, span)
        )


def _days_lost(place: Place, meaning: DaysLost, span: Span) -> Iterator[Contribution]:
    yield from _headcount_beside(place, span)
    for row in _events(place, meaning.category, span):
        groups = place.groups(row["school"], row["child"], span.year)
        yield Contribution(row["school"], groups, row["sessions"] or 0, _none_yet(place, span))


def _events(place: Place, category: str, span: Span) -> Iterator[Row]:
    for row in place.rows["suspension"] if span.first <= place.plan.today else ():
        if row["category"] == category and span.first <= row["start"] <= span.last:
            yield row


def _headcount_beside(place: Place, span: Span) -> Iterator[Contribution]:
    """Every enrolment of the year with nothing yet counted of it: 0 over 1 on census day, nothing where none sent."""
    for enrolled in _of_year(place, span):
        school, child, year = enrolled
        sent = place.plan.has_sent(school, "suspensions")
        on_roll = place.on_roll(enrolled, roll_days(year).census)
        beside = on_roll if sent and _none_yet(place, span) is not None else None
        yield Contribution(school, place.groups(school, child, year), 0 if sent else None, beside)


def _of_year(place: Place, span: Span) -> Iterator[Enrolled]:
    """Enrolments of the year of a period that has begun."""
    if span.first <= place.plan.today:
        for enrolled in place.enrolments:
            if enrolled[2] == span.year:
                yield enrolled


def _none_yet(place: Place, span: Span) -> int | None:
    """0, or None before census day: then there is no headcount to divide by."""
    return 0 if roll_days(span.year).census <= place.plan.today else None


def _pupils_with_event(place: Place, meaning: PupilsWithEvent, span: Span) -> Iterator[Contribution]:
    if meaning.of is Of.CHILD:
        yield from _children_with_event(place, meaning, span)
        return
    yield from _headcount_beside(place, span)
    for school, child in {(row["school"], row["child"]) for row in _events(place, meaning.category, span)}:
        yield Contribution(school, place.groups(school, child, span.year), 1, _none_yet(place, span))


def _children_with_event(place: Place, meaning: PupilsWithEvent, span: Span) -> Iterator[Contribution]:
    """Each child of the place once: its groups are those of its roll with most possible sessions in the year."""
    rolls: dict[tuple[str, int], list[int]] = defaultdict(list)
    with_event: set[tuple[str, int]] = set()
    for school, child, _ in _of_year(place, span):
        if code := place.schools.get(school, {}).get("place"):
            rolls[code, child].append(school)
    for row in _events(place, meaning.category, span):
        if code := place.schools.get(row["school"], {}).get("place"):
            with_event.add((code, row["child"]))
    for code, child in rolls.keys() | with_event:
        schools = rolls.get((code, child), [])
        sent = [school for school in schools if place.plan.has_sent(school, "suspensions")]
        happened = (code, child) in with_event
        beside = max((place.on_roll((s, child, span.year), roll_days(span.year).census) for s in sent), default=0)
        counted = bool(sent) or happened
        reached = _none_yet(place, span) is not None
        yield Contribution(
            code,
            _groups_at_home(place, span.year, child, schools),
            int(happened) if counted else None,
            beside if counted and reached else None,
        )


def _groups_at_home(place: Place, year: str, child: int, schools: list[int]) -> frozenset[str]:
    if not schools:
        return frozenset({ALL})
    possible = dict.fromkeys(schools, 0)
    for row in place.rows["attendance"]:
        if row["child"] == child and row["year"] == year and row["school"] in possible:
            possible[row["school"]] += row["possible"]
    return place.groups(_main_school(place, year, child, possible), child, year)


def _headcount(place: Place, _: Headcount, span: Span) -> Iterator[Contribution]:
    for enrolled in _of_year(place, span):
        school, child, year = enrolled
        reached = _none_yet(place, span) is not None
        on_roll = place.on_roll(enrolled, roll_days(year).census) if reached else None
        yield Contribution(school, place.groups(school, child, year), on_roll, None)


def _headcount_share(place: Place, meaning: HeadcountShare, span: Span) -> Iterator[Contribution]:
    for enrolled in _of_year(place, span):
        school, child, year = enrolled
        groups = place.groups(school, child, year)
        on_roll = place.on_roll(enrolled, roll_days(year).census)
        if _none_yet(place, span) is None:
            yield Contribution(school, groups, None, None)
        else:
            yield Contribution(school, groups, on_roll if meaning.group in groups else 0, on_roll)


def _roll_movement(place: Place, meaning: RollMovement, span: Span) -> Iterator[Contribution]:
    if meaning.movement is Movement.STABILITY:
        yield from _stability(place, span)
        return
    for enrolled in _of_year(place, span):
        school, child, year = enrolled
        groups = place.groups(school, child, year)
        reached = _none_yet(place, span) is not None
        on_roll = place.on_roll(enrolled, roll_days(year).census) if reached else None
        moved = any(_moves_roll(meaning.movement, row, span) for row in place.enrolments[enrolled])
        yield Contribution(school, groups, int(moved), on_roll)


def _moves_roll(movement: Movement, row: Row, span: Span) -> bool:
    """Whether a stretch on the roll begins, or ends, in the period and outside the usual times."""
    days = roll_days(span.year)
    if row["status"] not in MOVERS:
        return False
    if movement is Movement.JOINERS:
        return bool(span.first <= row["start"] <= span.last and row["start"] > days.joins_after)
    left = row["leaving"]
    return left is not None and bool(span.first <= left <= span.last and days.leaves_from <= left < days.leaves_before)


def _stability(place: Place, span: Span) -> Iterator[Contribution]:
    days = roll_days(span.year)
    for enrolled in _of_year(place, span):
        school, child, year = enrolled
        there = [place.on_roll(enrolled, day) for day in (days.october, days.census, days.may)]
        groups = place.groups(school, child, year)
        if days.may > place.plan.today:
            yield Contribution(school, groups, None, None)
        else:
            yield Contribution(school, groups, min(there), max(there))


def _moves(place: Place, meaning: Moves, span: Span) -> Iterator[Contribution]:
    any_sent = place.plan.sent is None or any(table == "moves" for _, table in place.plan.sent)
    for school, child, year in _of_year(place, span):
        sent = any_sent if meaning.direction is Direction.IN else place.plan.has_sent(school, "moves")
        yield Contribution(school, place.groups(school, child, year), 0 if sent else None, None)
    for row in place.rows["move"] if span.first <= place.plan.today else ():
        at = row["to_school"] if meaning.direction is Direction.IN else row["school"]
        if row["kind"] == meaning.kind and at is not None and _move_is_in(meaning, row, span):
            yield Contribution(at, place.groups(at, row["child"], span.year), 1, None)


def _move_is_in(meaning: Moves, row: Row, span: Span) -> bool:
    if meaning.in_force:
        return bool(row["start"] <= span.last and (row["end"] is None or row["end"] >= span.first))
    return bool(span.first <= row["start"] <= span.last)


def _result_share(place: Place, meaning: ResultShare, span: Span) -> Iterator[Contribution]:
    for (school, child), results in _results(place, span).items():
        if all(one.assessment in results for one in meaning.needed):
            reached = all(results[one.assessment] >= one.at_least for one in meaning.needed)
            yield Contribution(school, place.groups(school, child, span.year), int(reached), 1)


def _result_mean(place: Place, meaning: ResultMean, span: Span) -> Iterator[Contribution]:
    for (school, child), results in _results(place, span).items():
        if meaning.assessment in results:
            exact = Decimal(repr(results[meaning.assessment])) * RESULT_GRAIN
            grains = int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
            yield Contribution(school, place.groups(school, child, span.year), grains, 1)


def _results(place: Place, span: Span) -> dict[tuple[int, int], dict[str, float]]:
    """Results of the year by enrolment and assessment; of two the better one."""
    found: dict[tuple[int, int], dict[str, float]] = defaultdict(dict)
    for row in place.rows["result"]:
        if row["year"] == span.year and row["value"] is not None:
            known = found[row["school"], row["child"]]
            known[row["assessment"]] = max(row["value"], known.get(row["assessment"], row["value"]))
    return found


_RULES: dict[type, Callable[[Place, Any, Span], Iterator[Contribution]]] = {
    SessionShare: _session_share,
    AbsenceShare: _absence_share,
    EventRate: _event_rate,
    PupilsWithEvent: _pupils_with_event,
    DaysLost: _days_lost,
    Headcount: _headcount,
    HeadcountShare: _headcount_share,
    RollMovement: _roll_movement,
    Moves: _moves,
    ResultShare: _result_share,
    ResultMean: _result_mean,
}
