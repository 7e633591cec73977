"""Running checks: every query of a stage, its findings into ``problem``."""

from __future__ import annotations

from collections.abc import Callable

import duckdb

from ropewalk.core.returns.checks import Check, Query, Severity, Stage, all_checks


def checks_of(stage: Stage) -> list[Check]:
    """The checks of a stage, by id."""
    return [check for check in all_checks().values() if check.stage is stage]


def run_stage(con: duckdb.DuckDBPyConnection, stage: Stage, progress: Callable[[str], None] = lambda _: None) -> None:
    """Run all checks of a stage; ``progress`` is told the title of each."""
    for check in checks_of(stage):
        progress(check.title)
        for query in check.queries:
            run_query(con, check, query)


def run_query(con: duckdb.DuckDBPyConnection, check: Check, query: Query) -> None:
    """Put what one query finds into ``problem``."""
    # Whether the query gives a detail is asked of the database, not of the declaration.
    names = [row[0] for row in con.execute(f"DESCRIBE {query.sql}").fetchall()]
    detail = "CAST(detail AS VARCHAR)" if "detail" in names else "NULL"
    con.execute(
        f"INSERT INTO problem SELECT DISTINCT file, line, ?, ?, {detail} FROM ({query.sql})",  # noqa: S608 - our own SQL
        [check.id, query.column],
    )


def refused_lines_sql() -> str:
    """SQL for the lines that are set aside: ``file`` and ``line``."""
    refusing = ", ".join(f"'{check.id}'" for check in all_checks().values() if check.severity is Severity.REFUSED)
    return f"SELECT DISTINCT file, line FROM problem WHERE line IS NOT NULL AND check_id IN ({refusing or 'NULL'})"  # noqa: S608
