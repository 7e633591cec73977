"""From counts to a table that may be released: primary rule, elimination, repair, re-opening.

Small tables of two dimensions are hidden in the cheapest way there is instead. At last all is settled in whole numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ropewalk.core.disclosure.protect.audience import Audience, audiences
from ropewalk.core.disclosure.protect.cells import TOTAL, Coordinates, Table
from ropewalk.core.disclosure.protect.elimination import shown_by_elimination
from ropewalk.core.disclosure.protect.exact import FREE, HIDDEN, MOST_CELLS, SHOWN, cheapest_pattern
from ropewalk.core.disclosure.protect.freedom import Freedom
from ropewalk.core.disclosure.protect.joining import Joined, Released, join
from ropewalk.core.disclosure.protect.reopening import Reopening
from ropewalk.core.disclosure.protect.repair import Repair
from ropewalk.core.disclosure.protect.settling import Settling
from ropewalk.core.disclosure.protect.specification import Specification
from ropewalk.core.errors import InputRefused, Problem

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Protected:
    """What may be released. ``joined`` is the table together with earlier releases; ``shown`` flags its cells.

    ``known_already`` are hidden small counts that earlier releases alone give away to somebody.
    """

    specification: Specification
    joined: Joined
    shown: np.ndarray
    known_already: int = 0

    @property
    def secondary(self) -> int:
        """Cells of the new release hidden only to protect others."""
        return int((self.joined.ours & ~self.shown & ~self.joined.sensitive).sum())

    @property
    def share_shown(self) -> tuple[int, int]:
        """Cells of the new release that are shown, and all of them."""
        return int((self.joined.ours & self.shown).sum()), int(self.joined.ours.sum())

    def rows(self) -> dict[Coordinates, int | None]:
        """Every name of every cell of the new release with its count, or None where it is hidden, in order."""
        table, axes = self.joined.table, len(self.specification.dimensions)
        foreign = tuple(
            f"{rollup.name}=" for rollup in table.specification.rollups if rollup not in self.specification.rollups
        )
        found = {
            name[:axes]: int(table.counts[index]) if self.shown[index] else None
            for index in np.flatnonzero(self.joined.ours)
            for name in table.names[index]
            if all(part == TOTAL for part in name[axes:])
            and not (foreign and any(part.startswith(foreign) for part in name))
        }
        return dict(sorted(found.items()))


def protect(
    specification: Specification,
    counts: Mapping[Coordinates, int],
    columns: Sequence[str] = (),
    earlier: Sequence[Released] = (),
    progress: Progress = lambda _what, _done, _all: None,
) -> Protected:
    """Protect a table of counts, together with all that was released earlier.

    ``counts`` are the finest cells over ``columns`` (the dimensions, and more where the ledger needs them). Raises
    InputRefused when the earlier releases leave no way to protect the table.
    """
    return protect_joined(
        specification, join(specification, counts, columns or specification.dimensions, earlier), progress
    )


def protect_joined(
    specification: Specification, joined: Joined, progress: Progress = lambda _what, _done, _all: None
) -> Protected:
    """Protect a table that was joined to earlier releases already. Raises as ``protect`` does."""
    table, sensitive, cost = joined.table, joined.sensitive, _cost(joined.table)
    everybody = _knowing_the_past(joined, cost, audiences(table, public=joined.is_later))
    progress("cells in order of importance", 0, 1)
    shown = shown_by_elimination(table, sensitive, joined.shown_before, joined.candidates)
    repair = Repair(table, shown, joined.shown_before, cost, sensitive)
    repair.against(everybody, lambda done, total: progress("audiences", done, total))
    hidden = np.flatnonzero(joined.candidates & ~shown & ~sensitive)
    Reopening(table, shown, sensitive, everybody).run(
        sorted((int(cell) for cell in hidden), key=lambda cell: (-cost[cell], cell)),
        lambda done, total: progress("shown again", done, total),
    )
    shown[:] = _cheaper(joined, shown, cost, everybody)
    repair.against(everybody)
    Settling(repair).against(everybody, lambda done, total: progress("whole numbers", done, total))
    if repair.failed:
        raise RuntimeError(f"{len(repair.failed)} counts were not protected")
    before = sum(one.certain & sensitive for one in everybody)
    own = sum(one.certain & sensitive for one in audiences(table, public=joined.is_later))
    return Protected(specification, joined, shown, int((before > own).sum()))


def _knowing_the_past(joined: Joined, cost: np.ndarray, everybody: Sequence[Audience]) -> list[Audience]:
    """Audiences certain also of the small counts that earlier releases alone give away: nothing can guard those now.

    They are counts of new groupings, or of rows an insider has learnt to combine. Raises InputRefused where the public
    can narrow down a count that was hidden: then the ledger itself is not safe.
    """
    if not joined.shown_before.any():
        return list(everybody)
    settling = Settling(Repair(joined.table, joined.shown_before, joined.shown_before, cost, joined.sensitive))
    public = Freedom.left_by(joined.table, joined.shown_before)
    found = []
    for audience in everybody:
        certain = audience.certain.copy()
        certain[settling.doubtful(public, audience)] = True
        lost = certain & joined.hidden_before & joined.sensitive
        if lost.any() and not len(audience.known):
            what = f"{lost.sum()} hidden counts can be narrowed down from earlier releases alone."
            do = "Nothing more can be released by these cuts. Look at the releases in the ledger."
            raise InputRefused([Problem(what, do)])
        found.append(Audience(audience.known, certain))
    return found


def _cheaper(joined: Joined, shown: np.ndarray, cost: np.ndarray, everybody: Sequence[Audience]) -> np.ndarray:
    """For small two-way tables and the public the cheapest pattern there is, where that costs less than this one."""
    table = joined.table
    dimensions = len([values for values in table.values if len(values) > 1])
    if dimensions > 2 or len(table.counts) > MOST_CELLS or len(everybody) > 1 or len(everybody[0].known):
        return shown
    free = np.where(joined.shown_before, SHOWN, np.where(joined.candidates, FREE, HIDDEN))
    hidden = cheapest_pattern(table, joined.sensitive & ~everybody[0].certain, cost, free)
    if hidden is None or (hidden & joined.sensitive).sum() < joined.sensitive.sum():
        return shown
    return ~hidden if cost[hidden].sum() < cost[~shown].sum() else shown


def _cost(table: Table) -> np.ndarray:
    """What hiding a cell costs the reader: more for large counts, and nearly everything for the place as a whole."""
    cost = np.log1p(np.abs(table.counts).astype(float)) + 0.1
    return np.asarray(np.where(table.whole, cost + 1000.0, cost))
