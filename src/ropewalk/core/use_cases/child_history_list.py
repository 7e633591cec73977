"""The children behind the counts of unusual movement, and those on several rolls: numbers of children, no names.

Each list holds exactly as many children of a school as ``live_movement`` counts there; a test sees to that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from ropewalk.core.compare.movement import MOST_DAYS, NEAR_DAYS, REPEATED
from ropewalk.core.compare.no_roll import REASONS_THAT_TELL, children_on_no_roll
from ropewalk.core.disclosure import for_those_who_see_returns
from ropewalk.core.engines.plan import roll_days
from ropewalk.core.engines.rolls import MOVERS, ON_ROLL
from ropewalk.core.errors import NotFound
from ropewalk.core.schema.calendar import first_day, last_day
from ropewalk.core.schema.periods import year_before
from ropewalk.core.use_cases.child_history_rolls import PREVIOUS
from ropewalk.core.use_cases.live_movement import PlaceAsked, day_looked_at, registered, rows_of_the_lost
from ropewalk.core.use_cases.live_state import LiveState
from ropewalk.core.views.child_history import ChildLine, ChildrenKind, ChildrenListed
from ropewalk.core.views.live import Scope

# School, child, day, number: before the year group is known.
Found = tuple[int, int, date | None, int | None]
_HERE = "JOIN school AS s USING (school) WHERE s.place = ?"


def children_listed(state: LiveState, scope: Scope, kind: ChildrenKind, year: str | None = None) -> ChildrenListed:
    """The children of one list in a place, or at one school; without a year in the newest with returns.

    Raises NotFound for a year without returns.
    """
    place = state.place(scope.place.code)
    known = state.known(place)
    chosen = year or (known.years[0] if known.years else "")
    if chosen not in known.years:
        raise NotFound(f"No school of {place.name} sent anything of {chosen or 'any year'}.")
    lists = state.kept(("children", place, chosen), lambda: _lists(state, place, chosen))
    wanted = {school.urn for school in state.schools_of(scope)}
    here = {one: tuple(line for line in lines if line.school in wanted) for one, lines in lists.items()}
    return ChildrenListed(
        scope=scope,
        kind=kind,
        year=chosen,
        day=day_looked_at(state, place, chosen),
        years=known.years,
        counts={one: len(lines) for one, lines in here.items()},
        lines=here[kind],
        names={school.urn: school.name for school in state.schools_of(place)},
        released=for_those_who_see_returns([]),
    )


def _lists(state: LiveState, place: Scope, year: str) -> dict[ChildrenKind, tuple[ChildLine, ...]]:
    """Every list of the place, each in order of school and child."""
    asked = PlaceAsked(state, place.place.code, year, day_looked_at(state, place, year))
    groups = _year_groups(asked)
    names = {school.urn: school.name for school in state.schools_of(place)}
    made = {}
    for kind, rule in _RULES.items():
        found = sorted((one for one in rule(asked) if one[0] in names), key=lambda one: (names[one[0]], one[0], one[1]))
        made[kind] = tuple(
            ChildLine(child, school, groups.get((school, child)), day, number) for school, child, day, number in found
        )
    return made


def _year_groups(asked: PlaceAsked) -> dict[tuple[int, int], str | None]:
    """Year group by school and child, from the newest roll up to the year."""
    rows = asked.state.rows(
        f"SELECT e.school, e.child, arg_max(e.year_group, e.year) FROM enrolment AS e {_HERE} AND e.year <= ? "  # noqa: S608 - our own names
        "GROUP BY ALL",
        [asked.place, asked.year],
    )
    return {(school, child): group for school, child, group in rows}


def _on_no_roll(asked: PlaceAsked) -> list[Found]:
    """Without a day of leaving the roll of its year vouches for the child until that year is over."""
    lost = [one.last for one in children_on_no_roll(rows_of_the_lost(asked), asked.day) if not one.said_where]
    return [(row.school, row.child, min(row.leaving or last_day(row.year), asked.day), None) for row in lost]


def _two_sole_rolls(asked: PlaceAsked) -> list[Found]:
    """At each of the two schools: the first day of the year on both rolls, and on how many days."""
    begin, end = first_day(asked.year), last_day(asked.year)
    return asked.state.rows(
        "WITH sole AS (SELECT school, child, greatest(start, ?) AS first, least(leaving, ?) AS last "
        "FROM enrolment WHERE year = ? AND coalesce(status, 'C') = 'C') "
        "SELECT e.school, e.child, min(greatest(e.first, o.first)), "
        "CAST(max(least(e.last, o.last) - greatest(e.first, o.first)) + 1 AS INTEGER) "
        "FROM sole AS e JOIN sole AS o USING (child) JOIN school AS s ON s.school = e.school WHERE s.place = ? "
        "AND e.school <> o.school AND greatest(e.first, o.first) <= least(e.last, o.last) GROUP BY ALL",
        [begin, end, asked.year, asked.place],
    )


def _several_rolls(asked: PlaceAsked) -> list[Found]:
    """On the day at more than one school, in whatever way registered: how many rolls."""
    return asked.state.rows(
        "WITH on_day AS (SELECT DISTINCT school, child FROM enrolment WHERE year = ? "  # noqa: S608 - our own names
        "AND (start IS NULL OR start <= ?) AND (leaving IS NULL OR leaving >= ?) "
        f"AND coalesce(status, '') <> '{PREVIOUS}'), "
        "many AS (SELECT child, CAST(count(*) AS INTEGER) AS rolls FROM on_day GROUP BY child HAVING count(*) > 1) "
        f"SELECT d.school, d.child, NULL, m.rolls FROM on_day AS d JOIN many AS m USING (child) {_HERE}",
        [asked.year, asked.day, asked.day, asked.place],
    )


def _joiners(asked: PlaceAsked) -> list[Found]:
    return asked.state.rows(
        f"SELECT e.school, e.child, max(e.start), NULL FROM enrolment AS e {_HERE} AND e.year = ? "  # noqa: S608
        f"AND e.start > ? AND e.start <= ? AND {registered('e', MOVERS)} GROUP BY ALL",
        [asked.place, asked.year, roll_days(asked.year).joins_after, last_day(asked.year)],
    )


def _leavers(asked: PlaceAsked) -> list[Found]:
    days = roll_days(asked.year)
    return asked.state.rows(
        f"SELECT e.school, e.child, max(e.leaving), NULL FROM enrolment AS e {_HERE} AND e.year = ? "  # noqa: S608
        f"AND e.leaving >= ? AND e.leaving < ? AND {registered('e', MOVERS)} GROUP BY ALL",
        [asked.place, asked.year, days.leaves_from, days.leaves_before],
    )


def _destination_unknown(asked: PlaceAsked) -> list[Found]:
    days = roll_days(asked.year)
    told = ", ".join(f"'{reason}'" for reason in sorted(REASONS_THAT_TELL))
    return asked.state.rows(
        "WITH gone AS (SELECT e.school, e.child, max(e.leaving) AS leaving, max(e.destination) AS destination "  # noqa: S608 - our own names
        f"FROM enrolment AS e {_HERE} AND e.year = ? AND e.leaving >= ? AND e.leaving < ? "
        f"AND {registered('e', MOVERS)} AND coalesce(e.leaving_reason, '') NOT IN ({told}) GROUP BY ALL) "
        "SELECT g.school, g.child, g.leaving, NULL FROM gone AS g WHERE g.destination IS NULL AND NOT EXISTS ("
        "SELECT 1 FROM enrolment AS o WHERE o.child = g.child AND o.school <> g.school "
        "AND (o.leaving IS NULL OR o.leaving > g.leaving))",
        [asked.place, asked.year, days.leaves_from, days.leaves_before],
    )


def _year_10_to_11(asked: PlaceAsked) -> list[Found]:
    before = year_before(asked.year) or ""
    then, now = roll_days(before).census, min(roll_days(asked.year).census, asked.day)
    both = asked.sent_roll(before) & asked.sent_roll(asked.year)
    rows: list[Found] = asked.state.rows(
        f"SELECT e.school, e.child, max(e.leaving), NULL FROM enrolment AS e {_HERE} AND e.year = ? "  # noqa: S608 - our own names
        "AND e.year_group = '10' AND e.start <= ? AND (e.leaving IS NULL OR e.leaving >= ?) "
        f"AND {registered('e', ON_ROLL)} AND NOT EXISTS (SELECT 1 FROM enrolment AS o WHERE o.school = e.school "
        "AND o.child = e.child AND o.year = ? AND o.start <= ? AND (o.leaving IS NULL OR o.leaving >= ?)) GROUP BY ALL",
        [asked.place, before, then, then, asked.year, now, now],
    )
    return [row for row in rows if row[0] in both]


def _part_time(asked: PlaceAsked) -> list[Found]:
    return asked.state.rows(
        f"SELECT m.school, m.child, min(m.review), NULL FROM move AS m {_HERE} "  # noqa: S608 - our own names
        "AND m.kind = 'part_time_timetable' AND m.start <= ? "
        'AND (m."end" IS NULL OR m."end" >= ?) AND m.review < ? GROUP BY ALL',
        [asked.place, asked.day, asked.day, asked.day],
    )


def _repeated(asked: PlaceAsked) -> list[Found]:
    return asked.state.rows(
        f"SELECT m.school, m.child, NULL, CAST(count(*) AS INTEGER) FROM suspension AS m {_HERE} "  # noqa: S608
        "AND m.year = ? AND m.category = 'SUSP' GROUP BY m.school, m.child HAVING count(*) >= ?",
        [asked.place, asked.year, REPEATED],
    )


def _days_lost(asked: PlaceAsked, wanted: Callable[[float], bool]) -> list[Found]:
    """At the school that suspended the child last: sessions of all its suspensions in the place."""
    rows = asked.state.rows(
        "SELECT arg_max(m.school, (m.start, m.school)), m.child, NULL, "  # noqa: S608 - our own names
        f"CAST(sum(coalesce(m.sessions, 0)) AS INTEGER) FROM suspension AS m {_HERE} AND m.year = ? "
        "AND m.category = 'SUSP' GROUP BY m.child",
        [asked.place, asked.year],
    )
    return [row for row in rows if wanted(row[3] / 2)]


def _past(asked: PlaceAsked) -> list[Found]:
    return _days_lost(asked, lambda days: days > MOST_DAYS)


def _near(asked: PlaceAsked) -> list[Found]:
    return _days_lost(asked, lambda days: NEAR_DAYS <= days <= MOST_DAYS)


_RULES: dict[ChildrenKind, Callable[[PlaceAsked], Iterable[Found]]] = {
    ChildrenKind.ON_NO_ROLL: _on_no_roll,
    ChildrenKind.TWO_SOLE_ROLLS: _two_sole_rolls,
    ChildrenKind.SEVERAL_ROLLS: _several_rolls,
    ChildrenKind.DESTINATION_UNKNOWN: _destination_unknown,
    ChildrenKind.YEAR_10_TO_11: _year_10_to_11,
    ChildrenKind.JOINERS: _joiners,
    ChildrenKind.LEAVERS: _leavers,
    ChildrenKind.PART_TIME_PAST_REVIEW: _part_time,
    ChildrenKind.SUSPENDED_REPEATEDLY: _repeated,
    ChildrenKind.PAST_MOST_DAYS: _past,
    ChildrenKind.NEAR_MOST_DAYS: _near,
}
