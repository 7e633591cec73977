"""The relations engines read, filled from plain rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from ropewalk.core.engines.relations import RELATIONS, Rows


def whole(rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> Rows:
    """Every relation with every column; what a row does not say is None."""
    return {
        name: [{column: row.get(column) for column in columns} for row in rows.get(name, [])]
        for name, columns in RELATIONS.items()
    }


def filled(rows: Rows) -> duckdb.DuckDBPyConnection:
    """A database with the relations as tables."""
    con = duckdb.connect(config={"threads": 1})
    for name, columns in RELATIONS.items():
        listed = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
        con.execute(f"CREATE TABLE {name} ({listed})")
        values = [[row[column] for column in columns] for row in rows[name]]
        if values:
            con.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})", values)  # noqa: S608
    return con
