"""Pooling places: the share of all children together, not the mean of shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ropewalk.core.schema.figure import Figure


@dataclass(frozen=True, slots=True)
class Pooled:
    """Counts of several places together; ``value`` in per cent, ``places`` how many were pooled."""

    numerator: int
    denominator: int
    places: int

    @property
    def value(self) -> float:
        """Share in per cent."""
        return 100 * self.numerator / self.denominator


def pool(figures: Sequence[Figure]) -> Pooled | None:
    """Pool figures of one measure and period; ``None`` unless every one of them has its counts.

    A pool with a part missing would be called the region and not be it.
    """
    if not figures or any(f.numerator is None or not f.denominator for f in figures):
        return None
    return Pooled(sum(f.numerator or 0 for f in figures), sum(f.denominator or 0 for f in figures), len(figures))
