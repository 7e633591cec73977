"""Absence in spells: what kinds there are, how long they last, and which a child has who is absent so much.

Shares of codes are those of the daily registers of 2024/25 (Department for Education, OGL v3.0), in per cent of
possible sessions, without suspensions and part-time timetables, which come from events of their own. A test compares.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random

# Illness, medical, leave, holiday not granted, late after the register closed, other; by phase.
PUBLISHED: Mapping[str, Mapping[str, float]] = {
    "primary": {"I": 2.858, "M": 0.259, "C": 0.323, "G": 0.564, "U": 0.163, "O": 0.779},
    "secondary": {"I": 3.629, "M": 0.371, "C": 0.462, "G": 0.343, "U": 0.296, "O": 2.656},
    "special": {"I": 5.122, "M": 0.989, "C": 1.674, "G": 0.409, "U": 0.281, "O": 2.684},
    "alternative": {"I": 4.5, "M": 0.7, "C": 3.5, "G": 0.3, "U": 1.2, "O": 17.0},
}
# Lengths in sessions with their weights.
LENGTHS: Mapping[str, tuple[tuple[int, float], ...]] = {
    "I": ((1, 4), (2, 34), (4, 24), (6, 14), (8, 8), (10, 10), (14, 3), (20, 3)),
    "M": ((1, 92), (2, 8)),
    "C": ((1, 25), (2, 45), (4, 20), (10, 10)),
    "G": ((4, 15), (6, 15), (10, 60), (20, 10)),
    "U": ((1, 100),),
    "O": ((1, 20), (2, 45), (4, 18), (10, 14), (20, 3)),
}
# How much likelier a kind is for children absent below 5 %, below 10 %, below 50 %, and above.
UPTO = (0.05, 0.10, 0.50)
TILT: Mapping[str, tuple[float, float, float, float]] = {
    "I": (1.3, 1.2, 0.95, 0.75),
    "M": (0.9, 0.7, 0.5, 0.2),
    "C": (1.2, 1.0, 0.9, 0.9),
    "G": (0.6, 1.9, 0.9, 0.1),
    "U": (0.8, 0.9, 1.4, 0.4),
    "O": (0.6, 0.65, 1.05, 1.6),
}
# A severely absent child stays away this many times longer at a stretch.
LONGER = 3
# Share of children absent 10 % or more who miss the same session of most weeks.
FIXED_PATTERN = 0.06


@dataclass(frozen=True, slots=True)
class Mix:
    """The kinds of spell of one phase and level of absence, with cumulative chances, ready to be drawn from."""

    codes: tuple[str, ...]
    upto: tuple[float, ...]
    longer: int

    def draw(self, rng: Random) -> tuple[str, int]:
        """A spell: its code and its length in sessions."""
        code = self.codes[min(bisect_right(self.upto, rng.random()), len(self.codes) - 1)]
        lengths, upto = _lengths(code)
        length = lengths[min(bisect_right(upto, rng.random()), len(lengths) - 1)]
        return code, length * self.longer if length > 1 else length


@cache
def _lengths(code: str) -> tuple[tuple[int, ...], tuple[float, ...]]:
    return tuple(length for length, _ in LENGTHS[code]), _cumulative([weight for _, weight in LENGTHS[code]])


@cache
def mixes(phase: str) -> tuple[Mix, Mix, Mix, Mix]:
    """The four mixes of a phase, from the least absent children to the most."""
    found = []
    for level in range(len(UPTO) + 1):
        weights = {code: share * TILT[code][level] / _mean(code) for code, share in PUBLISHED[phase].items()}
        found.append(Mix(tuple(weights), _cumulative(list(weights.values())), LONGER if level == len(UPTO) else 1))
    return found[0], found[1], found[2], found[3]


def mix_of(phase: str, share: float) -> Mix:
    """The mix of a child that misses such a share of its sessions."""
    return mixes(phase)[bisect_right(UPTO, share)]


def _mean(code: str) -> float:
    weight = sum(weight for _, weight in LENGTHS[code])
    return sum(length * part for length, part in LENGTHS[code]) / weight


def _cumulative(weights: Sequence[float]) -> tuple[float, ...]:
    total = sum(weights)
    return tuple(upto / total for upto in accumulate(weights))
