"""Attendance by hand with DuckDB; the folder of tables is the only argument."""

# ruff: noqa: S608 - all statements are made of our own names

from __future__ import annotations

import sys

import duckdb
from marks_sql import MISSED, PERSISTENT, statements

con = duckdb.connect(config={"threads": 2})
for table in ("mark", "code", "roll", "week", "school"):
    con.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{sys.argv[1]}/{table}/*.parquet')")
for statement in statements("CAST(date_trunc('week', m.day) AS DATE)"):
    con.execute(statement.format(table="TABLE"))
print(*con.execute(MISSED).fetchone(), *con.execute(PERSISTENT).fetchone())
