"""Which cells may be shown without giving a sensitive one away by adding and subtracting: Gauss elimination.

Cells are shown in order of importance, unless showing one would put a sensitive cell into the span of what is shown
(Ø. Langsrud, Secondary cell suppression by Gaussian elimination, 2024). Exact, modulo a large prime. It does not know
that counts are at least 0; ``repair`` sees to that.
"""

from __future__ import annotations

import numpy as np

from ropewalk.core.disclosure.protect.cells import Table

PRIME = 2_147_483_629
NONE = np.empty(0, dtype=np.int64)


def shown_by_elimination(
    table: Table, sensitive: np.ndarray, shown_before: np.ndarray, candidates: np.ndarray
) -> np.ndarray:
    """A flag for each cell: may it be shown?

    ``shown_before`` flags cells that are known come what may; only ``candidates`` are tried besides.
    """
    rows = table.matrix.toarray().astype(np.int64)
    guarded = np.flatnonzero(sensitive)
    shown = shown_before.copy()
    for cell in np.flatnonzero(shown_before):
        reduce_by(rows, int(cell))
    for cell in np.argsort(table.rank):
        if candidates[cell] and not (shown[cell] or sensitive[cell]):
            shown[cell] = reduce_by(rows, int(cell), guarded)
    return shown


def reduce_by(rows: np.ndarray, cell: int, guarded: np.ndarray = NONE) -> bool:
    """Reduce all rows, modulo the prime, by that of a cell that is shown.

    False, and nothing changes, when that would give a guarded cell away.
    """
    row = rows[cell].copy()
    filled = np.flatnonzero(row)
    if not len(filled):
        return True
    column = filled[-1]
    row[filled] = row[filled] * pow(int(row[column]), PRIME - 2, PRIME) % PRIME
    touched = np.flatnonzero(rows[:, column])
    reduced = (rows[np.ix_(touched, filled)] - rows[touched, column][:, None] * row[filled]) % PRIME
    inside = np.isin(touched, guarded)
    if inside.any():
        # A guarded row that is nought within the columns of the new one may still hold others.
        nought = ~reduced[inside].any(axis=1)
        for index in touched[inside][nought]:
            if np.count_nonzero(rows[index]) == np.count_nonzero(rows[index, filled]):
                return False
    rows[np.ix_(touched, filled)] = reduced
    return True
