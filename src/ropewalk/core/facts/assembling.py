"""Assembling what engines read: schools, enrolments, attendance, suspensions, moves and results, as known at a moment.

Relations made in a DuckDB connection:

- ``school(school, name, place, phase, trust)``: every school with facts; place is an ONS code or NULL
- ``enrolment(school, record, child, year, start, leaving, leaving_reason, destination, status, year_group, sex,
  ethnicity, first_language, fsm, disadvantaged, sen, looked_after, child_in_need)``
- ``attendance(school, record, child, year, week, possible, present, approved, authorised, unauthorised, late,
  part_time, suspended, illness)``: sessions
- ``suspension(school, record, child, year, category, start, sessions, reason_1, reason_2, reason_3)``: not cancelled
- ``move(school, record, child, year, kind, to_school, start, review, "end", outcome, agreed_by_parent,
  hours_per_week)``
- ``result(school, record, child, year, assessment, value)``

``child`` is the number all records of one child share. Attendance is a view over the files; nothing is copied.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import duckdb

from ropewalk.core.errors import NotFound
from ropewalk.core.facts.catalogue import Snapshot
from ropewalk.core.facts.filling import fill
from ropewalk.core.facts.layout import ATTENDANCE, FACT_TABLES, MOVES, RESULTS, ROLL, SUSPENSIONS
from ropewalk.core.facts.live import LiveFacts, fill_children, live_rows
from ropewalk.core.facts.store import Facts, believed
from ropewalk.core.facts.writing import year_of
from ropewalk.core.identity.links import children
from ropewalk.core.open_data.reading import Reader, School
from ropewalk.core.open_data.store import Store
from ropewalk.core.schema.calendar import first_day
from ropewalk.core.schema.phases import Phase

PHASES = (Phase.PRIMARY, Phase.SECONDARY, Phase.SPECIAL, Phase.ALTERNATIVE)
# Year groups of primary schools, for schools whose phase no register tells.
PRIMARY_YEARS = ("N1", "N2", "R", "1", "2", "3", "4", "5", "6")
_ENROLMENT = (
    "start",
    "leaving",
    "leaving_reason",
    "destination",
    "status",
    "year_group",
    "sex",
    "ethnicity",
    "first_language",
    "fsm",
    "disadvantaged",
    "sen",
    "looked_after",
    "child_in_need",
)
_SESSIONS = (
    "possible",
    "present",
    "approved",
    "authorised",
    "unauthorised",
    "late",
    "part_time",
    "suspended",
    "illness",
)
_MOVE = ("kind", "to_school", "start", "review", "end", "outcome", "agreed_by_parent", "hours_per_week")
# Tables whose rows ask for a roll of their year.
_NEED_A_ROLL = frozenset({ATTENDANCE.id, SUSPENSIONS.id, MOVES.id})

# What checks want to know of the return's children at other schools too.
_KNOWN_ANYWHERE = frozenset({ROLL.id, SUSPENSIONS.id})


def assemble(con: duckdb.DuckDBPyConnection, facts: Facts, *, as_of: str | None = None) -> Snapshot:
    """Make the relations in ``con``, as known at a moment (a day as 2026-03-01 means its end; None is now).

    Gives what was live then. Raises InputRefused for a moment that cannot be read.
    """
    snapshot = facts.snapshot(as_of)
    live = LiveFacts(facts, snapshot)
    fill_children(con, live, children(facts.book, believed(snapshot, as_of)))
    _make_enrolments(con, live)
    _make_attendance(con, live)
    _make_events(con, live)
    _make_schools(con, facts, snapshot)
    return snapshot


def _make_enrolments(con: duckdb.DuckDBPyConnection, live: LiveFacts) -> None:
    wanted = _listed(_ENROLMENT)
    con.execute(
        f"CREATE OR REPLACE TABLE live_roll AS SELECT school, record, child, year, {wanted} "  # noqa: S608
        f"FROM ({live_rows(con, live, ROLL, ['school', 'record', 'year', *_ENROLMENT])})"
    )
    standing_in = stand_ins(live.snapshot)
    sql = "SELECT * FROM live_roll"
    if standing_in:
        _fill_stand_ins(con, standing_in)
        sql += (
            f" UNION ALL SELECT r.school, r.record, r.child, s.year, {_listed(_ENROLMENT, 'r')} "  # noqa: S608
            "FROM live_roll AS r JOIN live_stand_in AS s ON r.school = s.school AND r.year = s.taken_from "
            "WHERE r.start < s.after AND (r.leaving IS NULL OR r.leaving >= s.first)"
        )
    con.execute(f"CREATE OR REPLACE VIEW enrolment AS {sql}")


def stand_ins(snapshot: Snapshot) -> list[tuple[int, str, str]]:
    """School, year without a roll of its own though it has attendance or events, and the year whose roll stands in.

    The nearest year does; of two equally near ones the later, which knows whoever joined.
    """
    rolls: dict[int, set[str]] = {}
    needed: dict[int, set[str]] = {}
    for one in snapshot.coverage:
        kind = rolls if one.table == ROLL.id else needed if one.table in _NEED_A_ROLL else {}
        kind.setdefault(one.school, set()).add(one.year)
    return [
        (school, year, min(rolls[school], key=lambda known: (abs(int(known[:4]) - int(year[:4])), -int(known[:4]))))
        for school in sorted(needed.keys() & rolls.keys())
        for year in sorted(needed[school] - rolls[school])
    ]


def _fill_stand_ins(con: duckdb.DuckDBPyConnection, found: Sequence[tuple[int, str, str]]) -> None:
    fill(
        con,
        "live_stand_in",
        {
            "school": ("INTEGER", [school for school, _, _ in found]),
            "year": ("VARCHAR", [year for _, year, _ in found]),
            "taken_from": ("VARCHAR", [year for _, _, year in found]),
            "first": ("DATE", [first_day(year) for _, year, _ in found]),
            "after": ("DATE", [_after(year) for _, year, _ in found]),
        },
    )


def _make_attendance(con: duckdb.DuckDBPyConnection, live: LiveFacts) -> None:
    rows = live_rows(con, live, ATTENDANCE, ["school", "record", "week", *_SESSIONS])
    years = sorted({one.year for one in live.snapshot.coverage if one.table == ATTENDANCE.id})
    con.execute(
        f"CREATE OR REPLACE VIEW attendance AS SELECT school, record, child, {_year_of_week(years)} AS year, "  # noqa: S608
        f"week, {_listed(_SESSIONS)} FROM ({rows})"
    )


def _year_of_week(years: Sequence[str]) -> str:
    """SQL for the academic year of a week: a few comparisons, for millions of rows cheaper than writing it."""
    if not years:
        return "CAST(NULL AS VARCHAR)"
    cases = " ".join(f"WHEN week < DATE '{_after(year)}' THEN '{year}'" for year in years)
    return f"CASE {cases} END"


def _make_events(con: duckdb.DuckDBPyConnection, live: LiveFacts) -> None:
    con.execute(
        f"CREATE OR REPLACE TABLE suspension AS SELECT school, record, child, {year_of('start')} AS year, "  # noqa: S608
        f"category, start, sessions, reason_1, reason_2, reason_3 FROM ({live_rows(con, live, SUSPENSIONS)}) "
        "WHERE cancelled IS NOT TRUE"
    )
    con.execute(
        f"CREATE OR REPLACE TABLE move AS SELECT school, record, child, {year_of('start')} AS year, "  # noqa: S608
        f"{_listed(_MOVE)} FROM ({live_rows(con, live, MOVES)})"
    )
    con.execute(
        "CREATE OR REPLACE TABLE result AS SELECT school, record, child, year, assessment, value "  # noqa: S608
        f"FROM ({live_rows(con, live, RESULTS)})"
    )


def _make_schools(con: duckdb.DuckDBPyConnection, facts: Facts, snapshot: Snapshot) -> None:
    urns = sorted({one.school for one in snapshot.coverage})
    registered = {int(school.urn): school for school in registered_schools(facts, urns)}
    places = {one.school: one.place for one in snapshot.places if one.place is not None}
    taught = _phase_by_year_groups(con)
    rows = [
        _school_row(urn, registered.get(urn), places.get(urn), taught.get(urn, Phase.SECONDARY.value)) for urn in urns
    ]
    names = ("school", "name", "place", "phase", "trust")
    fill(
        con,
        "school",
        {name: ("VARCHAR" if place else "INTEGER", [row[place] for row in rows]) for place, name in enumerate(names)},
    )


def registered_schools(facts: Facts, urns: Iterable[int]) -> list[School]:
    """What the published register of the same store says of these schools; nothing where the store has none."""
    wanted = [str(urn) for urn in urns]
    if not wanted:
        return []
    try:
        reader = Reader(Store(facts.root))
    except NotFound:
        return []
    try:
        return reader.schools(ids=wanted)
    finally:
        reader.close()


def _school_row(
    urn: int, registered: School | None, place: str | None, taught: str
) -> tuple[int, str, str | None, str, str | None]:
    if registered is None:
        return urn, f"School {urn}", place, taught, None
    phase = registered.phase if registered.phase in PHASES else taught
    return urn, registered.name, registered.place, phase, registered.trust


def _phase_by_year_groups(con: duckdb.DuckDBPyConnection) -> dict[int, str]:
    primary = ", ".join(f"'{year}'" for year in PRIMARY_YEARS)
    rows = con.execute(
        f"SELECT school, count(*) FILTER (year_group IN ({primary})) * 2 > count(year_group) FROM live_roll "  # noqa: S608
        "GROUP BY school HAVING count(year_group) > 0"
    ).fetchall()
    return {school: (Phase.PRIMARY if young else Phase.SECONDARY).value for school, young in rows}


def fill_known(con: duckdb.DuckDBPyConnection, facts: Facts, schools: Iterable[int]) -> Snapshot:
    """Make ``known_roll`` … of a return's tables: the live facts of its schools.

    Of its children (``pupil_record`` filled) also the enrolments and suspensions at other schools. The tables made
    empty with the others give way to views; only what a check asks for is read.
    """
    snapshot = facts.snapshot()
    live = LiveFacts(facts, snapshot, prefix="known_live_")
    fill_children(con, live, children(facts.book, believed(snapshot, None)))
    con.execute(
        "CREATE OR REPLACE TEMP TABLE known_live_child AS SELECT DISTINCT coalesce(child, record) AS child "
        "FROM pupil_record LEFT JOIN known_live_child_of USING (record) WHERE record IS NOT NULL"
    )
    here = sorted({int(school) for school in schools})
    anywhere = f"school IN ({', '.join(map(str, here)) or 'NULL'}) OR child IN (SELECT child FROM known_live_child)"  # noqa: S608
    for table in FACT_TABLES.values():
        if table.id in _KNOWN_ANYWHERE:
            sql = f"SELECT * FROM ({live_rows(con, live, table)}) WHERE {anywhere}"  # noqa: S608 - our own SQL
        else:
            sql = live_rows(con, live, table, schools=here)
        con.execute(f"DROP TABLE IF EXISTS known_{table.id}")
        con.execute(f"CREATE OR REPLACE TEMP VIEW known_{table.id} AS {sql}")
    return snapshot


def _listed(names: Iterable[str], of: str = "") -> str:
    return ", ".join(f'{of}."{name}"' if of else f'"{name}"' for name in names)


def _after(year: str) -> date:
    """The first day after an academic year."""
    return date(int(year[:4]) + 1, 8, 1)
