"""Small tables filled from Python's own lists.

Not through Arrow: DuckDB would look for every library that might hold a table, and loading those takes seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import duckdb

_BATCH = 50_000


def fill(
    con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, tuple[str, Iterable[object]]], *, new: bool = True
) -> None:
    """Make a table of columns (name: type and values, all equally many); not ``new``: put rows into one."""
    if new:
        declared = ", ".join(f"{name} {kind}" for name, (kind, _) in columns.items())
        con.execute(f"CREATE OR REPLACE TABLE {table} ({declared})")
    values = [list(listed) for _, listed in columns.values()]
    taken = ", ".join(f"unnest(CAST(? AS {kind}[]))" for kind, _ in columns.values())
    for start in range(0, len(values[0]), _BATCH):
        part = [listed[start : start + _BATCH] for listed in values]
        con.execute(f"INSERT INTO {table} SELECT {taken}", part)
