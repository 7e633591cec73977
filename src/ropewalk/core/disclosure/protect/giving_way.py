"""The cheapest cells to hide so that a count can be higher or lower in whole children: where nothing simpler helps."""

from __future__ import annotations

import highspy
import numpy as np
from scipy import sparse

from ropewalk.core.disclosure.protect.cells import Table
from ropewalk.core.disclosure.protect.solver import INFINITY, as_rows, quiet_solver

CLOSE = 1e-6


def cells_to_give_way(
    table: Table, shown: np.ndarray, kept: np.ndarray, cost: np.ndarray, known: np.ndarray, wanted: tuple[int, float]
) -> list[int]:
    """Shown cells that move in the cheapest whole table in which a cell is as much higher (lower) as ``wanted``.

    ``kept`` cells and the finest cells an audience has ``known`` do not move. Cost is that of each child by which a
    cell moves. Empty where there is no such table.
    """
    cell, by = wanted
    fixed, loose = np.flatnonzero(shown & kept), np.flatnonzero(shown & ~kept)
    size = len(table.finest)
    slack = sparse.eye_array(len(loose), format="csr")
    empty = sparse.csr_array((len(fixed) + 1, 2 * len(loose)))
    moving = sparse.vstack([sparse.hstack([slack, -slack]), empty])
    rows = sparse.csr_matrix(sparse.hstack([table.matrix[[*loose, *fixed, cell]], moving]))
    low, high = np.zeros(rows.shape[1]), np.full(rows.shape[1], INFINITY)
    low[known] = high[known] = table.finest[known]
    counts = table.counts[[*loose, *fixed, cell]].astype(float)
    counts[-1] += by
    least, most = counts.copy(), counts.copy()
    if by > 0:
        most[-1] = INFINITY
    else:
        # Counts are at least 0; a change may be below.
        least[-1] = 0.0 if table.matrix[[cell]].data.min() > 0 else -INFINITY
    model = quiet_solver()
    model.setOptionValue("presolve", "on")
    model.passModel(as_rows(rows, (low, high), (least, most)))
    columns = np.arange(rows.shape[1], dtype=np.int32)
    model.changeColsCost(len(columns), columns, np.concatenate([np.zeros(size), cost[loose], cost[loose]]))
    model.changeColsIntegrality(size, columns[:size], np.full(size, int(highspy.HighsVarType.kInteger), dtype=np.uint8))
    model.run()
    if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return []
    moved = np.asarray(model.getSolution().col_value)[size:].reshape(2, len(loose)).max(axis=0)
    return [int(one) for one in loose[moved > CLOSE]]
