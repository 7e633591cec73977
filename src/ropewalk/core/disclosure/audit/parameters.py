"""Solving the equations of a puzzle as far as they go: all unknowns in terms of a few free ones.

Most equations repeat others (schools add up to trusts and to the place, groups to all), so a few unknowns out of a
thousand are free. Programs over those alone are much faster. A slip here cannot make a table look safer than it is:
every certificate is checked against the equations themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from ropewalk.core.disclosure.audit.puzzle import Puzzle, Unknowns

ROUNDING = 1e-9
CLOSE = 1e-6


class Impossible(Exception):
    """No table fits what was given out: the releases contradict each other, or what the insider knows."""


@dataclass(frozen=True)
class Parameters:
    """Unknowns are ``constant`` plus ``factors`` times the values of the ``free`` unknowns."""

    free: np.ndarray
    constant: np.ndarray
    factors: sparse.csr_matrix

    @property
    def whole(self) -> bool:
        """Whether whole numbers for the free unknowns make all unknowns whole."""
        numbers = np.concatenate([self.constant, self.factors.data])
        return bool(np.abs(numbers - np.rint(numbers)).max(initial=0.0) < CLOSE)


def parameters(puzzle: Puzzle) -> Parameters:
    """Solve the equations of a puzzle. Raises Impossible when two of them contradict each other."""
    size = len(puzzle.finest)
    equations = [({one}, count) for one, count in puzzle.known.items()]
    equations += sorted(((set(u), total) for u, total in puzzle.equations.items()), key=lambda one: len(one[0]))
    system = _filled(equations, size)
    solved = np.full(size, -1, dtype=np.int64)
    for number in range(len(equations)):
        _solve(system, number, solved)
    free = np.flatnonzero(solved < 0)
    constant, factors = np.zeros(size), sparse.lil_matrix((size, len(free)))
    factors[free, np.arange(len(free))] = 1.0
    determined = np.flatnonzero(solved >= 0)
    constant[determined] = system[solved[determined], -1]
    factors[determined] = -system[np.ix_(solved[determined], free)]
    return Parameters(free, constant, sparse.csr_matrix(factors))


def _filled(equations: list[tuple[set[int], int]], size: int) -> np.ndarray:
    """One row for each equation: a factor for each unknown, and the total last."""
    system = np.zeros((len(equations), size + 1))
    for number, (unknowns, total) in enumerate(equations):
        system[number, list(unknowns)] = 1.0
        system[number, -1] = total
    return system


def _solve(system: np.ndarray, number: int, solved: np.ndarray) -> None:
    """Solve one equation for one of its unknowns and put that into all others."""
    row = system[number]
    at = np.flatnonzero(row)
    inside = at[at < len(solved)]
    if not len(inside):
        if abs(row[-1]) > CLOSE:
            raise Impossible
        return
    one = inside[np.argmin(np.abs(np.abs(row[inside]) - 1.0))]
    row[at] /= row[one]
    others = np.flatnonzero(system[:, one])
    others = others[others != number]
    changed = system[np.ix_(others, at)] - system[others, one][:, None] * row[at]
    changed[np.abs(changed) < ROUNDING] = 0.0
    system[np.ix_(others, at)] = changed
    system[others, one] = 0.0
    solved[one] = number


def sum_of(found: Parameters, unknowns: Unknowns) -> tuple[float, np.ndarray]:
    """A sum of unknowns as a constant and a factor for each free unknown."""
    part = sorted(unknowns)
    return float(found.constant[part].sum()), np.asarray(found.factors[part].sum(axis=0)).ravel()
