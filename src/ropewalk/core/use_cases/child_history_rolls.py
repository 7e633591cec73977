"""From rows of rolls to stays, times on no roll and times on several, for one child.

A row speaks for its own academic year. A later roll of the same school that gives a first day in or before what is
known already carries the stay on; a child whom a school's later roll does not name is no longer there. Guests are
registered elsewhere, so being a guest fills no gap.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations

from ropewalk.core.compare.no_roll import REASONS_THAT_TELL, Enrolment, between_years, of_school_age
from ropewalk.core.engines.plan import roll_days
from ropewalk.core.schema.calendar import academic_year, first_day, last_day
from ropewalk.core.views.child_history import (
    ONE_DAY,
    Ending,
    Gap,
    GapKind,
    Overlap,
    OverlapKind,
    RollRow,
    Stay,
    Stretch,
    weekdays,
)

GUEST, PREVIOUS = "G", "P"
SOLE = ("C", None)
_BESIDE = ("F", "O")
# A school and an academic year of which it sent a roll.
Sent = Collection[tuple[int, str]]


def stays_of(rows: Iterable[RollRow], sent: Sent, day: date) -> tuple[Stay, ...]:
    """The child's stays in order of their first day; ``sent`` says whose rolls are known."""
    by_school: dict[int, list[RollRow]] = {}
    for row in rows:
        by_school.setdefault(row.school, []).append(row)
    found = [
        _stay(stretches, sent, day)
        for listed in by_school.values()
        for stretches in _unbroken([_stretch(row) for row in sorted(listed, key=_order)])
    ]
    return tuple(sorted(found, key=lambda stay: (stay.first, stay.last, stay.school)))


def gaps_of(stays: Sequence[Stay], known: Collection[int], day: date) -> tuple[Gap, ...]:
    """Times on no roll between stays, and since the last one up to ``day``; ``known`` are schools that sent a roll."""
    covered = sorted(_covered(stays), key=lambda part: (part[0], part[1]))
    if not covered:
        return ()
    gaps = []
    upto, last = covered[0][1], covered[0][2]
    for first, end, stay in covered[1:]:
        if first > upto + ONE_DAY:
            gaps.append(Gap(upto + ONE_DAY, first - ONE_DAY, _kind_between(last, upto, first)))
        if end >= upto:
            upto, last = end, stay
    if upto < day:
        gaps.append(Gap(upto + ONE_DAY, day, _kind_since(last, known, day)))
    return tuple(gaps)


def overlaps_of(stays: Sequence[Stay]) -> tuple[Overlap, ...]:
    """Days on which two schools have the child on their rolls of the same academic year, in order of time."""
    parts = [stretch for stay in stays for stretch in stay.stretches]
    found = [part for one, other in combinations(parts, 2) if (part := _both(one, other))]
    by_pair: dict[tuple[tuple[int, int], OverlapKind], list[Overlap]] = {}
    for part in sorted(found, key=lambda part: part.first):
        together = by_pair.setdefault((part.schools, part.kind), [])
        if together and part.first <= together[-1].last + ONE_DAY:
            before = together.pop()
            together.append(Overlap(before.first, max(before.last, part.last), part.kind, part.schools))
        else:
            together.append(part)
    listed = [part for parts_of_pair in by_pair.values() for part in parts_of_pair]
    return tuple(sorted(listed, key=lambda part: (part.first, part.schools, part.kind)))


def _order(row: RollRow) -> tuple[str, date, date, int]:
    return row.year, row.start or date.min, row.leaving or date.max, row.record


def _stretch(row: RollRow) -> Stretch:
    """The days of its academic year a row speaks for; of one that tells of an earlier year, the days of that."""
    last = _left(row) or last_day(row.year)
    if row.status == PREVIOUS and row.leaving is None:
        # No longer on roll, and the roll does not say since when: it vouches for no day but the first.
        last = max(row.start or first_day(row.year), first_day(row.year))
    opens = first_day(min(row.year, academic_year(last)))
    return Stretch(min(max(row.start or opens, opens), last), last, row)


def _left(row: RollRow) -> date | None:
    """The day of leaving; one that lies after the row's academic year is a plan, which the next roll will know."""
    return row.leaving if row.leaving and row.leaving <= last_day(row.year) else None


