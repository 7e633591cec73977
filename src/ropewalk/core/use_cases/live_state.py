"""All that schools' returns say at one moment, counted and held in memory for as long as pages ask for it.

The facts are assembled once and every measure worked out for every period, level and group; pages then read single
cells. Nothing of it is written anywhere.
"""

from __future__ import annotations

import hashlib
import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from sqlglot import exp

from ropewalk.core.engines.duckdb_engine import Worked, work_out
from ropewalk.core.engines.grouping import CODES, GROUP_IDS
from ropewalk.core.engines.plan import Count, Level, Plan, Span, over_returns, to_date, usual_spans
from ropewalk.core.errors import NotFound
from ropewalk.core.facts.catalogue import Snapshot
from ropewalk.core.facts.layout import ATTENDANCE
from ropewalk.core.facts.memory import in_memory
from ropewalk.core.facts.store import Facts, believed
from ropewalk.core.identity.links import children
from ropewalk.core.schema.calendar import academic_year, week_of
from ropewalk.core.schema.figure import Source
from ropewalk.core.schema.places import place_by_code
from ropewalk.core.use_cases.sent import sent_by
from ropewalk.core.use_cases.year_sums import (
    assemble_for_pages,
    make_what_is_missing,
    open_year_counts,
    open_year_sums,
)
from ropewalk.core.views.live import Known, Scope, ScopeKind, Sharing, slug

Thing = TypeVar("Thing")
# Registers that reach the last weeks of June tell the whole year's story; before that the year is running.
_YEAR_IS_WHOLE_FROM = (6, 24)
# Answers hold hundreds of figures each.
KEPT_ANSWERS = 96


@dataclass(frozen=True, slots=True)
class LiveSchool:
    """A school with facts, as the register names it."""

    urn: int
    name: str
    place: str
    phase: str
    trust: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Cells:
    """Which counts are wanted; an empty part wants all."""

    level: Level
    keys: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()


def state_token(facts: Facts, as_of: str | None) -> str:
    """A text that differs whenever what was known at a moment differs: submissions, erasures, links that count."""
    snapshot = facts.snapshot(as_of)
    newest = snapshot.submissions[-1].id if snapshot.submissions else "nothing"
    linked = repr(sorted(children(facts.book, believed(snapshot, as_of)).items()))
    return f"{newest}-{len(snapshot.submissions)}-{snapshot.erased}-{hashlib.sha256(linked.encode()).hexdigest()[:16]}"


class NothingSentError(NotFound):
    """Nobody there has sent anything, or had by the day asked for; the message says who."""


