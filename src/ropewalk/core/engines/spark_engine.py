"""The engine beyond one machine: the same statements on Spark Connect.

The assembled relations are exported as Parquet to a folder that the server can read and write, and read there. Needs
the extra ``ropewalk[spark]``. Bound to be slower than DuckDB on one machine: it is for clusters.
"""

from __future__ import annotations

import importlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
from sqlglot import exp

from ropewalk.core.engines.grouping import GROUP_IDS
from ropewalk.core.engines.plan import Count, Plan
from ropewalk.core.engines.relations import RELATIONS
from ropewalk.core.engines.statements import Statements
from ropewalk.core.errors import InputRefused, Problem

DIALECT = "spark"


def counts(address: str, con: duckdb.DuckDBPyConnection, plan: Plan, *, shared: Path | None = None) -> Iterator[Count]:
    """Counts of a plan over the relations assembled in ``con``, from the Spark Connect server at ``sc://…``.

    ``shared`` is a folder that the server reads and writes too; without one a folder of this machine is used. Raises
    InputRefused when Spark's client is not installed.
    """
    with tempfile.TemporaryDirectory(prefix="ropewalk-spark-", dir=shared) as name:
        folder = Path(name)
        export(con, folder)
        session = connect(address)
        try:
            yield from counted(session, folder, plan)
        finally:
            session.stop()


def connect(address: str) -> Any:  # noqa: ANN401 - Spark's client comes without types
    """A session of its own at a Spark Connect server."""
    try:
        sql = importlib.import_module("pyspark.sql")
    except ModuleNotFoundError as error:
        raise InputRefused(
            [Problem("Spark's client is not installed.", "Install it with: pip install 'ropewalk[spark]'")]
        ) from error
    return sql.SparkSession.builder.remote(address).create()


def export(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write the assembled relations as Parquet, with the types all engines have."""
    for name, columns in RELATIONS.items():
        listed = ", ".join(f'CAST("{column}" AS {kind}) AS "{column}"' for column, kind in columns.items())
        target = str(folder / f"{name}.parquet").replace("'", "''")
        con.execute(f"COPY (SELECT {listed} FROM \"{name}\") TO '{target}' (FORMAT PARQUET)")  # noqa: S608 - our own names


def counted(session: Any, folder: Path, plan: Plan) -> Iterator[Count]:  # noqa: ANN401
    """Counts from relations exported to a folder."""
    for name in RELATIONS:
        session.read.parquet(str(folder / f"{name}.parquet")).createOrReplaceTempView(name)
    statements = Statements(plan)
    for step in statements.steps():
        made = session.sql(_sql(step.query))
        if step.kept:
            # Written down once, because several later steps read it.
            written, shape = str(folder / "steps" / step.name), made.schema
            made.write.parquet(written)
            # An empty relation may leave no file that says its columns.
            made = session.read.schema(shape).parquet(written)
        made.createOrReplaceTempView(step.name)
    query = statements.counts()
    if query is None:
        return
    spans = statements.layout.spans
    for level, key, measure, phase, group, span, numerator, denominator in session.sql(_sql(query)).collect():
        yield Count(level, key, measure, phase, GROUP_IDS[group], spans[span].id, numerator, denominator)


def _sql(query: exp.Expr) -> str:
    return query.sql(DIALECT, identify=True)
