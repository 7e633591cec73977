"""Children who come, go and change during a year, and arrangements for part of the week.

Chances are for a child and a year. They are set so that a place moves about as much as English ones do: about one
child in thirty leaves a school during a year; managed moves, directions, part-time timetables and exclusions fall to
the children whose conduct makes suspensions likely, which is why all of them cluster.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from ropewalk.core.synth.chance import poisson
from ropewalk.core.synth.returns.calendar import SchoolYear
from ropewalk.core.synth.returns.events import Enrolment, Move, Stretch, Suspension
from ropewalk.core.synth.returns.rolls import Rolls
from ropewalk.core.synth.returns.schools import ReturningSchool
from ropewalk.core.synth.returns.upn import temporary

# Chance of each event by phase. Those in LEANS grow with the child's conduct or frailty.
CHANCES: dict[str, dict[str, float]] = {
    "primary": {
        "moved_away": 0.017,
        "moved_within": 0.013,
        "home_educated": 0.0035,
        "missing": 0.0008,
        "part_time": 0.004,
        "placed_special": 0.02,
        "shared_with_special": 0.0006,
        "excluded": 0.0002,
    },
    "secondary": {
        "moved_away": 0.014,
        "moved_within": 0.008,
        "home_educated": 0.009,
        "missing": 0.0012,
        "part_time": 0.011,
        "managed_move": 0.0030,
        "off_site": 0.0040,
        "alternative": 0.0030,
        "excluded": 0.0020,
        "guest": 0.0010,
        "placed_special": 0.01,
    },
    "special": {"moved_away": 0.015, "part_time": 0.02},
    "alternative": {"moved_away": 0.05, "part_time": 0.05},
}
LEANS_ON_CONDUCT = {"managed_move", "off_site", "alternative", "excluded"}
MOST_LEAN = 25.0
# Share of movers whose new school gives a temporary number, having not been told the child's own; and how many of
# those who come from elsewhere.
UNTOLD, UNTOLD_NEWCOMERS = 0.05, 0.02
LEFT_COUNTRY, SAID_NOTHING = 0.12, 0.04
PART_TIME_WEEKS, DIRECTED_WEEKS = (4, 16), (6, 12)
AFTERNOONS = frozenset({1, 3, 5, 7, 9})
LATER_WEEK = frozenset({6, 7, 8, 9})
GUEST_SESSIONS = frozenset({5, 7})
DECIDED_AFTER = 15


@dataclass(slots=True)
class _Moment:
    """One child and one day of one year."""

    rolls: Rolls
    year: SchoolYear
    school: ReturningSchool
    enrolment: Enrolment
    day: date

    @property
    def start(self) -> int:
        return int(self.year.year[:4])

    def chance(self) -> float:
        return self.rolls.rng.random()

    def other(self, phase: str) -> ReturningSchool | None:
        """Another school of a phase, any but this one; None where there is none that has the child's year group."""
        rank = self.enrolment.child.rank(self.start)
        found = [
            one
            for one in self.rolls.schools
            if one.phase == phase and one is not self.school and one.lowest <= rank <= one.highest
        ]
        return self.rolls.rng.choice(found) if found else None

    def next_monday(self) -> date | None:
        """The first day of term of the week after."""
        monday = self.day + timedelta(days=7 - self.day.weekday())
        return next((day for day in self.year.days if day >= monday), None)

    def friday(self) -> date:
        """The last day of term of the week."""
        monday = self.day - timedelta(days=self.day.weekday())
        return max(day for day in self.year.days if monday <= day < monday + timedelta(days=7))

    def move(self, kind: str, to: ReturningSchool | None, start: date) -> Move:
        move = Move(self.enrolment.child, kind, self.school.urn, to.urn if to else None, start)
        self.rolls.moves.append(move)
        return move


