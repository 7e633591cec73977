"""One return from files to typed, checked rows: every problem at once, nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import duckdb

from ropewalk.core.returns.checks import Stage
from ropewalk.core.returns.running import checks_of, run_checks, run_stage
from ropewalk.core.returns.setting_aside import keep_refused_text, set_aside
from ropewalk.core.returns.staging import stage
from ropewalk.core.returns.typing import type_rows
from ropewalk.core.returns.understanding import understand

# URN, name, place, phase, trust, LAESTAB.
School = tuple[int, str, str | None, str | None, str | None, str | None]
# Lines that were never meant as rows: no other rule need look at them.
NO_ROWS = ("header_repeated", "example_left_in")
# Rules that compare rows with each other look only at lines that are kept.
BETWEEN_ROWS = ("row_repeated", "row_contradicts")


def read_return(  # noqa: PLR0913 - a return is read in one place and one moment
    con: duckdb.DuckDBPyConnection,
    paths: Sequence[Path],
    *,
    scratch: Path,
    year: str | None,
    today: date,
    schools: Sequence[School] = (),
    progress: Callable[[str], None] = lambda _: None,
) -> None:
    """Read files into the typed tables of a connection made by ``open_tables``, with all checks but those of history.

    ``schools`` are rows of the published register (the columns of the table ``school``); ``year`` is the academic year
    the roll describes, where it was told. Raises InputRefused for paths that cannot be opened; all else stands in
    ``problem``.
    """
    con.execute("INSERT INTO context VALUES (?)", [today])
    if schools:
        columns = [list(column) for column in zip(*schools, strict=True)]
        con.execute(
            "INSERT INTO school SELECT unnest(?), unnest(?), unnest(?), unnest(?), unnest(?), unnest(?)",
            columns,
        )
    stage(con, paths, scratch=scratch, progress=progress)
    check_cells(con, progress)
    progress("Understanding the rows")
    type_rows(con, year=year, today=today)
    run_stage(con, Stage.PLAUSIBLE, progress)


def check_cells(con: duckdb.DuckDBPyConnection, progress: Callable[[str], None] = lambda _: None) -> None:
    """Check staged rows one by one and with each other, and set aside those that cannot be counted."""
    run_stage(con, Stage.SHAPED, progress)
    set_aside(con, NO_ROWS)
    understand(con)
    rules = checks_of(Stage.VALID)
    run_checks(con, [rule for rule in rules if rule.id not in BETWEEN_ROWS], progress)
    set_aside(con)
    run_checks(con, [rule for rule in rules if rule.id in BETWEEN_ROWS], progress)
    set_aside(con)
    keep_refused_text(con)
