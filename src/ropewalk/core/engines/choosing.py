"""Which engine counts."""

from __future__ import annotations

import importlib
from collections.abc import Iterable

import duckdb

from ropewalk.core.engines import oracle
from ropewalk.core.engines.duckdb_engine import work_out
from ropewalk.core.engines.plan import Count, Plan
from ropewalk.core.engines.relations import RELATIONS, Rows
from ropewalk.core.errors import InputRefused, Problem

DUCKDB, ORACLE, SPARK = "duckdb", "oracle", "sc://"


def count_with(engine: str, con: duckdb.DuckDBPyConnection, plan: Plan) -> Iterable[Count]:
    """Counts of a plan over the relations assembled in ``con``, in no order.

    ``engine`` is ``duckdb``, ``oracle``, or the address of a Spark Connect server, ``sc://…``. Raises InputRefused
    for any other.
    """
    if engine == DUCKDB:
        return work_out(con, plan).counts()
    if engine == ORACLE:
        return oracle.counts(rows_of(con), plan)
    if engine.startswith(SPARK):
        # Spark's client is an extra: whoever does not use it need not have it.
        spark = importlib.import_module("ropewalk.core.engines.spark_engine")
        counts: Iterable[Count] = spark.counts(engine, con, plan)
        return counts
    raise InputRefused(
        [
            Problem(
                f"There is no engine '{engine}'.", "Use duckdb, oracle, or a Spark Connect address as sc://host:15002."
            )
        ]
    )


def rows_of(con: duckdb.DuckDBPyConnection) -> Rows:
    """The assembled relations as plain rows."""
    found = {}
    for name, columns in RELATIONS.items():
        listed = ", ".join(f'"{column}"' for column in columns)
        cells = con.execute(f'SELECT {listed} FROM "{name}"').fetchall()  # noqa: S608 - our own names
        found[name] = [dict(zip(columns, row, strict=True)) for row in cells]
    return found
