"""Attendance by hand with DuckDB over one row for each pupil and week, for every school and single group.

Arguments: the folder of the store, and a folder for what does not fit into memory.
"""

# ruff: noqa: S608 - all statements are made of our own names

from __future__ import annotations

import sys

import duckdb
from marks_sql import ATTRIBUTES, KINDS

con = duckdb.connect(config={"threads": 2, "memory_limit": "6GB", "temp_directory": sys.argv[2]})
for table in ("attendance", "roll"):
    con.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{sys.argv[1]}/facts/{table}/*.parquet')")
attributes = ", ".join(ATTRIBUTES)
sums = ", ".join(f"sum({kind}) AS {kind}" for kind in ("possible", *KINDS))
con.execute(f"CREATE TABLE pupil AS SELECT school, record, {sums} FROM attendance GROUP BY school, record")
known = ", ".join(f"coalesce(CAST({one} AS VARCHAR), '') AS {one}" for one in ATTRIBUTES)
con.execute(
    f"CREATE TABLE wide AS SELECT p.*, {known} FROM pupil AS p "
    "JOIN roll AS r ON p.school = r.school AND p.record = r.record"
)
sets = ", ".join(["(school)", *(f"(school, {one})" for one in ATTRIBUTES)])
missed = "authorised + unauthorised"
con.execute(
    f"CREATE TABLE cell AS SELECT school, {attributes}, {sums}, count(*) FILTER (possible > 0) AS enrolments, "
    f"count(*) FILTER (possible > 0 AND ({missed}) * 10 >= possible) AS persistent, "
    f"count(*) FILTER (possible > 0 AND ({missed}) * 2 >= possible) AS severe "
    f"FROM wide GROUP BY GROUPING SETS ({sets})"
)
everybody = " AND ".join(f"{one} IS NULL" for one in ATTRIBUTES)
print(*con.execute(f"SELECT sum({missed}), sum(persistent) FROM cell WHERE {everybody}").fetchone())
