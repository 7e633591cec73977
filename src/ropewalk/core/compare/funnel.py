"""Funnel plots: how far a school may lie from the average by chance alone, given how many pupils it has.

Limits are exact: from the binomial distribution for shares of pupils, from the Poisson distribution for counts that
can exceed the pupils (suspensions). Where schools vary more than chance allows (over-dispersion), limits are widened
as D. J. Spiegelhalter proposed (Funnel plots for comparing institutional performance, 2005): the winsorised mean of
squared z-scores is the factor. Being outside says "more than chance", not why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from scipy.stats import binom, chi2

INNER, OUTER = 0.95, 0.998
WINSORISED_SHARE = 0.1
FEWEST_SCHOOLS = 10


class Kind(StrEnum):
    """What is counted: pupils (a share) or events (a rate that can exceed 100)."""

    SHARE = "share"
    RATE = "rate"


class Standing(StrEnum):
    """Where a school lies in the funnel."""

    INSIDE = "inside"
    ABOVE_INNER = "above inner"
    BELOW_INNER = "below inner"
    ABOVE_OUTER = "above outer"
    BELOW_OUTER = "below outer"


@dataclass(frozen=True, slots=True)
class Limits:
    """Lower and upper limit at a denominator, in per cent."""

    denominator: int
    inner_lower: float
    inner_upper: float
    outer_lower: float
    outer_upper: float


@dataclass(frozen=True, slots=True)
class Point:
    """One school in the funnel: id, counts, value in per cent, where it lies."""

    school: str
    numerator: int
    denominator: int
    value: float
    standing: Standing


@dataclass(frozen=True, slots=True)
class Funnel:
    """Centre line (per cent), points, limits along the denominators, over-dispersion factor (1 when there is none)."""

    kind: Kind
    centre: float
    points: tuple[Point, ...]
    limits: tuple[Limits, ...]
    dispersion: float

    @property
    def over_dispersed(self) -> bool:
        """Whether limits were widened."""
        return self.dispersion > 1


def poisson_limits(expected: float, coverage: float) -> tuple[float, float]:
    """Exact limits of a count around its expected count (chi-square quantiles)."""
    tail = (1 - coverage) / 2
    return float(chi2.ppf(tail, 2 * expected)) / 2, float(chi2.ppf(1 - tail, 2 * (expected + 1))) / 2


def binomial_limits(share: float, denominator: int, coverage: float) -> tuple[float, float]:
    """Exact limits of a count out of ``denominator``, interpolated between whole numbers as Spiegelhalter does."""
    tail = (1 - coverage) / 2
    return _quantile(share, denominator, tail), _quantile(share, denominator, 1 - tail)


def _quantile(share: float, denominator: int, probability: float) -> float:
    whole = float(binom.ppf(probability, denominator, share))
    mass = float(binom.pmf(whole, denominator, share))
    if mass <= 0:
        return whole
    return whole - (float(binom.cdf(whole, denominator, share)) - probability) / mass


def funnel(counts: Sequence[tuple[str, int, int]], kind: Kind) -> Funnel | None:
    """Build a funnel from (school, numerator, denominator).

    ``None`` with fewer than ten schools, or when all counts are nought: a funnel then says nothing.
    """
    usable = [(school, n, d) for school, n, d in counts if d > 0 and (kind is Kind.RATE or 0 <= n <= d)]
    total, pupils = sum(n for _, n, _ in usable), sum(d for _, _, d in usable)
    if len(usable) < FEWEST_SCHOOLS or total == 0 or (kind is Kind.SHARE and total == pupils):
        return None
    share = total / pupils
    factor = _dispersion(usable, share, kind)
    points = tuple(
        Point(school, n, d, 100 * n / d, _standing(100 * n / d, _limits_at(d, share, kind, factor)))
        for school, n, d in usable
    )
    largest = max(d for _, _, d in usable)
    steps = sorted({max(5, round(largest * (step / 60) ** 2)) for step in range(1, 61)})
    return Funnel(kind, 100 * share, points, tuple(_limits_at(d, share, kind, factor) for d in steps), factor)


def _dispersion(counts: Sequence[tuple[str, int, int]], share: float, kind: Kind) -> float:
    """Winsorised over-dispersion factor; 1 unless it is more than chance would give for so many schools."""
    spread = share * (1 - share) if kind is Kind.SHARE else share
    scores = sorted((n / d - share) / sqrt(spread / d) for _, n, d in counts)
    cut = int(len(scores) * WINSORISED_SHARE)
    low, high = scores[cut], scores[-cut - 1]
    factor = sum(min(max(score, low), high) ** 2 for score in scores) / len(scores)
    return factor if factor > 1 + 2 * sqrt(2 / len(scores)) else 1.0


def _limits_at(denominator: int, share: float, kind: Kind, factor: float) -> Limits:
    widen = sqrt(factor)
    ends: list[float] = []
    for coverage in (INNER, OUTER):
        if kind is Kind.SHARE:
            pair = binomial_limits(share, denominator, coverage)
        else:
            pair = poisson_limits(share * denominator, coverage)
        ends += [100 * (share + (end / denominator - share) * widen) for end in pair]
    ceiling = 100.0 if kind is Kind.SHARE else float("inf")
    lower_inner, upper_inner, lower_outer, upper_outer = (min(max(end, 0.0), ceiling) for end in ends)
    return Limits(denominator, lower_inner, upper_inner, lower_outer, upper_outer)


def _standing(value: float, limits: Limits) -> Standing:
    if value > limits.outer_upper:
        return Standing.ABOVE_OUTER
    if value < limits.outer_lower:
        return Standing.BELOW_OUTER
    if value > limits.inner_upper:
        return Standing.ABOVE_INNER
    if value < limits.inner_lower:
        return Standing.BELOW_INNER
    return Standing.INSIDE
