"""Chance with a seed: streams of random numbers that do not disturb each other, and the draws the models need."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, floor, sqrt
from random import Random

_NORMAL_FROM = 40.0


def stream(seed: int, name: str) -> Random:
    """A source of random numbers of its own for each name, so that a new file leaves the numbers of others alone."""
    return Random(f"{seed}/{name}")  # noqa: S311  # nosec B311 - nothing secret hangs on it


def poisson(rng: Random, mean: float) -> int:
    """A count of events around ``mean``; from 40 on the normal approximation, which nobody can tell apart."""
    if mean <= 0:
        return 0
    if mean >= _NORMAL_FROM:
        return max(0, round(rng.gauss(mean, sqrt(mean))))
    limit, product, count = exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count


def parted(rng: Random, total: int, shares: Sequence[float]) -> list[int]:
    """A whole number parted by shares: the parts sum to it, and each is on average what its share says."""
    whole = sum(shares)
    offset, reached, so_far = rng.random(), 0, 0.0
    parts: list[int] = []
    for share in shares[:-1]:
        so_far += share
        upto = min(total, floor(total * so_far / whole + offset))
        parts.append(upto - reached)
        reached = upto
    parts.append(total - reached)
    return parts


def clipped(value: float, low: float, high: float) -> float:
    """The value, or the nearer limit where it lies outside."""
    return min(max(value, low), high)


def weighted_mean(values: Sequence[float], weights: Sequence[float]) -> float:
    """Mean of the values with weights; the plain mean where all weights are nought."""
    total = sum(weights)
    if total <= 0:
        return sum(values) / len(values)
    return sum(value * weight for value, weight in zip(values, weights, strict=True)) / total
