"""Funnel plots: how far a school may lie from the average by chance alone, given how many pupils it has.

Shares of pupils have limits from the binomial distribution; the line between whole numbers of pupils is interpolated,
as D. J. Spiegelhalter does (Funnel plots for comparing institutional performance, Statistics in Medicine 24, 2005,
appendix A.1.1). Counts that can exceed the pupils (suspensions) have the exact Poisson limits of their expected count.

Where schools vary more than chance allows (over-dispersion), limits are widened as the same paper proposes: z-scores
on the square-root or arcsine scale are winsorised at 10 per cent, the mean of their squares is the factor, its root
widens the limits. Being outside says
"more than chance", not why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import asin, ceil, inf, isnan, sqrt
from statistics import quantiles

# scipy.special and not scipy.stats: the same functions, and a tenth of the time to load.
from scipy.special import bdtr, bdtrik, gammaincinv

INNER, OUTER = 0.95, 0.998
WINSORISED_SHARE = 0.1
FEWEST_SCHOOLS = 10
STEPS = 60
SMALLEST_DENOMINATOR = 5

Ends = tuple[float, float, float, float]


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
    """Centre line (per cent), points, limits along the denominators, over-dispersion factor (1 when there is none).

    ``left_out`` are schools whose counts cannot stand in it: no pupils, or a share that counts more than its pupils.
    """

    kind: Kind
    centre: float
    points: tuple[Point, ...]
    limits: tuple[Limits, ...]
    dispersion: float
    left_out: tuple[str, ...] = ()

    @property
    def over_dispersed(self) -> bool:
        """Whether limits were widened."""
        return self.dispersion > 1

    @property
    def widened_by(self) -> float:
        """How many times as far from the centre the limits lie as chance alone would put them."""
        return sqrt(self.dispersion)


def poisson_limits(expected: float, coverage: float) -> tuple[float, float]:
    """Exact limits of a count around its expected count (chi-square quantiles)."""
    # A chi-square quantile with 2k degrees of freedom, halved, is the inverse of the incomplete gamma function of k.
    lower_tail, upper_tail = _tails(coverage)
    return float(gammaincinv(expected, lower_tail)), float(gammaincinv(expected + 1, upper_tail))


def binomial_limits(share: float, denominator: int, coverage: float) -> tuple[float, float]:
    """Exact limits of a count out of ``denominator``, interpolated between whole numbers as Spiegelhalter does."""
    lower_tail, upper_tail = _tails(coverage)
    return _interpolated(share, denominator, lower_tail), _interpolated(share, denominator, upper_tail)


def whole_binomial_limits(share: float, denominator: int, coverage: float) -> tuple[float, float]:
    """The lowest and highest whole count out of ``denominator`` that is not outside: quantiles of the distribution."""
    lower_tail, upper_tail = _tails(coverage)
    return float(_whole(share, denominator, lower_tail)), float(_whole(share, denominator, upper_tail))


def score(numerator: float, denominator: float, share: float, kind: Kind) -> float:
    """How many standard errors a school lies from ``share`` (0 to 1), on the scale where small counts are not lopsided.

    Counts of events are compared as square roots, shares as arcsines of square roots; without that a few schools with
    hardly any pupils would decide the over-dispersion.
    """
    if kind is Kind.RATE:
        return 2 * (sqrt(numerator) - sqrt(share * denominator))
    return 2 * sqrt(denominator) * (asin(sqrt(numerator / denominator)) - asin(sqrt(share)))


def over_dispersion(scores: Sequence[float]) -> float:
    """Mean square of z-scores winsorised at 10 per cent: 1 where schools vary as much as chance alone lets them."""
    tenths = quantiles(scores, n=round(1 / WINSORISED_SHARE), method="inclusive")
    return sum(min(max(one, tenths[0]), tenths[-1]) ** 2 for one in scores) / len(scores)


def funnel(counts: Sequence[tuple[str, int, int]], kind: Kind) -> Funnel | None:
    """Build a funnel from (school, numerator, denominator).

    ``None`` with fewer than ten schools, or when all counts are nought: a funnel then says nothing.
    """
    usable = [(school, n, d) for school, n, d in counts if d > 0 and n >= 0 and (kind is Kind.RATE or n <= d)]
    total, pupils = sum(n for _, n, _ in usable), sum(d for _, _, d in usable)
    if len(usable) < FEWEST_SCHOOLS or total == 0 or (kind is Kind.SHARE and total == pupils):
        return None
    share = total / pupils
    factor = _factor(usable, share, kind)
    points = tuple(
        Point(school, n, d, 100 * n / d, _standing(100 * n / d, _ends(d, share, kind, factor, whole=True)))
        for school, n, d in usable
    )
    largest = max(d for _, _, d in usable)
    steps = sorted({max(SMALLEST_DENOMINATOR, round(largest * (step / STEPS) ** 2)) for step in range(1, STEPS + 1)})
    there = {school for school, _, _ in usable}
    left_out = tuple(school for school, _, _ in counts if school not in there)
    return Funnel(kind, 100 * share, points, limits_at(steps, share, kind, factor), factor, left_out)


def limits_at(denominators: Sequence[int], share: float, kind: Kind, dispersion: float = 1.0) -> tuple[Limits, ...]:
    """The lines of a funnel around ``share`` (0 to 1) at these denominators (1 or more), in per cent."""
    return tuple(Limits(d, *_ends(d, share, kind, dispersion, whole=False)) for d in denominators)


def _factor(counts: Sequence[tuple[str, int, int]], share: float, kind: Kind) -> float:
    """Over-dispersion factor; 1 unless it is more than chance would give for so many schools."""
    factor = over_dispersion([score(n, d, share, kind) for _, n, d in counts])
    return factor if factor > 1 + 2 * sqrt(2 / len(counts)) else 1.0


def _ends(denominator: int, share: float, kind: Kind, factor: float, *, whole: bool) -> Ends:
    """Inner lower, inner upper, outer lower, outer upper, in per cent.

    ``whole`` keeps whole numbers of pupils: a school is outside only when its own whole number is less likely than
    the limit allows. Lines are drawn interpolated, else they would be saws.
    """
    ceiling = 100.0 if kind is Kind.SHARE else inf
    binomial = whole_binomial_limits if whole else binomial_limits
    ends: list[float] = []
    for coverage in (INNER, OUTER):
        if kind is Kind.RATE:
            pair = poisson_limits(share * denominator, coverage)
        else:
            pair = binomial(share, denominator, coverage)
        lower, upper = (100 * (share + (end / denominator - share) * sqrt(factor)) for end in pair)
        # With few pupils both ends can lie on one side of the centre; the average itself is never outside.
        ends += [min(max(lower, 0.0), 100 * share), max(min(upper, ceiling), 100 * share)]
    return ends[0], ends[1], ends[2], ends[3]


def _tails(coverage: float) -> tuple[float, float]:
    tail = (1 - coverage) / 2
    return tail, 1 - tail


def _whole(share: float, denominator: int, probability: float) -> int:
    """The smallest whole number that at least this share of the distribution does not exceed."""
    found = float(bdtrik(probability, denominator, share))
    # Where the distribution starts above the probability there is nothing to invert.
    count = 0 if isnan(found) else max(0, ceil(found))
    # The inverse is found by iteration: it may land one too high.
    return count - 1 if count and bdtr(count - 1, denominator, share) >= probability else count


def _interpolated(share: float, denominator: int, probability: float) -> float:
    count = _whole(share, denominator, probability)
    reached = float(bdtr(count, denominator, share))
    mass = reached - (float(bdtr(count - 1, denominator, share)) if count else 0.0)
    return count - (reached - probability) / mass if mass > 0 else float(count)


def _standing(value: float, ends: Ends) -> Standing:
    inner_lower, inner_upper, outer_lower, outer_upper = ends
    if value > outer_upper:
        return Standing.ABOVE_OUTER
    if value < outer_lower:
        return Standing.BELOW_OUTER
    if value > inner_upper:
        return Standing.ABOVE_INNER
    if value < inner_lower:
        return Standing.BELOW_INNER
    return Standing.INSIDE
