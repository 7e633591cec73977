"""Series over periods: the axis of periods with its gaps, and runs of periods that hang together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.periods import sort_key, year_before


def every_period(periods: Iterable[str]) -> list[str]:
    """The periods in order, with the years between them that have none, so that a gap is seen as wide as it was."""
    known = sorted(set(periods), key=sort_key)
    filled: list[str] = []
    for period in known:
        missing: list[str] = []
        earlier = year_before(period)
        # Only whole years are filled in; between weeks and terms lie holidays.
        while filled and " " not in period and earlier and sort_key(earlier) > sort_key(filled[-1]):
            missing.append(earlier)
            earlier = year_before(earlier)
        filled += [*reversed(missing), period]
    return filled


def runs(figures: Sequence[tuple[str, Figure | None]], axis: Sequence[str]) -> list[tuple[str, Figure, int]]:
    """Figures with a value, each with the number of its run: a line may join figures of one run only.

    A run ends where a period of the axis has no value, so no line is drawn across a gap.
    """
    at = {period: figure for period, figure in figures if figure is not None and figure.value is not None}
    found: list[tuple[str, Figure, int]] = []
    run, unbroken = 0, False
    for period in axis:
        figure = at.get(period)
        if figure is None:
            unbroken = False
            continue
        run += 0 if unbroken else 1
        unbroken = True
        found.append((period, figure, run))
    return found
