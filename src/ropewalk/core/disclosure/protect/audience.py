"""Who may look: the public, and insiders who know their own rows besides."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ropewalk.core.disclosure.protect.cells import Table


@dataclass(frozen=True, eq=False)
class Audience:
    """``known`` are the finest cells it knows; ``certain`` flags the cells it can tell whatever we do."""

    known: np.ndarray
    certain: np.ndarray


def audiences(table: Table, *, public: bool) -> list[Audience]:
    """All audiences of a table, certain of what they know themselves.

    Insiders with nothing in common see together what the public sees, so then the public needs no round of its own
    unless it is asked for.
    """
    insiders = table.insiders()
    shared = set(range(len(table.finest))).intersection(*(known.tolist() for known in insiders))
    everybody = [np.empty(0, dtype=np.int64), *insiders] if shared or public else insiders
    return [Audience(known, _own(table, known)) for known in everybody]


def _own(table: Table, known: np.ndarray) -> np.ndarray:
    others = np.ones(table.matrix.shape[1], dtype=np.int64)
    others[known] = 0
    unknown: np.ndarray = abs(table.matrix) @ others
    own: np.ndarray = unknown == 0
    return own
