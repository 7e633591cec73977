"""Tables that fit all that is shown, found on the way: most questions are answered by mixing two of them.

Whatever lies between two tables that fit, fits as well. To see how far apart a count can be when one more cell is
shown, mix a table in which that cell is too high with one in which it is too low.
"""

from __future__ import annotations

import numpy as np

from ropewalk.core.disclosure.protect.freedom import Freedom

CLOSE = 1e-7
# Tables too high (or too low) are taken together in groups of near distance; the best of each group is mixed.
GROUPS = 10


class Pool:
    """Moves away from the true table, one a row, and how far each takes the cells that must stay unsure."""

    def __init__(self, freedom: Freedom, unsure: np.ndarray, most: int) -> None:
        """At first the true table alone. At ``most`` tables those that reach nothing farthest are forgotten."""
        self.freedom, self.unsure = freedom, unsure
        self._follows = freedom.follows[unsure].T.tocsr()
        self._room = np.zeros((most, freedom.size)), np.zeros((most, len(unsure)))
        self._count = 1

    @property
    def _moves(self) -> np.ndarray:
        return self._room[0][: self._count]

    @property
    def _reach(self) -> np.ndarray:
        return self._room[1][: self._count]

    def add(self, moves: np.ndarray) -> np.ndarray:
        """Keep a move; gives how far it takes the unsure cells."""
        if self._count == len(self._room[0]):
            self._forget()
        reach: np.ndarray = (moves[None, :] @ self._follows)[0]
        self._room[0][self._count], self._room[1][self._count] = moves, reach
        self._count += 1
        return reach

    def _forget(self) -> None:
        """Keep the true table, the latest, and what takes some cell farthest; of these at most three quarters."""
        best = np.unique([*self._reach.argmax(axis=0), *self._reach.argmin(axis=0)])
        latest = np.arange(self._count - self._count // 4, self._count)
        self._fill(np.union1d(best[-self._count // 2 :], [0, *latest]))

    def _fill(self, kept: np.ndarray) -> None:
        for room in self._room:
            room[: len(kept)] = room[kept]
        self._count = len(kept)

    def _change(self, cell: int) -> np.ndarray:
        follows = self.freedom.follows
        part = slice(follows.indptr[cell], follows.indptr[cell + 1])
        return np.asarray(self._moves[:, follows.indices[part]] @ follows.data[part])

    def reach_with(self, cell: int) -> tuple[np.ndarray, np.ndarray]:
        """How low and how high the unsure cells are known to go when a cell is shown as well."""
        change = self._change(cell)
        still = np.abs(change) <= CLOSE
        low, high = self._reach[still].min(axis=0), self._reach[still].max(axis=0)
        return self._mixed(change, low, high, high=False)[0], self._mixed(change, low, high, high=True)[0]

    def _mixed(
        self, change: np.ndarray, low: np.ndarray, highest: np.ndarray, *, high: bool
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Best reach by mixing, and for each unsure cell the two tables mixed and the part of the first (0: none)."""
        sign = 1.0 if high else -1.0
        best = sign * (highest if high else low)
        first, second = np.zeros(len(best), dtype=np.int64), np.zeros(len(best), dtype=np.int64)
        part = np.zeros(len(best))
        above, below = (self._groups(np.flatnonzero(change * way > CLOSE), np.abs(change), sign) for way in (1.0, -1.0))
        every = np.arange(len(best))
        for one in above:
            reach_one, far_one = sign * self._reach[one, every], np.abs(change[one])
            for two in below:
                far_two = np.abs(change[two])
                share = far_two / (far_one + far_two)
                mixed = share * reach_one + (1.0 - share) * sign * self._reach[two, every]
                better = mixed > best + CLOSE
                best = np.where(better, mixed, best)
                first, second = np.where(better, one, first), np.where(better, two, second)
                part = np.where(better, share, part)
        return sign * best, first, second, part

    def _groups(self, tables: np.ndarray, far: np.ndarray, sign: float) -> list[np.ndarray]:
        """For each group of tables and each unsure cell the table that takes it farthest."""
        ordered = tables[np.argsort(far[tables], kind="stable")]
        groups = np.array_split(ordered, min(GROUPS, len(ordered))) if len(ordered) else []
        return [group[(sign * self._reach[group]).argmax(axis=0)] for group in groups]

    def keep_with(self, cell: int) -> None:
        """A cell is shown from now on: keep the tables that fit, and the best mixtures."""
        change = self._change(cell)
        still = np.abs(change) <= CLOSE
        low, high = self._reach[still].min(axis=0), self._reach[still].max(axis=0)
        mixtures = {}
        for way in (True, False):
            _, first, second, part = self._mixed(change, low, high, high=way)
            for index in np.flatnonzero(part):
                mixtures[int(first[index]), int(second[index])] = float(part[index])
        made = [part * self._moves[one] + (1.0 - part) * self._moves[two] for (one, two), part in mixtures.items()]
        self._fill(np.flatnonzero(still))
        for moves in made:
            self.add(moves)

    def rebase(self, freedom: Freedom, kept: np.ndarray) -> None:
        """Take over a smaller freedom; ``kept`` are the places of its free cells in the present one."""
        self.freedom = freedom
        self._follows = freedom.follows[self.unsure].T.tocsr()
        self._room = np.ascontiguousarray(self._room[0][:, kept]), self._room[1]
