"""Control charts of weekly series: does this week differ from how weeks usually differ from each other?

The chart is the XmR chart (individual values and moving ranges) of D. J. Wheeler, Understanding Variation: the key to
managing chaos (2nd edition, 2000), chapter 3: the usual level is the mean, the limits lie 2.66 mean moving ranges away
from it. Moving ranges beyond 3.267 times their mean are left out before the limits are drawn, once, as the National
Health Service does in England (Making Data Count: Strengthening your decisions, 2019). The four rules are those of
Making Data Count as well: a point outside the limits; seven on one side of the mean; seven rising or falling; two of
three beyond two thirds of the way to the limit, all three on the same side of the mean.

A signal says that something changed and where, never why. Weeks without a value (holidays) are simply not in the
series: "in a row" means in a row of school weeks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from statistics import fmean

WIDTH_OF_LIMITS = 2.66
SCREEN = 3.267
RUN = 7
FEWEST_POINTS = 12

Span = tuple[int, int]

_NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)


class Rule(StrEnum):
    """What makes a signal."""

    OUTSIDE = "outside the limits"
    ONE_SIDE = "seven on one side"
    TREND = "seven rising or falling"
    TWO_OF_THREE = "two of three near the limit"


@dataclass(frozen=True, slots=True)
class ControlLimits:
    """The lines of a chart, in the unit of the values: mean, limits, and two thirds of the way to them.

    ``moving_range`` is the mean of the moving ranges that were not screened out, ``screened`` how many were.
    """

    mean: float
    lower: float
    upper: float
    moving_range: float
    screened: int

    @property
    def near_lower(self) -> float:
        """Two thirds of the way from the mean to the lower limit."""
        return self.mean + (self.lower - self.mean) * 2 / 3

    @property
    def near_upper(self) -> float:
        """Two thirds of the way from the mean to the upper limit."""
        return self.mean + (self.upper - self.mean) * 2 / 3


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal: its rule, whether it points ``up`` (above, rising), the places of its points, words for readers."""

    rule: Rule
    up: bool
    points: tuple[int, ...]
    words: str


@dataclass(frozen=True, slots=True)
class ControlChart:
    """Weeks with their values, the limits and the signals.

    ``limits`` is ``None`` with fewer than twelve weeks; ``reason`` then says what to do instead.
    """

    weeks: tuple[str, ...]
    values: tuple[float, ...]
    limits: ControlLimits | None
    signals: tuple[Signal, ...]
    reason: str | None = None

    @property
    def words(self) -> str:
        """What the chart says, in one sentence or more; never a cause."""
        if self.reason is not None:
            return self.reason
        if not self.signals:
            return "No signal: the weeks differ no more than they usually do."
        said = "; ".join(signal.words for signal in self.signals)
        return f"{said[:1].upper()}{said[1:]}. This says that something changed, not why."


def control_chart(weeks: Sequence[tuple[str, float]], *, usual: int | None = None) -> ControlChart:
    """The chart of (week, value), oldest first; a value in any unit.

    ``usual`` draws the limits from the first so many weeks only, so that later ones are held against how it was then.
    Raises ValueError when ``usual`` is less than twelve.
    """
    if usual is not None and usual < FEWEST_POINTS:
        raise ValueError(f"Limits need at least {FEWEST_POINTS} weeks, not {usual}.")
    names, values = tuple(week for week, _ in weeks), tuple(float(value) for _, value in weeks)
    if len(values) < FEWEST_POINTS:
        return ControlChart(names, values, None, (), _too_few(len(values)))
    limits = xmr_limits(values[:usual])
    return ControlChart(names, values, limits, _signals(names, values, limits))


def xmr_limits(values: Sequence[float]) -> ControlLimits:
    """Mean and limits of a series of two or more values."""
    mean = fmean(values)
    ranges = [abs(after - before) for before, after in pairwise(values)]
    usual = fmean(ranges)
    kept = [one for one in ranges if one < SCREEN * usual] or ranges
    moving_range = fmean(kept)
    reach = WIDTH_OF_LIMITS * moving_range
    return ControlLimits(mean, mean - reach, mean + reach, moving_range, len(ranges) - len(kept))


def one_side(sides: Sequence[int]) -> tuple[Span, ...]:
    """First and last place of every run of seven or more points on one side of the mean (1 above, -1 below, 0 on)."""
    return tuple((first, last) for first, last in _runs(sides) if sides[first] != 0 and last - first + 1 >= RUN)