def move_about(rolls: Rolls, year: SchoolYear) -> None:
    """Let a year of movement happen: at most one event to a child and year."""
    for school in rolls.schools:
        chances = CHANCES[school.phase]
        away = 0
        for enrolment in list(rolls.on_roll[school.index]):
            # Whoever came during the year has moved enough.
            if enrolment.leaving is not None or enrolment.status != "C" or enrolment.start > year.first:
                continue
            kind = _what_happens(rolls, enrolment, chances)
            if kind:
                day = year.days[int(8 + rolls.rng.random() * (len(year.days) - 30))]
                _EVENTS[kind](_Moment(rolls, year, school, enrolment, day))
                away += kind in ("moved_away", "home_educated")
        _newcomers(rolls, year, school, away)


def _what_happens(rolls: Rolls, enrolment: Enrolment, chances: dict[str, float]) -> str | None:
    draw = rolls.rng.random()
    conduct = min(enrolment.child.conduct, MOST_LEAN)
    for kind, chance in chances.items():
        lean = conduct if kind in LEANS_ON_CONDUCT else 1.0
        if kind == "part_time":
            lean = max(0.0, enrolment.child.frailty) * 2.5
        draw -= chance * lean
        if draw < 0:
            return kind
    return None


def _newcomers(rolls: Rolls, year: SchoolYear, school: ReturningSchool, away: int) -> None:
    """Children from elsewhere take about as many places as were left."""
    start = int(year.year[:4])
    entries = [rank for rank in school.ranks if 0 <= rank <= 11] or list(school.ranks)
    for _ in range(poisson(rolls.rng, away) if away else 0):
        rank = rolls.rng.choice(entries)
        child = rolls.births.child(school, start - rank, start, newcomer=True)
        day = year.days[int(4 + rolls.rng.random() * (len(year.days) - 20))]
        enrolment = rolls.enrol(child, school, day)
        _perhaps_untold(rolls, enrolment, school, start, UNTOLD_NEWCOMERS)


def _perhaps_untold(rolls: Rolls, enrolment: Enrolment, school: ReturningSchool, start: int, chance: float) -> None:
    if rolls.rng.random() < chance:
        enrolment.stand_in = temporary(school.laestab, start, enrolment.child.number % 2300)
        enrolment.known_from = start + 1


def _moved_away(at: _Moment) -> None:
    """To a school elsewhere; a few leave the country, or say nothing."""
    draw = at.chance()
    if draw < LEFT_COUNTRY + SAID_NOTHING:
        at.enrolment.leave(at.friday(), "ABR" if draw < LEFT_COUNTRY else "UNK")
    else:
        at.enrolment.leave(at.friday(), "MOV", at.rolls.rng.choice(at.rolls.elsewhere[at.school.phase]))


def _moved_within(at: _Moment) -> None:
    _change_school(at, at.other(at.school.phase), "OTH", "in_year_transfer")


def _managed_move(at: _Moment) -> None:
    _change_school(at, at.other("secondary"), "MAN", "managed_move")


def _placed_special(at: _Moment) -> None:
    if at.enrolment.child.provision(at.start) == "E":
        _change_school(at, at.other("special"), "SPE", None)


def _change_school(at: _Moment, to: ReturningSchool | None, reason: str, kind: str | None) -> None:
    start = at.next_monday()
    if to is None or start is None:
        return
    at.enrolment.leave(at.friday(), reason, to.urn)
    arrived = at.rolls.enrol(at.enrolment.child, to, start)
    _perhaps_untold(at.rolls, arrived, to, at.start, UNTOLD if arrived.child.rank(at.start) < 11 else 0)
    if kind:
        at.move(kind, to, start)


def _home_educated(at: _Moment) -> None:
    if at.enrolment.child.rank(at.start) in range(12):
        at.enrolment.leave(at.friday(), "EHE")
        at.move("moved_to_home_education", None, at.friday() + timedelta(days=3))


def _missing(at: _Moment) -> None:
    if at.enrolment.child.rank(at.start) in range(12):
        at.enrolment.leave(at.friday(), "CME")
        at.move("missing_education", None, at.friday() + timedelta(days=3))


