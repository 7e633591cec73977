"""Unusual movement of a place in an academic year: counts of its schools, held against each other. No names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ropewalk.core.compare.movement import (
    REPEATED,
    Look,
    Movement,
    SchoolMovement,
    near_limit,
    unusual_movement,
)
from ropewalk.core.compare.no_roll import NOT_ON_ROLL, REASONS_THAT_TELL, Enrolment, on_no_roll
from ropewalk.core.disclosure import for_those_who_see_returns
from ropewalk.core.engines.plan import Level, roll_days
from ropewalk.core.engines.rolls import MOVERS, ON_ROLL
from ropewalk.core.errors import NotFound
from ropewalk.core.schema.periods import year_before
from ropewalk.core.schema.phases import Phase
from ropewalk.core.use_cases.live_state import Cells, LiveState
from ropewalk.core.use_cases.sent import sent_by
from ropewalk.core.views.live import PhaseMovement, PlaceMovement, Scope

FRIDAY = timedelta(days=4)
Counted = dict[int, int]


@dataclass(frozen=True)
class PlaceAsked:
    """A place in a year, looked at on a day."""

    state: LiveState
    place: str
    year: str
    day: date

    def by_school(self, query: str, values: Sequence[object]) -> Counted:
        """Rows of school and count."""
        return dict(self.state.rows(query, values))

    def has_sent(self, table: str) -> set[int]:
        """Schools that sent anything of a kind, whenever: those know that they have none of it."""
        return {school for school, kind in sent_by(self.state.snapshot) if kind == table}

    def sent_roll(self, year: str) -> set[int]:
        """Schools that sent a roll of an academic year."""
        return {one.school for one in self.state.snapshot.coverage if one.table == "roll" and one.year == year}


def live_movement(state: LiveState, scope: Scope, year: str | None = None) -> PlaceMovement:
    """What there is to look into in a place, by phase.

    Raises NotFound for a year without returns.
    """
    known = state.known(scope)
    chosen = year or (known.years[0] if known.years else "")
    if chosen not in known.years:
        raise NotFound(f"No school of {scope.name} sent anything of {chosen or 'any year'}.")
    return state.kept(("movement", scope, chosen), lambda: _movement(state, scope, chosen))


def _movement(state: LiveState, scope: Scope, year: str) -> PlaceMovement:
    asked = PlaceAsked(state, scope.place.code, year, day_looked_at(state, scope, year))
    schools = state.schools_of(scope)
    no_roll = on_no_roll(rows_of_the_lost(asked), asked.day)
    counted = _schools(asked, {one.school: one.to_be_found for one in no_roll.schools})
    leavers = _leavers(asked)
    phases = []
    for phase in Phase:
        here = [counted[s.urn] for s in schools if s.phase == phase.value]
        if here:
            phases.append(PhaseMovement(phase.value, len(here), _both(here, leavers)))
    names = {school.urn: school.name for school in schools}
    not_sent = tuple(urn for urn in no_roll.not_sent if urn in names)
    return PlaceMovement(
        scope,
        state.known(scope),
        year,
        asked.day.isoformat(),
        tuple(phases),
        not_sent,
        names,
        for_those_who_see_returns([]),
    )


def _both(schools: Sequence[SchoolMovement], leavers: dict[int, tuple[int, int]]) -> Movement:
    """All looks, and destinations apart: those who are known to be at home, abroad or dead went to no school."""
    found = unusual_movement([replace(school, destination_unknown=None) for school in schools])
    asked = [
        SchoolMovement(s.school, leavers=leavers.get(s.school, (0, 0))[0], destination_unknown=leavers[s.school][1])
        for s in schools
        if s.school in leavers and s.leavers is not None
    ]
    apart = [row for row in unusual_movement(asked).rows if row.look is Look.DESTINATION_UNKNOWN]
    order = {school.school: place for place, school in enumerate(schools)}
    looks = list(Look)
    rows = sorted([*found.rows, *apart], key=lambda row: (order[row.school], looks.index(row.look)))
    return Movement(tuple(rows), found.notes)


def day_looked_at(state: LiveState, scope: Scope, year: str) -> date:
    """The Friday of the newest week with a register in the year; without any the last day of the leaving year."""
    urns = ", ".join(str(school.urn) for school in state.schools_of(scope))
    [(week,)] = state.rows(
        f"SELECT max(week) FROM attendance WHERE school IN ({urns}) AND year = ? AND possible > 0",  # noqa: S608
        [year],
    )
    last = min(roll_days(year).leaves_before, state.today)
    return week + FRIDAY if week else last


def _schools(asked: PlaceAsked, no_roll: Counted) -> dict[int, SchoolMovement]:
    """The counts of every school of the place."""
    counts = _measures(asked)
    moves, suspensions, roll = asked.has_sent("moves"), asked.has_sent("suspensions"), asked.sent_roll(asked.year)
    part_time, past_review = _part_time(asked)
    repeated, (past, near) = _repeated(asked), _days_lost(asked)
    year_10 = _year_10(asked)

    def of(counted: Counted, urn: int, sent: set[int]) -> int | None:
        return counted.get(urn, 0) if urn in sent else None

    found = {}
    for urn in (s.urn for s in asked.state.schools.values() if s.place == asked.place):
        there, left = year_10.get(urn, (None, None))
        found[urn] = SchoolMovement(
            urn,
            pupils=counts["pupils_on_roll"].get(urn),
            joiners=counts["joiners"].get(urn),
            leavers=counts["leavers"].get(urn) if urn in roll else None,
            year_10=there,
            year_10_to_11_leavers=left,
            on_no_roll=of(no_roll, urn, roll),
            part_time=of(part_time, urn, moves),
            past_review=of(past_review, urn, moves),
            suspended_repeatedly=of(repeated, urn, suspensions),
            past_most_days=of(past, urn, suspensions),
            near_most_days=of(near, urn, suspensions),
        )
    return found


def _measures(asked: PlaceAsked) -> dict[str, Counted]:
    """What the measures count, so that this page and theirs cannot differ."""
    names = ("pupils_on_roll", "joiners", "leavers")
    keys = tuple(str(s.urn) for s in asked.state.schools.values() if s.place == asked.place)
    cells = Cells(
        level=Level.SCHOOL, keys=keys, measures=names, phases=("all",), groups=("all",), periods=(asked.year,)
    )
    found: dict[str, Counted] = {name: {} for name in names}
    for count in asked.state.counts(cells):
        if count.numerator is not None:
            found[count.measure][int(count.key)] = count.numerator
    return found


def _leavers(asked: PlaceAsked) -> dict[int, tuple[int, int]]:
    """By school: leavers whose reason does not say where they are, and of them those not known to be at any school.

    A leaver is known to be at a school when the roll names the next one, or another roll known here has the child
    on or after the last day.
    """
    days = roll_days(asked.year)
    rows = asked.state.rows(
        "WITH gone AS (SELECT e.school, e.child, max(e.leaving) AS leaving, max(e.destination) AS destination "  # noqa: S608 - our own names
        "FROM enrolment AS e JOIN school AS s USING (school) WHERE s.place = ? AND e.year = ? AND e.leaving >= ? "
        f"AND e.leaving < ? AND {registered('e', MOVERS)} "
        f"AND coalesce(e.leaving_reason, '') NOT IN ({_listed(sorted(REASONS_THAT_TELL))}) GROUP BY ALL), "
        "later AS (SELECT g.school, g.child FROM gone AS g JOIN enrolment AS o ON o.child = g.child "
        "AND o.school <> g.school AND (o.leaving IS NULL OR o.leaving > g.leaving) GROUP BY ALL) "
        "SELECT g.school, count(*), count(*) FILTER (g.destination IS NULL AND l.child IS NULL) "
        "FROM gone AS g LEFT JOIN later AS l USING (school, child) GROUP BY g.school",
        [asked.place, asked.year, days.leaves_from, days.leaves_before],
    )
    return {school: (leavers, unknown) for school, leavers, unknown in rows}


def _part_time(asked: PlaceAsked) -> tuple[Counted, Counted]:
    """By school: children with a part-time timetable in force on the day, and those past the day of its review."""
    rows = asked.state.rows(
        "SELECT m.school, count(DISTINCT m.child), count(DISTINCT m.child) FILTER (m.review < ?) FROM move AS m "
        "JOIN school AS s USING (school) WHERE s.place = ? AND m.kind = 'part_time_timetable' AND m.start <= ? "
        'AND (m."end" IS NULL OR m."end" >= ?) GROUP BY m.school',
        [asked.day, asked.place, asked.day, asked.day],
    )
    return {school: n for school, n, _ in rows}, {school: past for school, _, past in rows}


def _repeated(asked: PlaceAsked) -> Counted:
    """By school: children it suspended three times or more in the year."""
    return asked.by_school(
        "SELECT school, count(*) FROM (SELECT m.school, m.child FROM suspension AS m JOIN school AS s USING (school) "
        "WHERE s.place = ? AND m.year = ? AND m.category = 'SUSP' GROUP BY ALL HAVING count(*) >= ?) GROUP BY school",
        [asked.place, asked.year, REPEATED],
    )


def _days_lost(asked: PlaceAsked) -> tuple[Counted, Counted]:
    """By the school that suspended a child last: children past 45 days of suspension over all schools, and near it."""
    rows = asked.state.rows(
        "SELECT arg_max(m.school, (m.start, m.school)), m.child, CAST(sum(coalesce(m.sessions, 0)) AS BIGINT) "
        "FROM suspension AS m JOIN school AS s USING (school) WHERE s.place = ? AND m.year = ? "
        "AND m.category = 'SUSP' GROUP BY m.child",
        [asked.place, asked.year],
    )
    sessions: dict[int, dict[int, int]] = {}
    for school, child, lost in rows:
        sessions.setdefault(school, {})[child] = lost
    limits = {school: near_limit(lost) for school, lost in sessions.items()}
    return {s: one.past for s, one in limits.items()}, {s: one.near for s, one in limits.items()}


def _year_10(asked: PlaceAsked) -> dict[int, tuple[int, int]]:
    """By school: children in Year 10 on census day a year ago, and of them those not on its roll on this census day.

    Until this year's census day the day looked at stands for it. Only schools that sent rolls of both years.
    """
    before = year_before(asked.year) or ""
    then, now = roll_days(before).census, min(roll_days(asked.year).census, asked.day)
    both = asked.sent_roll(before) & asked.sent_roll(asked.year)
    rows = asked.state.rows(
        "WITH was AS (SELECT DISTINCT e.school, e.child FROM enrolment AS e JOIN school AS s USING (school) "  # noqa: S608 - our own names
        "WHERE s.place = ? AND e.year = ? AND e.year_group = '10' AND e.start <= ? "
        f"AND (e.leaving IS NULL OR e.leaving >= ?) AND {registered('e', ON_ROLL)}), "
        "still AS (SELECT DISTINCT school, child FROM enrolment WHERE year = ? AND start <= ? "
        "AND (leaving IS NULL OR leaving >= ?)) "
        "SELECT w.school, count(*), count(*) FILTER (i.child IS NULL) FROM was AS w "
        "LEFT JOIN still AS i USING (school, child) GROUP BY w.school",
        [asked.place, before, then, then, asked.year, now, now],
    )
    return {school: (there, left) for school, there, left in rows if school in both}


def rows_of_the_lost(asked: PlaceAsked) -> list[Enrolment]:
    """Every row of children on no roll on the day, and for each school and year one row that says a roll was sent."""
    rows = asked.state.rows(
        "SELECT e.child, e.school, e.year, e.start, e.leaving, e.year_group, e.status, e.leaving_reason, "  # noqa: S608 - our own names
        "e.destination FROM enrolment AS e JOIN school AS s USING (school) WHERE s.place = ? AND e.child NOT IN ("
        "SELECT o.child FROM enrolment AS o JOIN school AS t USING (school) WHERE t.place = ? AND o.year = ? "
        "AND (o.start IS NULL OR o.start <= ?) AND (o.leaving IS NULL OR o.leaving >= ?) "
        f"AND coalesce(o.status, '') NOT IN ({_listed(sorted(NOT_ON_ROLL))}))",
        [asked.place, asked.place, asked.year, asked.day, asked.day],
    )
    here = {s.urn for s in asked.state.schools.values() if s.place == asked.place}
    sent = {(c.school, c.year) for c in asked.state.snapshot.coverage if c.table == "roll" and c.school in here}
    # Nobody is in such a row: without a year group it counts no child.
    signs = [Enrolment(-urn, urn, year, None, None, None) for urn, year in sorted(sent)]
    return [*signs, *(Enrolment(*row) for row in rows)]


def registered(of: str, statuses: Sequence[str]) -> str:
    """SQL for a row registered in one of these ways; no way given means at this school only."""
    return f"({of}.status IS NULL OR {of}.status IN ({_listed(statuses)}))"


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)
