"""Where a figure from returns comes from: the receipts it rests on, what was known when, how it is counted."""

from __future__ import annotations

from dataclasses import dataclass

from ropewalk.core.disclosure import for_those_who_see_returns
from ropewalk.core.engines.plan import Level
from ropewalk.core.errors import NotFound
from ropewalk.core.measures import measure
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.periods import academic_year_of, kind_of
from ropewalk.core.use_cases.live_figures import live_figures, tables_of
from ropewalk.core.use_cases.live_measure import measure_of_scope
from ropewalk.core.use_cases.live_state import Cells, LiveState, receipts_behind
from ropewalk.core.views.live import LiveProvenance, RestsOn, Scope


@dataclass(frozen=True, kw_only=True, slots=True)
class LiveCell:
    """Which figure of a scope is meant."""

    measure: str
    phase: str
    group: str
    period: str


def live_provenance(state: LiveState, scope: Scope, cell: LiveCell) -> LiveProvenance:
    """Trace one figure. Raises NotFound when there is no such figure."""
    one = measure_of_scope(scope, cell.measure)
    kind_of(cell.period)
    found = _figures(state, scope, cell, one.id, (cell.group,))
    if not found:
        raise NotFound("There is no such figure. Go back to the place and choose it again.")
    parts: list[Figure] = []
    if one.gap:
        sides = (one.gap.of, one.gap.less)
        parts = sorted(_figures(state, scope, cell, one.gap.measure, sides), key=lambda f: sides.index(f.group))
    tables, year = tables_of(one), academic_year_of(cell.period) or ""
    schools = [s for s in state.schools_of(scope) if cell.phase in ("all", s.phase)]
    behind = receipts_behind(state.snapshot, [s.urn for s in schools], tables, [year])
    receipts = tuple(
        RestsOn(s.id, s.recorded_at, s.by, len(behind[s.sequence]))
        for s in state.snapshot.submissions
        if s.sequence in behind
    )
    counted = {urn for urns in behind.values() for urn in urns}
    released = for_those_who_see_returns([found[0], *parts])
    return LiveProvenance(
        scope, state.known(scope), found[0], measure(one.id), receipts, len(counted), tables, tuple(parts), released
    )


def _figures(state: LiveState, scope: Scope, cell: LiveCell, measure_id: str, groups: tuple[str, ...]) -> list[Figure]:
    wanted = Cells(
        level=Level.PLACE, measures=(measure_id,), phases=(cell.phase,), groups=groups, periods=(cell.period,)
    )
    return live_figures(state, scope, wanted)