def _unbroken(stretches: Sequence[Stretch]) -> Iterator[list[Stretch]]:
    """Stretches of one school, put together where the later one goes on from the one before."""
    together: list[Stretch] = []
    upto = date.min
    for one in stretches:
        if together and (one.row.start or one.first) <= upto + ONE_DAY:
            if one.row.year > together[-1].row.year and one.last < upto:
                # The later roll knows that the child had left before the earlier one's year was over.
                together = [_cut(before, one.last) for before in together]
            upto = one.last if one.row.year > together[-1].row.year else max(upto, one.last)
            together.append(one)
            continue
        if together:
            yield together
        together, upto = [one], one.last
    if together:
        yield together


def _cut(stretch: Stretch, last: date) -> Stretch:
    return Stretch(min(stretch.first, last), min(stretch.last, last), stretch.row)


def _stay(stretches: Sequence[Stretch], sent: Sent, day: date) -> Stay:
    newest = stretches[-1].row
    starts = [one.row.start for one in stretches if one.row.start]
    last = max(one.last for one in stretches)
    first = min([*starts, *(one.first for one in stretches)])
    return Stay(newest.school, min(first, last), last, _ending(newest, last, sent, day), tuple(stretches))


def _ending(newest: RollRow, last: date, sent: Sent, day: date) -> Ending:
    if _left(newest) or newest.status == PREVIOUS:
        return Ending.LEFT
    if last >= day:
        return Ending.ON_ROLL
    later = (year for school, year in sent if school == newest.school)
    return Ending.NOT_NAMED if any(newest.year < year <= academic_year(day) for year in later) else Ending.NOT_SENT


def _covered(stays: Sequence[Stay]) -> Iterator[tuple[date, date, Stay]]:
    """Days on a roll, guests left out; the first stretch of a stay reaches back to the first day the rolls give."""
    for stay in stays:
        for place, stretch in enumerate(stay.stretches):
            if stretch.row.status != GUEST:
                yield stay.first if place == 0 else stretch.first, stretch.last, stay


def _kind_between(before: Stay, upto: date, first: date) -> GapKind:
    """Between two rolls; a weekend, and the summer between two school years, are nothing to look into."""
    if weekdays(upto + ONE_DAY, first - ONE_DAY) == 0:
        return GapKind.WEEKEND
    year = academic_year(upto)
    follows = int(academic_year(first)[:4]) == int(year[:4]) + 1
    if follows and upto >= roll_days(year).leaves_before and first <= roll_days(academic_year(first)).joins_after:
        return GapKind.BETWEEN_YEARS
    return GapKind.NOT_SENT if before.ending is Ending.NOT_SENT else GapKind.BETWEEN_ROLLS


def _kind_since(last: Stay, known: Collection[int], day: date) -> GapKind:
    if last.ending is Ending.NOT_SENT:
        return GapKind.NOT_SENT
    row = last.newest
    seen = Enrolment(0, row.school, row.year, row.start, row.leaving, row.year_group)
    if not of_school_age(seen, day):
        return GapKind.OUT_OF_AGE
    if between_years(seen, day):
        return GapKind.BETWEEN_YEARS
    elsewhere = row.destination is not None and row.destination not in known
    return GapKind.SAID_WHERE if elsewhere or row.leaving_reason in REASONS_THAT_TELL else GapKind.TO_BE_FOUND


def _both(one: Stretch, other: Stretch) -> Overlap | None:
    """The days both stretches hold, if the rolls are of the same year and of two schools."""
    if one.row.school == other.row.school or one.row.year != other.row.year:
        return None
    first, last = max(one.first, other.first), min(one.last, other.last)
    kind = _kind_of_both(one.row.status, other.row.status)
    if first > last or kind is None:
        return None
    schools = (min(one.row.school, other.row.school), max(one.row.school, other.row.school))
    return Overlap(first, last, kind, schools)


def _kind_of_both(one: str | None, other: str | None) -> OverlapKind | None:
    """How two ways of being registered go together; ``None`` where one of the rolls says that the child had left."""
    ways = {one, other}
    if PREVIOUS in ways:
        return None
    if GUEST in ways:
        return OverlapKind.GUEST
    if ways & set(_BESIDE):
        return OverlapKind.BESIDE
    if ways == {"M", "S"}:
        return OverlapKind.DUAL
    return OverlapKind.TWO_SOLE if one in SOLE and other in SOLE else OverlapKind.DO_NOT_FIT


def covers(stays: Sequence[Stay], day: date) -> bool:
    """Whether any roll has the child on this day, other than as a guest."""
    return any(first <= day <= last for first, last, _ in _covered(stays))
