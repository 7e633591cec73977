"""Who has sent what: for every school of a place which kinds of return, until when, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from ropewalk.core.facts.assembling import assemble
from ropewalk.core.facts.catalogue import Coverage, Snapshot
from ropewalk.core.facts.layout import ATTENDANCE, MOVES, RESULTS, ROLL, SUSPENSIONS
from ropewalk.core.facts.store import Facts
from ropewalk.core.open_data.reading import Reader, School

# Kind of return for each fact table, in the order of the pages. marks.csv counts as a register.
KINDS = {
    ROLL.id: "roll",
    ATTENDANCE.id: "register",
    SUSPENSIONS.id: "suspensions",
    MOVES.id: "moves",
    RESULTS.id: "results",
}
NEEDED = ("roll", "register")


@dataclass(frozen=True, slots=True)
class KindSent:
    """What a school sent of one kind. ``last_day`` is the last day (week, year) any row is about.

    ``weeks`` counts weeks with a register; ``sent_at`` is when the newest submission was recorded, ``receipt`` its id.
    """

    kind: str
    sent_at: str
    receipt: str
    first_day: str
    last_day: str
    years: tuple[str, ...]
    pupils: int
    weeks: int | None = None


@dataclass(frozen=True, slots=True)
class SchoolCoverage:
    """One school: what it sent and which kinds it never sent. ``registered_pupils`` as the published register says."""

    urn: int
    name: str
    phase: str | None
    trust: str | None
    sent: tuple[KindSent, ...]
    missing: tuple[str, ...]
    pupils: int | None
    registered_pupils: int | None

    @property
    def shares(self) -> bool:
        """Whether the school has sent both roll and register."""
        return not set(NEEDED) & set(self.missing)


@dataclass(frozen=True, slots=True)
class PlaceCoverage:
    """A place: its schools, and how many of them, and of their pupils, are covered.

    Counts of schools and pupils are those of the published register where the store has one; ``registered`` says so.
    A school's pupils in the register stand in for those that never sent; where that is not known ``pupils`` is None.
    """

    place: str
    registered: bool
    schools: tuple[SchoolCoverage, ...]
    covered_schools: int
    covered_pupils: int
    pupils: int | None


def place_coverage(facts: Facts, place: str, reader: Reader | None) -> PlaceCoverage:
    """Coverage of a place (ONS code), as of now; ``reader`` reads the published register, None where there is none."""
    with duckdb.connect(config={"threads": 2}) as con:
        snapshot = assemble(con, facts)
        here = {urn for (urn,) in con.execute("SELECT school FROM school WHERE place = ?", [place]).fetchall()}
        phases = dict(con.execute("SELECT school, phase FROM school").fetchall())
        weeks = dict(con.execute("SELECT school, count(DISTINCT week) FROM attendance GROUP BY school").fetchall())
        rolls = dict(con.execute(_ON_ROLL).fetchall())
    listed = {int(school.urn): school for school in (reader.schools(place=place) if reader else [])}
    found = _Found(snapshot, phases, weeks, rolls)
    schools = tuple(_school(urn, listed.get(urn), found) for urn in sorted(here | listed.keys()))
    return _place(place, schools, registered=bool(listed))


# Pupils on roll in the newest year the school sent a roll for.
_ON_ROLL = """
SELECT school, count(DISTINCT child) FILTER (leaving IS NULL)
FROM (SELECT * FROM enrolment QUALIFY year = max(year) OVER (PARTITION BY school)) GROUP BY school"""


@dataclass(frozen=True)
class _Found:
    snapshot: Snapshot
    phases: dict[int, str]
    weeks: dict[int, int]
    rolls: dict[int, int]


def _school(urn: int, registered: School | None, found: _Found) -> SchoolCoverage:
    of_school = [one for one in found.snapshot.coverage if one.school == urn]
    sent = tuple(
        _kind(kind, [one for one in of_school if one.table == table], found, urn)
        for table, kind in KINDS.items()
        if any(one.table == table for one in of_school)
    )
    return SchoolCoverage(
        urn,
        registered.name if registered else f"School {urn}",
        registered.phase if registered else found.phases.get(urn),
        registered.trust if registered else None,
        sent,
        tuple(kind for kind in KINDS.values() if kind not in {one.kind for one in sent}),
        found.rolls.get(urn),
        registered.pupils if registered else None,
    )


def _kind(kind: str, coverage: list[Coverage], found: _Found, urn: int) -> KindSent:
    newest = max(one.sequence for one in coverage)
    submission = next(one for one in found.snapshot.submissions if one.sequence == newest)
    return KindSent(
        kind,
        submission.recorded_at,
        submission.id,
        min(one.first for one in coverage),
        max(one.last for one in coverage),
        tuple(sorted({one.year for one in coverage})),
        max(one.pupils for one in coverage),
        found.weeks.get(urn, 0) if kind == "register" else None,
    )


def _place(place: str, schools: tuple[SchoolCoverage, ...], *, registered: bool) -> PlaceCoverage:
    sharing = [school for school in schools if school.shares]
    known = [school.registered_pupils if school.pupils is None else school.pupils for school in schools]
    return PlaceCoverage(
        place,
        registered,
        schools,
        len(sharing),
        sum(school.pupils or 0 for school in sharing),
        None if None in known else sum(number or 0 for number in known),
    )
