"""Counts as analysts see them: in steps of six, or wider ones, each shown as the middle of its step.

1 to 6 is shown as 3, 7 to 12 as 9, and so on (OpenSAFELY's midpoint-6). A group without pupils stays 0. Of the pupils a
measure counts 0 to 6 are one step: that nobody of a group is counted would say something of each child in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

STEP = 6
# Steps that are tried, the finest first.
STEPS = (STEP, 2 * STEP, 4 * STEP, 8 * STEP)
# Nobody may narrow a count down to fewer steps than this: as wide as in released tables. What is known without any
# exploring (sizes of schools, released numbers and what follows from them) stays as it is.
SMALLEST_WIDTH = 5


@dataclass(frozen=True, slots=True)
class Band:
    """The counts that are shown as one: from ``low`` to ``high``. Raises ValueError for an empty one."""

    low: int
    high: int

    def __post_init__(self) -> None:
        """Refuse what no count lies in."""
        if not 0 <= self.low <= self.high:
            raise ValueError("a band of counts begins at 0 or later and ends no earlier")

    @property
    def shown(self) -> int:
        """Its middle, rounded down."""
        return (self.low + self.high) // 2

    @property
    def words(self) -> str:
        """As it is read."""
        return f"{self.low:,}" if self.low == self.high else f"{self.low:,} to {self.high:,}"

    def __contains__(self, count: int) -> bool:
        """Whether a count is shown as this."""
        return self.low <= count <= self.high

    def together(self, other: Band) -> Band:
        """Both and what lies between them."""
        return Band(min(self.low, other.low), max(self.high, other.high))


def bands(lowest: int, step: int, *, nought: bool) -> Iterator[Band]:
    """The bands of a step from that with the count ``lowest`` upwards, without end; ``nought`` is one by itself."""
    if lowest == 0 and nought:
        yield Band(0, 0)
    number = max(0, lowest - 1) // step
    while True:
        yield Band(number * step + int(number > 0 or nought), (number + 1) * step)
        number += 1


def bands_below(highest: int, step: int) -> Iterator[Band]:
    """The bands of a step from that with the count ``highest`` downwards, as far as 1."""
    for number in range((highest - 1) // step, -1, -1):
        yield Band(number * step + 1, (number + 1) * step)
