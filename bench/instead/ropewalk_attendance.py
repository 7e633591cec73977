"""Ropewalk: attendance measures of a year for every school, place, phase and single group.

Arguments: the folder of the store, and a folder for what does not fit into memory.
"""

# ruff: noqa: S608 - all statements are made of our own names

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import duckdb

from ropewalk.core.engines.duckdb_engine import sql, work_out
from ropewalk.core.engines.plan import Plan, over_returns, span
from ropewalk.core.facts.assembling import assemble
from ropewalk.core.measures.meaning import AbsenceShare, SessionShare, follows_children
from ropewalk.core.use_cases.facts_store import Facts

MEMORY = "6GB"

con = duckdb.connect(config={"threads": 2, "memory_limit": MEMORY, "temp_directory": sys.argv[2]})
snapshot = assemble(con, Facts(Path(sys.argv[1])))
[year] = {one.year for one in snapshot.coverage}
measures = tuple(
    one
    for one in over_returns()
    if isinstance(one.meaning, SessionShare | AbsenceShare) and not follows_children(one.meaning)
)
worked = work_out(con, Plan(measures=measures, spans=(span(year),), today=date(2100, 1, 1)))


def counted(measures: tuple[str, ...], columns: str, where: str = "true") -> tuple[int, ...]:
    """Something of the counts of some measures, or of all."""
    query = worked.statements.counts(measures)
    if query is None:
        raise SystemExit("nothing to count")
    found: tuple[int, ...] = con.execute(f"SELECT {columns} FROM ({sql(query)}) WHERE {where}").fetchone()
    return found


everybody = "level = 'school' AND grp = 0"
print(
    *counted(("absence_overall",), "sum(numerator)", everybody),
    *counted(("persistent_absence",), "sum(numerator)", everybody),
    *counted((), "count(*), sum(numerator), sum(denominator)"),
)
