"""Where one child was on roll, across schools and trusts, from the rolls and registers known at a moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from ropewalk.core.disclosure import for_those_who_see_returns
from ropewalk.core.errors import NotFound
from ropewalk.core.measures import measure
from ropewalk.core.measures.meaning import AbsenceShare
from ropewalk.core.schema.places import Place, place_by_code
from ropewalk.core.use_cases.child_history_rolls import gaps_of, overlaps_of, stays_of
from ropewalk.core.use_cases.live_movement import day_looked_at
from ropewalk.core.use_cases.live_state import LiveState
from ropewalk.core.use_cases.store import Reader
from ropewalk.core.views.child_history import (
    ChildHistory,
    RollRow,
    RollSessions,
    SchoolNamed,
    Sessions,
    YearSessions,
)
from ropewalk.core.views.live import Scope

OFFICIAL, FOLLOWING = "persistent_absence", "persistent_absence_of_children"
# School, academic year, possible sessions, sessions missed.
Counted = tuple[int, str, int, int]


def child_history(state: LiveState, scope: Scope, number: int, *, register: Reader | None = None) -> ChildHistory:
    """All stays of a child who is or was on a roll of the place; ``number`` is that of any of the child's records.

    ``register`` names schools that sent nothing. Raises NotFound for a number no roll of the place knows.
    """
    child, records = _child(state, number)
    rows = _rows(state, child)
    if not any(_is_in(state, row.school, scope) for row in rows):
        raise NotFound(f"No roll of {scope.name} has a child with the number {number}.")
    day = day_looked_at(state, scope, state.known(scope).years[0])
    sent = {(one.school, one.year) for one in state.snapshot.coverage if one.table == "roll"}
    stays = stays_of(rows, sent, day)
    counted = _sessions(state, child)
    named = {row.school for row in rows} | {school for school, *_ in counted}
    named |= {row.destination for row in rows if row.destination is not None}
    return ChildHistory(
        child=child,
        records=records,
        day=day,
        stays=stays,
        gaps=gaps_of(stays, {school for school, _ in sent}, day),
        overlaps=overlaps_of(stays),
        years=years_of(counted, _places(state), state.known(scope).running),
        schools=_named(state, named, register),
        released=for_those_who_see_returns([]),
    )


def _child(state: LiveState, number: int) -> tuple[int, tuple[int, ...]]:
    """The child a record belongs to, and all records of that child on any roll."""
    found = state.rows("SELECT DISTINCT child FROM enrolment WHERE record = ? OR child = ?", [number, number])
    if not found:
        raise NotFound(f"No roll has a child with the number {number}.")
    [child] = {row[0] for row in found}
    records = state.rows("SELECT DISTINCT record FROM enrolment WHERE child = ? ORDER BY record", [child])
    return child, tuple(row[0] for row in records)


def _rows(state: LiveState, child: int) -> list[RollRow]:
    rows = state.rows(
        "SELECT school, record, year, start, leaving, status, year_group, leaving_reason, destination "
        "FROM enrolment WHERE child = ?",
        [child],
    )
    return [RollRow(*row) for row in rows]


def _is_in(state: LiveState, school: int, scope: Scope) -> bool:
    return school in state.schools and state.schools[school].place == scope.place.code


def _sessions(state: LiveState, child: int) -> list[Counted]:
    return [
        (school, year, int(possible), int(missed))
        for school, year, possible, missed in state.rows(
            "SELECT school, year, sum(possible), sum(authorised + unauthorised) FROM attendance WHERE child = ? "
            "GROUP BY school, year ORDER BY year, school",
            [child],
        )
    ]


def _places(state: LiveState) -> dict[int, str]:
    return {school.urn: school.place for school in state.schools.values()}


def years_of(counted: Iterable[Counted], places: dict[int, str], running: str | None) -> tuple[YearSessions, ...]:
    """Sessions by academic year, newest first: on each roll, and over all rolls of each place.

    ``places`` gives the place of each school by its ONS code; ``running`` is the year that is not over.
    """
    by_year: dict[str, list[tuple[int, Sessions]]] = {}
    for school, year, possible, missed in counted:
        by_year.setdefault(year, []).append((school, Sessions(possible, missed)))
    return tuple(
        YearSessions(year, year == running, _on_rolls(by_year[year]), _together(by_year[year], places))
        for year in sorted(by_year, reverse=True)
    )


def _on_rolls(rolls: Sequence[tuple[int, Sessions]]) -> tuple[RollSessions, ...]:
    return tuple(RollSessions(school, sessions, _persistent(sessions, OFFICIAL)) for school, sessions in rolls)


def _together(
    rolls: Sequence[tuple[int, Sessions]], places: dict[int, str]
) -> tuple[tuple[Place, Sessions, bool | None], ...]:
    by_place: dict[str, list[Sessions]] = {}
    for school, sessions in rolls:
        if school in places:
            by_place.setdefault(places[school], []).append(sessions)
    found = []
    for code in sorted(by_place):
        added = Sessions(sum(one.possible for one in by_place[code]), sum(one.missed for one in by_place[code]))
        found.append((place_by_code(code), added, _persistent(added, FOLLOWING)))
    return tuple(found)


def _persistent(sessions: Sessions, measure_id: str) -> bool | None:
    """Whether a measure counts these sessions as persistent absence; ``None`` without a possible session."""
    meaning = measure(measure_id).meaning
    share = meaning.at_least if isinstance(meaning, AbsenceShare) else Fraction(1, 10)
    return sessions.missed >= share * sessions.possible if sessions.possible else None


def _named(state: LiveState, urns: Iterable[int], register: Reader | None) -> dict[int, SchoolNamed]:
    """Schools by number: as the returns' schools are known, else as the published register names them."""
    wanted = sorted(urns)
    known = [state.schools[urn] for urn in wanted if urn in state.schools]
    named = {s.urn: SchoolNamed(s.urn, s.name, place_by_code(s.place).name, s.trust, sent=True) for s in known}
    others = [urn for urn in wanted if urn not in named]
    if register is not None and others:
        for s in register.schools(ids=[str(urn) for urn in others]):
            named[int(s.urn)] = SchoolNamed(int(s.urn), s.name, place_by_code(s.place).name, s.trust, sent=False)
    for urn in others:
        named.setdefault(urn, SchoolNamed(urn, f"School {urn}", None, None, sent=False))
    return named