def trends(values: Sequence[float]) -> tuple[Span, ...]:
    """First and last place of every seven or more points that rise, or fall, each beyond the one before."""
    steps = [(after > before) - (after < before) for before, after in pairwise(values)]
    # Seven points have six steps between them.
    return tuple((first, last + 1) for first, last in _runs(steps) if steps[first] != 0 and last - first + 1 >= RUN - 1)


def two_in_three(near: Sequence[int], sides: Sequence[int]) -> tuple[int, ...]:
    """1 for every point of three in a row of which two or more are near the limit and all on one side, else 0.

    ``near`` is 1 for points beyond two thirds of the way to the limit; ``sides`` is 1 above the mean, -1 below it.
    """
    marks = [0] * len(near)
    for place in range(len(near) - 2):
        three = slice(place, place + 3)
        if sum(near[three]) >= 2 and abs(sum(sides[three])) == 3:
            marks[three] = [1, 1, 1]
    return tuple(marks)


def _runs(kinds: Sequence[int]) -> list[Span]:
    """First and last place of every run of equal kinds."""
    starts = [place for place in range(len(kinds)) if place == 0 or kinds[place] != kinds[place - 1]]
    return list(zip(starts, [start - 1 for start in [*starts[1:], len(kinds)]], strict=False))


def _signals(weeks: Sequence[str], values: Sequence[float], limits: ControlLimits) -> tuple[Signal, ...]:
    """All signals, in the order of the rules and then of the weeks."""
    # Sums of decimals end a hair beside the true mean; that hair must not put a value above it.
    hair = 1e-9 * max(1e-9, *(abs(value) for value in values))
    sides = [_side(value - limits.mean, hair) for value in values]
    outside = [_side(v - limits.upper, hair) > 0 or _side(limits.lower - v, hair) > 0 for v in values]
    near = [int(_side(v - limits.near_upper, hair) > 0 or _side(limits.near_lower - v, hair) > 0) for v in values]
    found: list[tuple[Rule, tuple[int, ...], bool]] = []
    found += [(Rule.OUTSIDE, (place,), sides[place] > 0) for place, out in enumerate(outside) if out]
    found += [(Rule.ONE_SIDE, _places(span), sides[span[0]] > 0) for span in one_side(sides)]
    found += [(Rule.TREND, _places(span), values[span[1]] > values[span[0]]) for span in trends(values)]
    marks = two_in_three(near, sides)
    # Both halves count: points near the limit on one side, and runs of threes on that side.
    kinds = [mark * side for mark, side in zip(marks, sides, strict=True)]
    for span in _runs(kinds):
        if kinds[span[0]] != 0:
            places = tuple(place for place in _places(span) if near[place])
            found.append((Rule.TWO_OF_THREE, places, sides[span[0]] > 0))
    return tuple(Signal(rule, up, places, _words(rule, up, places, weeks)) for rule, places, up in found)


def _side(difference: float, hair: float) -> int:
    return 0 if abs(difference) <= hair else 1 if difference > 0 else -1


def _places(span: Span) -> tuple[int, ...]:
    return tuple(range(span[0], span[1] + 1))


def _words(rule: Rule, up: bool, places: tuple[int, ...], weeks: Sequence[str]) -> str:
    count = _NUMBERS[len(places)] if len(places) < len(_NUMBERS) else str(len(places))
    first, last = weeks[places[0]], weeks[places[-1]]
    if rule is Rule.OUTSIDE:
        return f"one week {'above the upper' if up else 'below the lower'} limit ({first})"
    if rule is Rule.ONE_SIDE:
        return f"{count} weeks in a row {'above' if up else 'below'} the usual level ({first} to {last})"
    if rule is Rule.TREND:
        return f"{count} weeks in a row {'rising' if up else 'falling'} ({first} to {last})"
    return f"{count} weeks close together far {'above' if up else 'below'} the usual level ({first} to {last})"


def _too_few(count: int) -> str:
    known = "No week is" if count == 0 else "One week is" if count == 1 else f"{count} weeks are"
    return (
        f"{known} known, and a control chart needs at least {FEWEST_POINTS}. "
        "Use a funnel instead: it compares schools with each other in one period."
    )