class LiveState:
    """What was known at a moment. Safe to share between threads; ``close`` frees the memory."""

    def __init__(self, facts: Facts, *, today: date, as_of: str | None = None) -> None:
        """Assemble and count; takes as long as the facts are many.

        ``today`` decides which census days are reached; with ``as_of`` (a day as 2026-03-01) that day does. Raises
        InputRefused for a day that cannot be read.
        """
        self.as_of = as_of
        self._lock = threading.RLock()
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        self._statements: dict[tuple[str, ...], str] = {}
        self.sources: dict[Hashable, Source] = {}
        self.con = in_memory()
        self.snapshot = assemble_for_pages(self.con, facts, as_of=as_of)
        self.today = min(today, date.fromisoformat(as_of[:10])) if as_of else today
        self.schools = self._schools()
        self._newest = self._newest_weeks()
        self._worked = self._work_out(facts)

    def _schools(self) -> dict[int, LiveSchool]:
        rows = self.con.execute(
            "SELECT school, name, place, phase, trust FROM school WHERE place IS NOT NULL"
        ).fetchall()
        # As assembled for pages a trust is told apart by its place as well.
        return {
            urn: LiveSchool(urn, name, place, phase, trust.removeprefix(f"{place} ") if trust else None)
            for urn, name, place, phase, trust in rows
        }

    def _newest_weeks(self) -> dict[str, date]:
        """The Monday of the newest week each place has a register of."""
        found: dict[str, date] = {}
        for one in self.snapshot.coverage:
            school = self.schools.get(one.school)
            if one.table == ATTENDANCE.id and school is not None:
                found[school.place] = max(found.get(school.place, date.min), date.fromisoformat(one.last))
        return found

    def _work_out(self, facts: Facts) -> Worked | None:
        years = {one.year for one in self.snapshot.coverage}
        if not years:
            return None
        spans = [*usual_spans(years), *(to_date(academic_year(week), week) for week in set(self._newest.values()))]
        sent = sent_by(self.snapshot)
        counted: frozenset[str] = frozenset()
        if self.as_of is None:
            make_what_is_missing(self.con, facts, self.snapshot, today=self.today)
            # Read for as long as this state stands, which is until the next submission: the files stay that long.
            counted = open_year_counts(self.con, facts, self.snapshot, today=self.today)
        plan = Plan(
            measures=over_returns(),
            spans=tuple(spans),
            today=self.today,
            sent=sent,
            from_year_sums=open_year_sums(self.con, facts, self.snapshot, years),
            counted=counted,
        )
        worked = work_out(self.con, plan)
        self._forget_steps(worked)
        return worked

    def _forget_steps(self, worked: Worked) -> None:
        """Drop what was only needed on the way: pupils' weeks are millions of rows."""
        read = {name for reading in worked.statements.readings for name in reading.sources}
        steps = list(worked.statements.steps())
        # A view needs what it is made from for as long as it is read.
        for step in reversed(steps):
            if step.name in read and not step.kept:
                read |= {table.name for table in step.query.find_all(exp.Table)}
        for step in steps:
            if step.kept and step.name not in read:
                self.con.execute(f'DROP TABLE IF EXISTS "{step.name}"')

    def close(self) -> None:
        """Free the memory."""
        self.con.close()

    def rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Rows of the assembled relations, for counts that are no measure."""
        with self._lock:
            return self.con.execute(query, values).fetchall()

    def kept(self, name: Hashable, make: Callable[[], Thing]) -> Thing:
        """An answer, worked out once for this state."""
        with self._lock:
            if name not in self._answers:
                self._answers[name] = make()
            self._answers.move_to_end(name)
            while len(self._answers) > KEPT_ANSWERS:
                self._answers.popitem(last=False)
            found: Thing = self._answers[name]
        return found

    @property
    def spans(self) -> tuple[Span, ...]:
        """Every period that was counted."""
        return self._worked.plan.spans if self._worked else ()

    @property
    def number(self) -> Mapping[Span, int]:
        """The number by which counts name each period."""
        return self._worked.number if self._worked else {}

    def counts(self, wanted: Cells) -> list[Count]:
        """The counts asked for, in no order."""
        if self._worked is None:
            return []
        statement = self.statement(wanted.measures)
        numbers = [self.number[span] for span in self.spans if not wanted.periods or span.id in wanted.periods]
        conditions = [
            ("level", [wanted.level.value]),
            ("key", wanted.keys),
            ("phase", wanted.phases),
            ("grp", [CODES[group] for group in wanted.groups if group in CODES]),
            ("span", numbers if wanted.periods else ()),
        ]
        asked = [(column, list(values)) for column, values in conditions if values]
        if (wanted.periods and not numbers) or (wanted.groups and not conditions[3][1]):
            return []
        where = " AND ".join(f"{column} IN ({', '.join('?' * len(values))})" for column, values in asked)
        rows = self.rows(
            f"SELECT * FROM ({statement}) WHERE {where}",  # noqa: S608 - the engine's own statement
            [value for _, values in asked for value in values],
        )
        spans = self._worked.spans
        return [
            Count(level, key, measure, phase, GROUP_IDS[group], spans[span].id, numerator, denominator)
            for level, key, measure, phase, group, span, numerator, denominator in rows
        ]

    def statement(self, measures: tuple[str, ...] = ()) -> str:
        """The engine's statement for the counts of some measures, or all; writing it takes longer than most answers.

        Columns: level, key, measure, phase, grp, span, numerator, denominator. Raises ValueError for none.
        """
        if measures not in self._statements:
            query = self._worked.query(measures) if self._worked else None
            if query is None:
                raise ValueError(f"None of {', '.join(measures)} is counted from returns.")
            self._statements[measures] = query
        return self._statements[measures]

    def places(self) -> list[Sharing]:
        """Places with schools that have sent something, by name."""
        found = Counter(school.place for school in self.schools.values())
        sharing = [Sharing(place_by_code(code), count) for code, count in found.items()]
        return sorted(sharing, key=lambda one: one.place.name)

    def place(self, code: str) -> Scope:
        """The place of a code. Raises NotFound for no place, NothingSentError when no school there sent."""
        place = place_by_code(code)
        if not any(school.place == code for school in self.schools.values()):
            raise NothingSentError(f"No school of {place.name} has sent anything{self._then}.")
        return Scope(ScopeKind.PLACE, code, place.name, place)

    def school(self, urn: str) -> Scope:
        """A school. Raises NothingSentError when it has sent nothing."""
        found = self.schools.get(int(urn)) if urn.isdigit() else None
        if found is None:
            raise NothingSentError(f"No school with the number {urn} has sent anything{self._then}.")
        return self.scope_of(found)

    def scope_of(self, school: LiveSchool) -> Scope:
        """A school as what figures are of."""
        place = place_by_code(school.place)
        return Scope(ScopeKind.SCHOOL, str(school.urn), school.name, place, school.phase, school.trust)

    def trust(self, slug: str, code: str) -> Scope:
        """The schools of a trust in a place. Raises NotFound where there are none."""
        for scope in self.trusts(self.place(code)):
            if scope.id == slug:
                return scope
        raise NotFound(f"No school of a trust called '{slug}' has sent anything in that place{self._then}.")

    def trusts(self, place: Scope) -> list[Scope]:
        """The trusts of a place whose schools have sent something, by name."""
        names = sorted({s.trust for s in self.schools.values() if s.place == place.id and s.trust})
        return [Scope(ScopeKind.TRUST, slug(name), name, place.place, None, name) for name in names]

    def schools_of(self, scope: Scope) -> list[LiveSchool]:
        """The schools behind the figures of a scope, by name."""
        if scope.kind is ScopeKind.SCHOOL:
            return [self.schools[int(scope.id)]]
        here = [s for s in self.schools.values() if s.place == scope.place.code]
        here = [s for s in here if scope.kind is ScopeKind.PLACE or s.trust == scope.trust]
        return sorted(here, key=lambda school: (school.name, school.urn))

    def known(self, scope: Scope) -> Known:
        """What was known of a scope's place."""
        urns = {school.urn for school in self.schools_of(scope)}
        years = sorted({c.year for c in self.snapshot.coverage if c.school in urns}, reverse=True)
        week = self._newest.get(scope.place.code)
        behind = {c.sequence for c in self.snapshot.coverage if c.school in urns}
        recorded = max((s.recorded_at for s in self.snapshot.submissions if s.sequence in behind), default="")
        so_far = _running(week) if week else None
        return Known(self.as_of, recorded, week_of(week) if week else None, so_far, tuple(years))

    def newest_week(self, scope: Scope) -> date | None:
        """The Monday of the newest week of the place with a register."""
        return self._newest.get(scope.place.code)

    @property
    def _then(self) -> str:
        return f" by {self.as_of}" if self.as_of else ""


def key_of(scope: Scope) -> tuple[Level, str]:
    """Level and key under which the counts of a scope stand."""
    if scope.kind is ScopeKind.TRUST:
        return Level.TRUST, f"{scope.place.code} {scope.trust}"
    return (Level.PLACE if scope.kind is ScopeKind.PLACE else Level.SCHOOL), scope.id


def receipts_behind(
    snapshot: Snapshot, schools: Iterable[int], tables: Iterable[str], years: Iterable[str]
) -> dict[int, set[int]]:
    """Submissions (by sequence) that hold rows of these schools, fact tables and years, with the schools of each."""
    wanted = (set(schools), set(tables), set(years))
    found: dict[int, set[int]] = {}
    for one in snapshot.coverage:
        if one.school in wanted[0] and one.table in wanted[1] and one.year in wanted[2]:
            found.setdefault(one.sequence, set()).add(one.school)
    return found


def _running(week: date) -> str | None:
    year = academic_year(week)
    if week + timedelta(days=6) >= date(int(year[:4]) + 1, *_YEAR_IS_WHOLE_FROM):
        return None
    return to_date(year, week).id
