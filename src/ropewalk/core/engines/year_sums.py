"""Sums of a whole academic year, made once and read by every plan: pupils' weeks are millions of rows, these few.

They rest on attendance and enrolments of the year alone, and hold all groups, all sessions and all half terms:

- ``year_profile``: a row for each enrolment, with the groups it is in
- ``year_week(school, week, grp, sessions…)``: sessions by school, week and group
- ``year_stay(school, child, year, possible_piece_…, absent_piece_…)``: each enrolment's sessions by half term
- ``year_absent(school, year, grp, …)``: how many enrolments were there, counted and absent, by school and group
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import duckdb

from ropewalk.core.engines.duckdb_engine import create
from ropewalk.core.engines.layout import YEAR_PROFILE, Layout
from ropewalk.core.engines.plan import Plan, over_returns, spans_of
from ropewalk.core.engines.sessions import YEAR_WEEK, Sessions
from ropewalk.core.engines.stays import YEAR_ABSENT, YEAR_STAY, Stays
from ropewalk.core.engines.vocabulary import Step

# Raised by one whenever counting is changed: a test that knows all statements says when.
WAY_OF_COUNTING = 1
# Which relation of a plan for the year each is.
YEAR_SUMS = {YEAR_PROFILE: "profile", YEAR_WEEK: "week_by_group", YEAR_STAY: "stay", YEAR_ABSENT: "stay_year"}


def way_of_counting(year: str) -> str:
    """A text that differs whenever the sums or counts of a year would come out otherwise from the same facts."""
    return f"{WAY_OF_COUNTING} {spans_of(year)}"


def make_year_sums(con: duckdb.DuckDBPyConnection, year: str) -> None:
    """Make the sums of one year as tables, over the relations assembled in ``con``."""
    steps = list(_steps(year))
    for step in steps:
        con.execute(create(step))
    for name, step_name in YEAR_SUMS.items():
        con.execute(f'DROP TABLE IF EXISTS "{name}"')
        con.execute(f'ALTER TABLE "{step_name}" RENAME TO "{name}"')
    for step in steps:
        if step.name not in YEAR_SUMS.values():
            con.execute(f'DROP {"TABLE" if step.kept else "VIEW"} "{step.name}"')


def _steps(year: str) -> Iterator[Step]:
    layout = Layout(Plan(measures=over_returns(), spans=spans_of(year), today=date.max))
    yield from layout.profile_steps()
    yield from Sessions(layout).week_steps()
    stays = Stays(layout)
    yield from stays.stay_steps()
    yield from stays.group_steps()
