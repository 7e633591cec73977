"""Intervals around shares and differences of shares, from counts."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 per cent interval in percentage points or per cent, lower end first."""

    lower: float
    upper: float


def share_interval(numerator: int, denominator: int) -> Interval | None:
    """Wilson interval for a share, in per cent; ``None`` when there is no denominator or the count is larger than it.

    E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference.
    """
    if denominator <= 0 or not 0 <= numerator <= denominator:
        return None
    share, square = numerator / denominator, Z95**2
    centre = (share + square / (2 * denominator)) / (1 + square / denominator)
    half = Z95 * sqrt(share * (1 - share) / denominator + square / (4 * denominator**2)) / (1 + square / denominator)
    return Interval(max(0.0, 100 * (centre - half)), min(100.0, 100 * (centre + half)))


def difference_interval(first: tuple[int, int], second: tuple[int, int]) -> Interval | None:
    """Newcombe interval for the first share less the second, in percentage points; pairs are (numerator, denominator).

    R. G. Newcombe (1998), Interval estimation for the difference between independent proportions, method 10.
    """
    one, two = share_interval(*first), share_interval(*second)
    if one is None or two is None:
        return None
    return combined(100 * first[0] / first[1], one, 100 * second[0] / second[1], two)


def combined(first: float, one: Interval, second: float, two: Interval) -> Interval:
    """Interval for the first estimate less the second, of independent ones with their own intervals.

    G. Y. Zou and A. Donner (2008), Construction of confidence limits about effect measures: a general approach.
    """
    lower = (first - second) - sqrt((first - one.lower) ** 2 + (two.upper - second) ** 2)
    upper = (first - second) + sqrt((one.upper - first) ** 2 + (second - two.lower) ** 2)
    return Interval(lower, upper)
