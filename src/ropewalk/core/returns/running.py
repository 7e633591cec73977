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
    sent = set(kinds_sent(con))
    for check in checks:
        progress(check.title)
        for query in check.queries:
            if query.kind in sent:
                run_query(con, check, query)


def kinds_sent(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The kinds of return of which there are rows, raw or typed."""
    raw = {f"raw_{kind}": kind for kind in RETURN_FILES}
    tables = raw | {kind: kind for kind in EXTRA}
    asked = " UNION ALL ".join(f"(SELECT '{kind}' FROM {table} LIMIT 1)" for table, kind in tables.items())  # noqa: S608
    found = {kind for (kind,) in con.execute(asked).fetchall()}
    return [kind for kind in RETURN_FILES if kind in found]


def run_query(con: duckdb.DuckDBPyConnection, check: Check, query: Query) -> None:
    """Put what one query finds into ``problem``."""
    # By name: a query may give a detail or not.
    con.execute(
        f"INSERT INTO problem BY NAME SELECT DISTINCT *, ? AS check_id, ? AS column_name FROM ({query.sql})",  # noqa: S608
        [check.id, query.column],
    )


def refused_lines_sql() -> str:
    """SQL for the lines that are set aside: ``file`` and ``line``."""
    refusing = ", ".join(f"'{check.id}'" for check in all_checks().values() if check.severity is Severity.REFUSED)
    return f"SELECT DISTINCT file, line FROM problem WHERE line IS NOT NULL AND check_id IN ({refusing or 'NULL'})"  # noqa: S608
