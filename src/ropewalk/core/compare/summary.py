"""Where a value lies among others: median, range, quartiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True, slots=True)
class Spread:
    """Median, lowest, highest and quartiles of a set of values, with how many there are, in the values' unit."""

    median: float
    lowest: float
    highest: float
    lower_quartile: float
    upper_quartile: float
    count: int


def spread(values: Sequence[float]) -> Spread | None:
    """Summarise values; ``None`` when there are none. Quartiles by the inclusive method (as spreadsheets do)."""
    if not values:
        return None
    ordered = sorted(values)
    if len(ordered) == 1:
        return Spread(ordered[0], ordered[0], ordered[0], ordered[0], ordered[0], 1)
    lower, _middle, upper = quantiles(ordered, n=4, method="inclusive")
    return Spread(round(median(ordered), 6), ordered[0], ordered[-1], round(lower, 6), round(upper, 6), len(ordered))
