"""The engine that runs everywhere: the statements on DuckDB, in the process, over the assembled relations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property

import duckdb
from sqlglot import exp

from ropewalk.core.engines.grouping import CODES, GROUP_IDS
from ropewalk.core.engines.plan import Count, Plan, Span
from ropewalk.core.engines.statements import Statements
from ropewalk.core.engines.vocabulary import Columns, Step, among, col, inline, joined, same, select, union, where

DIALECT = "duckdb"
# Most statements keep one core busy at first and two later.
AT_ONCE = 3
# Counts of years that may be there already: see ``year_counts``.
YEAR_COUNT = "year_count"


@dataclass(frozen=True)
class Worked:
    """Counts that are worked out and still in the database; ``counts`` fetches them.

    ``statements`` are those of the periods whose counts were not there already.
    """

    con: duckdb.DuckDBPyConnection
    plan: Plan
    statements: Statements

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """The periods; the position is the number by which counts in the database name one."""
        live = self.statements.layout.spans
        return (*live, *(span for span in self.plan.known if span not in set(live)))

    @cached_property
    def number(self) -> Mapping[Span, int]:
        """The number of each period."""
        return {span: place for place, span in enumerate(self.spans)}

    def query(self, measures: Sequence[str] = ()) -> str | None:
        """The statement for all counts, or those of some measures; None when there is nothing to count.

        Columns: level, key, measure, phase, grp, span, numerator, denominator.
        """
        live = self.statements.counts(measures)
        parts = [*([live] if live is not None else []), *([self._known(measures)] if self.plan.known else [])]
        return sql(union(parts)) if parts else None

    def counts(self, measures: Sequence[str] = ()) -> Iterator[Count]:
        """Counts of some measures, or all, in no order."""
        query = self.query(measures)
        if query is None:
            return
        cursor = self.con.execute(query)
        while rows := cursor.fetchmany(50_000):
            for level, key, measure, phase, group, span, numerator, denominator in rows:
                yield Count(level, key, measure, phase, GROUP_IDS[group], self.spans[span].id, numerator, denominator)

    def _known(self, measures: Sequence[str]) -> exp.Select:
        """Those that are there already."""
        plan = self.plan
        wanted = [m.id for m in plan.measures if not measures or m.id in measures]
        names = ("level", "key", "measure", "phase", "grp")
        columns: Columns = {**{name: col(name, "k") for name in names}, "span": col("span", "n")}
        columns |= {name: col(name, "k") for name in ("numerator", "denominator")}
        rows = [(span.id, self.number[span]) for span in plan.known]
        numbers = inline(("period", "span"), rows, ("VARCHAR", "INT"))
        query = joined(select(columns, YEAR_COUNT, "k"), numbers, same("k", "n", ["period"]), alias="n")
        query = where(query, among(col("measure", "k"), wanted), among(col("level", "k"), sorted(plan.levels)))
        query = where(query, among(col("phase", "k"), sorted(plan.phases)))
        groups = sorted(CODES[group] for group in plan.groups if group in CODES)
        return query if len(groups) == len(CODES) else where(query, among(col("grp", "k"), groups))


def work_out(con: duckdb.DuckDBPyConnection, plan: Plan, *, progress: Callable[[str], None] = lambda _: None) -> Worked:
    """Work a plan out over the relations in a connection. The counts stay there as tables until they are asked for."""
    known = set(plan.known)
    statements = Statements(replace(plan, spans=tuple(span for span in plan.spans if span not in known)))
    made: dict[str, Future[None]] = {}
    # While DuckDB works on two statements the next ones are written.
    with ThreadPoolExecutor(max_workers=AT_ONCE) as workers:
        for step in statements.steps() if statements.layout.plan.spans else ():
            before = [made[table.name] for table in step.query.find_all(exp.Table) if table.name in made]
            progress(step.name)
            made[step.name] = workers.submit(_make, con.cursor(), create(step), before)
        for done in made.values():
            done.result()
    return Worked(con, plan, statements)


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