def _part_time(at: _Moment) -> None:
    """Half days or a shorter week, for some weeks, with a review."""
    start = at.next_monday()
    if start is None or at.enrolment.child.rank(at.start) < 0:
        return
    end = _after(at, start, *PART_TIME_WEEKS)
    places, hours = (AFTERNOONS, 15.0) if at.chance() < 0.65 else (LATER_WEEK, 16.5)
    at.enrolment.stretches.append(Stretch(start, end, "C2", places))
    move = at.move("part_time_timetable", None, start)
    move.end, move.hours, move.reviewed, move.outcome = end, hours, True, "Back to full time"


def _after(at: _Moment, start: date, fewest: int, most: int) -> date:
    """The Friday some weeks later, or the end of the year."""
    weeks = fewest + int(at.chance() * (most - fewest + 1))
    return min(start - timedelta(days=start.weekday()) + timedelta(weeks=weeks, days=-3), at.year.last)


def _off_site(at: _Moment) -> None:
    _register_twice(at, at.other("alternative") or at.other("secondary"), "off_site_direction", weeks=DIRECTED_WEEKS)


def _alternative(at: _Moment) -> None:
    _register_twice(at, at.other("alternative"), "alternative_provision", weeks=(60, 60))


def _shared_with_special(at: _Moment) -> None:
    if at.enrolment.child.provision(at.start) in "KE":
        _register_twice(at, at.other("special"), None, weeks=(60, 60), there=LATER_WEEK)


def _register_twice(
    at: _Moment,
    to: ReturningSchool | None,
    kind: str | None,
    *,
    weeks: tuple[int, int],
    there: frozenset[int] = frozenset(range(10)),
) -> None:
    """Register a child at a second school, where it is expected for some sessions of the week and not at the first."""
    start = at.next_monday()
    if to is None or start is None:
        return
    end = _after(at, start, *weeks)
    second = at.rolls.enrol(at.enrolment.child, to, start, "S")
    second.leave(end, "OTH" if end < at.year.last else "END", at.school.urn)
    second.stand_in, second.known_from = at.enrolment.stand_in, at.enrolment.known_from
    at.enrolment.others.append(second)
    at.enrolment.stretches.append(Stretch(start, end, "D", there))
    if len(there) < 10:
        second.stretches.append(Stretch(start, end, "D", frozenset(range(10)) - there))
    if kind:
        move = at.move(kind, to, start)
        move.end, move.reviewed, move.outcome, move.hours = end, True, "Back at school", 25.0


def _excluded(at: _Moment) -> None:
    """Exclude for good: five days at home, then education elsewhere until governors decide, then off the roll."""
    days = [day for day in at.year.days if day >= at.day]
    if len(days) <= DECIDED_AFTER + 1:
        return
    to = at.other("alternative")
    at.enrolment.suspensions.append(Suspension("PERM", at.day, None, ("DB",) if at.chance() < 0.5 else ("PP", "DB")))
    at.enrolment.stretches += [Stretch(at.day, days[4], "E"), Stretch(days[5], days[DECIDED_AFTER - 1], "B")]
    at.enrolment.leave(days[DECIDED_AFTER - 1], "PEX", to.urn if to else None)
    if to:
        at.rolls.enrol(at.enrolment.child, to, days[DECIDED_AFTER])


def _guest(at: _Moment) -> None:
    """A child who comes to another school two afternoons a week, without being registered there."""
    to, start = at.other("secondary"), at.next_monday()
    if to is None or start is None:
        return
    end = _after(at, start, 8, 20)
    visit = at.rolls.enrol(at.enrolment.child, to, start, "G")
    visit.leave(end, "END", at.school.urn)
    at.enrolment.stretches.append(Stretch(start, end, "B", GUEST_SESSIONS))


_EVENTS: dict[str, Callable[[_Moment], None]] = {
    "moved_away": _moved_away,
    "moved_within": _moved_within,
    "managed_move": _managed_move,
    "placed_special": _placed_special,
    "home_educated": _home_educated,
    "missing": _missing,
    "part_time": _part_time,
    "off_site": _off_site,
    "alternative": _alternative,
    "shared_with_special": _shared_with_special,
    "excluded": _excluded,
    "guest": _guest,
}
