"""Unusual movement to look into: which counts of a school lie outside what chance gives, and which are few and grave.

Joiners, leavers and leavers between Year 10 and Year 11 are held against all schools of the place in a funnel (see
``funnel``): only counts above the 99.8 per cent limit are told. The other counts are children whom somebody should
look at whatever the school's size, so each is told as it is. England's inspectorate counted 19,000 children who left
between Year 10 and Year 11 in one year and found half of them in no other state school (J. Bradbury, Off-rolling:
using data to see a fuller picture, 2018); most had reasons nobody would object to.

Words say what was counted and what is not known yet. They never say why, and never accuse.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ropewalk.core.compare.funnel import Funnel, Kind, Standing, funnel

# Days of suspension in one academic year a pupil may not pass (Education Act 2002 and regulations of 2012), and from
# how many days on a child is near it.
MOST_DAYS, NEAR_DAYS = 45, 35
REPEATED = 3


class Look(StrEnum):
    """What there is to look into."""

    JOINERS = "joiners"
    LEAVERS = "leavers"
    YEAR_10_TO_11 = "leavers_year_10_to_11"
    DESTINATION_UNKNOWN = "leavers_destination_unknown"
    ON_NO_ROLL = "on_no_roll"
    PART_TIME_PAST_REVIEW = "part_time_past_review"
    SUSPENDED_REPEATEDLY = "suspended_three_times_or_more"
    PAST_MOST_DAYS = "suspended_past_45_days"
    NEAR_MOST_DAYS = "suspended_near_45_days"


@dataclass(frozen=True, slots=True)
class SchoolMovement:
    """Whole counts of one school in one academic year; ``None`` where not known, which is never taken for none.

    ``pupils`` on roll on census day; ``leavers`` and ``joiners`` during the year; of the leavers, those whose
    ``destination_unknown``; ``year_10`` on roll in Year 10 a year ago and how many of them left before Year 11;
    children last seen here and ``on_no_roll`` of the place now; ``part_time`` timetables in force and of them those
    ``past_review``; children ``suspended_repeatedly`` (three times or more in the year), and children with more than
    45 days of suspension in the year, and with 35 to 45.
    """

    school: int
    pupils: int | None = None
    joiners: int | None = None
    leavers: int | None = None
    destination_unknown: int | None = None
    year_10: int | None = None
    year_10_to_11_leavers: int | None = None
    on_no_roll: int | None = None
    part_time: int | None = None
    past_review: int | None = None
    suspended_repeatedly: int | None = None
    past_most_days: int | None = None
    near_most_days: int | None = None


@dataclass(frozen=True, slots=True)
class ToLookInto:
    """One thing to look into at a school: count, out of how many (where it is a part), where it lies, and words.

    ``standing`` is ``None`` for counts that are told whatever the school's size.
    """

    school: int
    look: Look
    count: int
    out_of: int | None
    standing: Standing | None
    words: str


@dataclass(frozen=True, slots=True)
class Movement:
    """What there is to look into, in the order of schools as given; ``notes`` say what could not be compared."""

    rows: tuple[ToLookInto, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NearLimit:
    """Children with more than 45 days of suspension in a year, and those with 35 to 45."""

    past: int
    near: int


def unusual_movement(schools: Sequence[SchoolMovement]) -> Movement:
    """What to look into at these schools of one phase of a place, in one academic year."""
    compared = {
        Look.JOINERS: [(s.school, s.joiners, s.pupils) for s in schools],
        Look.LEAVERS: [(s.school, s.leavers, s.pupils) for s in schools],
        Look.YEAR_10_TO_11: [(s.school, s.year_10_to_11_leavers, s.year_10) for s in schools],
    }
    rows: list[ToLookInto] = []
    notes: list[str] = []
    for look, counts in compared.items():
        plot = _funnel(counts, look)
        if plot is None:
            notes.append(_not_compared(look))
            continue
        rows += _outside(plot, look)
    rows += [row for school in schools for row in _few(school)]
    place = {school.school: number for number, school in enumerate(schools)}
    order = list(Look)
    rows.sort(key=lambda row: (place[row.school], order.index(row.look)))
    return Movement(tuple(rows), tuple(notes))


def near_limit(sessions: Mapping[int, int]) -> NearLimit:
    """Children by how long they were suspended in one academic year, over all their schools.

    ``sessions`` gives for each child the half days of all its suspensions of the year together.
    """
    days = [half_days / 2 for half_days in sessions.values()]
    return NearLimit(past=sum(day > MOST_DAYS for day in days), near=sum(NEAR_DAYS <= day <= MOST_DAYS for day in days))


def _funnel(counts: Sequence[tuple[int, int | None, int | None]], look: Look) -> Funnel | None:
    known = [(str(school), n, d) for school, n, d in counts if n is not None and d is not None]
    # A child can join a school twice in a year; between Year 10 and Year 11 it leaves once.
    return funnel(known, Kind.SHARE if look is Look.YEAR_10_TO_11 else Kind.RATE)


def _outside(plot: Funnel, look: Look) -> list[ToLookInto]:
    return [
        ToLookInto(
            int(point.school),
            look,
            point.numerator,
            point.denominator,
            point.standing,
            _compared_words(look, point.numerator, point.denominator, plot),
        )
        for point in plot.points
        if point.standing is Standing.ABOVE_OUTER
    ]


def _few(school: SchoolMovement) -> list[ToLookInto]:
    """Counts of one school that are told whatever its size, where there are any."""
    counted: tuple[tuple[Look, int | None, int | None], ...] = (
        (Look.DESTINATION_UNKNOWN, school.destination_unknown, school.leavers),
        (Look.ON_NO_ROLL, school.on_no_roll, None),
        (Look.PART_TIME_PAST_REVIEW, school.past_review, school.part_time),
        (Look.SUSPENDED_REPEATEDLY, school.suspended_repeatedly, None),
        (Look.PAST_MOST_DAYS, school.past_most_days, None),
        (Look.NEAR_MOST_DAYS, school.near_most_days, None),
    )
    return [
        ToLookInto(school.school, look, count, out_of, None, _told_words(look, count, out_of))
        for look, count, out_of in counted
        if count
    ]


def _compared_words(look: Look, count: int, pupils: int, plot: Funnel) -> str:
    what = {
        Look.JOINERS: f"{_children(count)} joined during the year at a school of {pupils}",
        Look.LEAVERS: f"{_children(count)} left during the year at a school of {pupils}",
        Look.YEAR_10_TO_11: f"{count} of {pupils} children left between Year 10 and Year 11",
    }[look]
    # Widened limits already allow for more than chance.
    beyond = "schools here usually differ by" if plot.over_dispersed else "chance alone would give"
    return f"{what}: more than {beyond}, where {plot.centre:.1f}% is usual. The number does not say why."


def _told_words(look: Look, count: int, out_of: int | None) -> str:
    if look is Look.DESTINATION_UNKNOWN:
        return _destination_words(count, out_of)
    if look is Look.PART_TIME_PAST_REVIEW:
        of = f" of {out_of}" if out_of is not None else ""
        one = (out_of if out_of is not None else count) == 1
        due = "its review was due" if count == 1 else "their reviews were due"
        return f"{count}{of} part-time timetable{'' if one else 's'} {_is(count)} past the day {due}."
    ending = {
        Look.ON_NO_ROLL: f"last seen here {_is(count)} on no roll that we know of, and {_is(count)} to be found",
        Look.SUSPENDED_REPEATEDLY: f"{_was(count)} suspended three times or more in the year",
        Look.PAST_MOST_DAYS: f"{_was(count)} suspended for more than {MOST_DAYS} days in the year, over all schools",
        Look.NEAR_MOST_DAYS: (
            f"{_was(count)} suspended for {NEAR_DAYS} to {MOST_DAYS} days in the year, over all schools"
        ),
    }[look]
    return f"{_children(count)} {ending}."


def _destination_words(count: int, leavers: int | None) -> str:
    if leavers is None or leavers < count:
        return f"{_children(count)} left and {_is(count)} to be found."
    if leavers == count:
        return f"{count} of {leavers} leavers {_is(count)} to be found."
    known = leavers - count
    return f"{known} of {leavers} leavers went to a school we know; {count} {_is(count)} to be found."


def _not_compared(look: Look) -> str:
    what = {
        Look.JOINERS: "Joiners",
        Look.LEAVERS: "Leavers",
        Look.YEAR_10_TO_11: "Leavers between Year 10 and Year 11",
    }[look]
    return f"{what} are not compared: fewer than ten schools are known with counts, or none counted any."


def _children(count: int) -> str:
    return "1 child" if count == 1 else f"{count} children"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _was(count: int) -> str:
    return "was" if count == 1 else "were"
