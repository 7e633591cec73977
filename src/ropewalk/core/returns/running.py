"""Running checks: every query of a stage, its findings into ``problem``."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import duckdb

from ropewalk.core.returns.checks import Check, Query, Severity, Stage, all_checks
from ropewalk.core.returns.tables import EXTRA
from ropewalk.core.schema.returns import RETURN_FILES


def checks_of(stage: Stage) -> list[Check]:
    """The checks of a stage, by id."""
    return [check for check in all_checks().values() if check.stage is stage]


def run_stage(con: duckdb.DuckDBPyConnection, stage: Stage, progress: Callable[[str], None] = lambda _: None) -> None:
    """Run all checks of a stage; ``progress`` is told the title of each."""
    run_checks(con, checks_of(stage), progress)


def run_checks(
    con: duckdb.DuckDBPyConnection, checks: Sequence[Check], progress: Callable[[str], None] = lambda _: None
) -> None:
    """Run checks one after the other; kinds of return of which nothing was sent have no problems."""
    sent = {kind for kind in RETURN_FILES if any(_has_rows(con, table) for table in _tables_of(kind))}
    for check in checks:
        progress(check.title)
        for query in check.queries:
            if query.kind in sent:
                run_query(con, check, query)


def _tables_of(kind: str) -> tuple[str, ...]:
    return (f"raw_{kind}", kind) if kind in EXTRA else (f"raw_{kind}",)


def _has_rows(con: duckdb.DuckDBPyConnection, table: str) -> bool:
    return bool(con.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone())  # noqa: S608 - our own table


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
