"""Ropewalk: every measure of a store for every school, trust, phase, place, group and period, as pages have it.

The folder of the store is the only argument.
"""

# ruff: noqa: S608 - all statements are made of our own names

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from ropewalk.core.engines.duckdb_engine import sql, work_out
from ropewalk.core.engines.plan import Plan, over_returns, usual_spans
from ropewalk.core.facts.assembling import assemble
from ropewalk.core.facts.layout import ATTENDANCE
from ropewalk.core.facts.memory import in_memory
from ropewalk.core.use_cases.facts_store import Facts
from ropewalk.core.use_cases.year_sums import open_year_sums

con, facts = in_memory(), Facts(Path(sys.argv[1]))
snapshot = assemble(con, facts)
years = {one.year for one in snapshot.coverage}
weeks = [date.fromisoformat(one.last) for one in snapshot.coverage if one.table == ATTENDANCE.id]
spans = tuple(usual_spans(years, max(weeks)))
summed = open_year_sums(con, facts, snapshot, years)
worked = work_out(con, Plan(measures=over_returns(), spans=spans, today=date(2100, 1, 1), from_year_sums=summed))


def counted(measures: tuple[str, ...], columns: str, where: str = "true") -> tuple[int, ...]:
    """Something of the counts of some measures, or of all."""
    query = worked.statements.counts(measures)
    if query is None:
        raise SystemExit("nothing to count")
    found: tuple[int, ...] = con.execute(f"SELECT {columns} FROM ({sql(query)}) WHERE {where}").fetchone()
    return found


layout = worked.statements.layout
in_years = ", ".join(str(layout.number[span]) for span in layout.spans if span.id in years)
everybody = f"level = 'school' AND grp = 0 AND span IN ({in_years})"
print(
    *counted(("absence_overall",), "sum(numerator)", everybody),
    *counted(("persistent_absence",), "sum(numerator)", everybody),
    *counted((), "count(*), sum(numerator), sum(denominator)"),
)
