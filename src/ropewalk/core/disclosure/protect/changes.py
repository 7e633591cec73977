"""Sums beside the cells of a table: by how much a count changed between two releases, and what did not change at all.

They are rows of the same matrix with 1 for what a cell holds now and -1 for what it held before, so that whatever
protects counts protects changes as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy import sparse

from ropewalk.core.disclosure.protect.joining import Joined


def beside(joined: Joined, *, known: Sequence[np.ndarray], guarded: Sequence[np.ndarray]) -> Joined:
    """With sums over the finest cells that everybody knows, and others that nobody may narrow down."""
    rows = [*known, *guarded]
    if not rows:
        return joined
    table, more = joined.table, len(rows)
    added = sparse.csr_matrix(np.array(rows, dtype=np.int64))
    no = np.zeros(more, dtype=bool)
    is_known = np.arange(more) < len(known)
    longer = replace(
        table,
        matrix=sparse.csr_matrix(sparse.vstack([table.matrix, added])),
        names=(*table.names, *(() for _ in rows)),
        counts=np.concatenate([table.counts, added @ table.finest]),
        rank=np.concatenate([table.rank, table.rank.max(initial=0) + 1 + np.arange(more)]),
        whole=np.concatenate([table.whole, no]),
    )
    return replace(
        joined,
        table=longer,
        shown_before=np.concatenate([joined.shown_before, is_known]),
        hidden_before=np.concatenate([joined.hidden_before, no]),
        ours=np.concatenate([joined.ours, no]),
        guarded=np.concatenate([joined.guarded, ~is_known]),
    )
