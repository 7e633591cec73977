"""Ropewalk: every measure of a store for every school, trust, phase, place, group and period, as pages have it.

The folder of the store is the only argument.
"""

# ruff: noqa: S608 - all statements are made of our own names

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from ropewalk.core.use_cases.facts_store import Facts
from ropewalk.core.use_cases.live_state import LiveState

state = LiveState(Facts(Path(sys.argv[1])), today=date(2100, 1, 1))


def counted(measures: tuple[str, ...], columns: str, where: str = "true") -> tuple[int, ...]:
    """Something of the counts of some measures, or of all."""
    [found] = state.rows(f"SELECT {columns} FROM ({state.statement(measures)}) WHERE {where}")
    return found


years = {span.year for span in state.spans}
in_years = ", ".join(str(state.number[span]) for span in state.spans if span.id in years)
everybody = f"level = 'school' AND grp = 0 AND span IN ({in_years})"
print(
    *counted(("absence_overall",), "sum(numerator)", everybody),
    *counted(("persistent_absence",), "sum(numerator)", everybody),
    *counted((), "count(*), sum(numerator), sum(denominator)"),
)
