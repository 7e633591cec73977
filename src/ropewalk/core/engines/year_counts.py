"""All counts of an academic year that is over, made once: what was is read, what is going on is counted.

``year_count(level, key, measure, phase, grp, period, numerator, denominator)`` holds every measure for every school,
trust and place, every phase, group and period of the year. Counts of a year rest on attendance, enrolments, suspensions
and results of that year, on moves of any year, and on where each school stands; a test holds that nothing else matters.
"""

from __future__ import annotations

from datetime import date

import duckdb

from ropewalk.core.engines.duckdb_engine import YEAR_COUNT, create, work_out
from ropewalk.core.engines.plan import Plan, over_returns, span, spans_of
from ropewalk.core.engines.vocabulary import Step, inline


def year_plan(year: str, sent: frozenset[tuple[int, str]] | None) -> Plan:
    """Everything that can be asked of a year that is over."""
    return Plan(measures=over_returns(), spans=spans_of(year), today=date.max, sent=sent, from_year_sums=True)


def is_over(year: str, today: date) -> bool:
    """Whether every period of a year has ended, so that its counts do not depend on the day."""
    return span(year).last < today


def make_year_counts(con: duckdb.DuckDBPyConnection, year: str, sent: frozenset[tuple[int, str]] | None) -> None:
    """Make ``year_count`` of one year as a table. The relations are assembled in ``con``, the year's sums open."""
    worked = work_out(con, year_plan(year, sent))
    query = worked.query()
    rows = [(one.id, number) for one, number in worked.number.items()]
    con.execute(create(Step("period_of_span", inline(("period", "span"), rows, ("VARCHAR", "INT")))))
    con.execute(
        f'CREATE OR REPLACE TABLE "{YEAR_COUNT}" AS SELECT level, key, measure, phase, grp, period, numerator, '  # noqa: S608 - the engine's own statement
        f"denominator FROM ({query}) JOIN period_of_span USING (span)"
    )
    for step in [*worked.statements.steps()][::-1]:
        con.execute(f'DROP {"TABLE" if step.kept else "VIEW"} IF EXISTS "{step.name}"')
    con.execute("DROP TABLE period_of_span")
