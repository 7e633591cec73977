"""The engine that runs everywhere: the statements on DuckDB, in the process, over the assembled relations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass

import duckdb
from sqlglot import exp

from ropewalk.core.engines.grouping import GROUP_IDS
from ropewalk.core.engines.plan import Count, Plan
from ropewalk.core.engines.statements import Statements
from ropewalk.core.engines.vocabulary import Step

DIALECT = "duckdb"
# Most statements keep one core busy at first and two later.
AT_ONCE = 3


@dataclass(frozen=True)
class Worked:
    """Counts that are worked out and still in the database; ``counts`` fetches them."""

    con: duckdb.DuckDBPyConnection
    statements: Statements

    def counts(self, measures: Sequence[str] = ()) -> Iterator[Count]:
        """Counts of some measures, or all, in no order."""
        query = self.statements.counts(measures)
        if query is None:
            return
        spans = self.statements.layout.spans
        cursor = self.con.execute(sql(query))
        while rows := cursor.fetchmany(50_000):
            for level, key, measure, phase, group, span, numerator, denominator in rows:
                yield Count(level, key, measure, phase, GROUP_IDS[group], spans[span].id, numerator, denominator)


def work_out(con: duckdb.DuckDBPyConnection, plan: Plan, *, progress: Callable[[str], None] = lambda _: None) -> Worked:
    """Work a plan out over the relations in a connection. The counts stay there as tables until they are asked for."""
    statements = Statements(plan)
    made: dict[str, Future[None]] = {}
    # While DuckDB works on two statements the next ones are written.
    with ThreadPoolExecutor(max_workers=AT_ONCE) as workers:
        for step in statements.steps():
            before = [made[table.name] for table in step.query.find_all(exp.Table) if table.name in made]
            progress(step.name)
            made[step.name] = workers.submit(_make, con.cursor(), create(step), before)
        for done in made.values():
            done.result()
    return Worked(con, statements)


def _make(cursor: duckdb.DuckDBPyConnection, statement: str, before: Sequence[Future[None]]) -> None:
    # Those before were taken up earlier, so that whoever waits here is not waited for.
    for done in before:
        done.result()
    with closing(cursor):
        cursor.execute(statement)


def create(step: Step) -> str:
    """The statement that makes the relation of a step."""
    kind = "TABLE" if step.kept else "VIEW"
    return f'CREATE OR REPLACE {kind} "{step.name}" AS {sql(step.query)}'


def sql(query: exp.Expr) -> str:
    """A statement as DuckDB reads it."""
    return query.sql(DIALECT, identify=True)
