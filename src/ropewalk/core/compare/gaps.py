"""Gaps between two groups with their interval, and words that claim no more than the interval allows.

Shares have the interval of R. G. Newcombe (see ``intervals``), means that of B. L. Welch, The generalization of
'Student's' problem when several different population variances are involved, Biometrika 34 (1947), pages 28-35: the
groups may differ in how much their pupils vary. Both treat the pupils as a sample of pupils the school might have had.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, variance

# scipy.special and not scipy.stats: the same functions, and a tenth of the time to load.
from scipy.special import stdtrit

from ropewalk.core.compare.intervals import Interval, difference_interval

UPPER_TAIL = 0.975


@dataclass(frozen=True, slots=True)
class Summary:
    """How many values a group has (2 or more), their mean, and their variance (divisor one less than the count)."""

    count: int
    mean: float
    variance: float


@dataclass(frozen=True, slots=True)
class Gap:
    """The first group's value less the second's, with its 95 per cent interval, in ``unit`` (percentage points)."""

    difference: float
    interval: Interval
    unit: str

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out nought."""
        return self.interval.lower > 0 or self.interval.upper < 0

    def words(self, first: str, second: str) -> str:
        """The gap in words, for groups named as in 'pupils with SEN support' and 'other pupils'."""
        low, high = self.interval.lower, self.interval.upper
        if not self.clear:
            return (
                f"No clear difference between {first} and {second}: {_size(self.difference)} {self.unit} "
                f"{_way(self.difference)}, and anything from {_size(low)} {_way(low)} to {_size(high)} {_way(high)} "
                "could be chance."
            )
        nearer, farther = (low, high) if low > 0 else (high, low)
        return (
            f"{_size(self.difference)} {self.unit} {_way(self.difference)} for {first} than for {second} "
            f"(between {_size(nearer)} and {_size(farther)})."
        )


def summary(values: Sequence[float]) -> Summary | None:
    """Count, mean and variance; ``None`` with fewer than two values."""
    if len(values) < 2:
        return None
    return Summary(len(values), fmean(values), variance(values))


def gap_of_shares(first: tuple[int, int], second: tuple[int, int]) -> Gap | None:
    """Gap of two shares given as (numerator, denominator); ``None`` where one has no pupils."""
    interval = difference_interval(first, second)
    if interval is None:
        return None
    return Gap(100 * first[0] / first[1] - 100 * second[0] / second[1], interval, "percentage points")


def gap_of_means(first: Summary, second: Summary, unit: str = "points") -> Gap | None:
    """Gap of two means; ``None`` where a group has fewer than two values or no group's values vary.

    Without any variation nothing says how far chance could move the means.
    """
    if first.count < 2 or second.count < 2 or first.variance + second.variance <= 0:
        return None
    one, two = first.variance / first.count, second.variance / second.count
    freedom = (one + two) ** 2 / (one**2 / (first.count - 1) + two**2 / (second.count - 1))
    difference = first.mean - second.mean
    half = float(stdtrit(freedom, UPPER_TAIL)) * sqrt(one + two)
    return Gap(difference, Interval(difference - half, difference + half), unit)


def _size(value: float) -> str:
    return "less than 0.1" if 0 < abs(value) < 0.05 else f"{abs(value):.1f}"


def _way(value: float) -> str:
    return "lower" if value < 0 else "higher"
