"""Intervals of shares and of their differences against the numbers R. G. Newcombe published in 1998."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropewalk.core.compare.intervals import difference_interval, share_interval


@pytest.mark.parametrize(
    ("numerator", "denominator", "lower", "upper"),
    [
        # Two-sided confidence intervals for the single proportion, table I, method 3 (Wilson).
        (81, 263, 25.53, 36.62),
        (15, 148, 6.24, 16.05),
        (0, 20, 0.00, 16.11),
        (1, 29, 0.61, 17.18),
    ],
)
def test_wilson_interval_is_the_one_published(numerator: int, denominator: int, lower: float, upper: float) -> None:
    found = share_interval(numerator, denominator)
    assert found is not None
    assert (found.lower, found.upper) == pytest.approx((lower, upper), abs=0.006)


@pytest.mark.parametrize(
    ("first", "second", "lower", "upper"),
    [
        # Interval estimation for the difference between independent proportions, table II, method 10.
        ((56, 70), (48, 80), 5.24, 33.39),
        ((9, 10), (3, 10), 17.05, 80.90),
        ((6, 7), (2, 7), 5.82, 80.62),
        ((5, 56), (0, 29), -3.81, 19.26),
        ((0, 10), (0, 20), -16.11, 27.75),
        ((0, 10), (0, 10), -27.75, 27.75),
        ((10, 10), (0, 20), 67.91, 100.00),
        ((10, 10), (0, 10), 60.75, 100.00),
    ],
)
def test_newcombe_interval_is_the_one_published(
    first: tuple[int, int], second: tuple[int, int], lower: float, upper: float
) -> None:
    found = difference_interval(first, second)
    assert found is not None
    assert (found.lower, found.upper) == pytest.approx((lower, upper), abs=0.006)


@given(st.integers(-3, 500), st.integers(-3, 500))
def test_a_share_lies_in_its_interval(numerator: int, denominator: int) -> None:
    found = share_interval(numerator, denominator)
    if denominator <= 0 or not 0 <= numerator <= denominator:
        assert found is None
        return
    assert found is not None
    assert 0 <= found.lower <= 100 * numerator / denominator + 1e-9
    assert 100 * numerator / denominator - 1e-9 <= found.upper <= 100


@given(st.tuples(st.integers(0, 90), st.integers(90, 300)), st.tuples(st.integers(0, 90), st.integers(90, 300)))
def test_swapping_the_shares_turns_the_interval_round(first: tuple[int, int], second: tuple[int, int]) -> None:
    there, back = difference_interval(first, second), difference_interval(second, first)
    assert there is not None
    assert back is not None
    assert (there.lower, there.upper) == pytest.approx((-back.upper, -back.lower), abs=1e-9)
    assert there.lower <= 100 * first[0] / first[1] - 100 * second[0] / second[1] <= there.upper
