"""Gaps with intervals against scipy's Welch test and Newcombe's published table."""

from __future__ import annotations

import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ttest_ind

from ropewalk.core.compare.gaps import Summary, gap_of_means, gap_of_shares, summary

SAMPLES = st.lists(st.integers(0, 90).map(float), min_size=2, max_size=40)


def test_gap_of_shares_has_newcombes_interval() -> None:
    gap = gap_of_shares((56, 70), (48, 80))
    assert gap is not None
    assert gap.difference == pytest.approx(20)
    assert (gap.interval.lower, gap.interval.upper) == pytest.approx((5.24, 33.39), abs=0.006)
    assert gap.clear
    assert gap.words("boys", "girls") == (
        "20.0 percentage points higher for boys than for girls (between 5.2 and 33.4)."
    )


def test_an_interval_around_nought_is_no_clear_difference() -> None:
    gap = gap_of_shares((5, 56), (0, 29))
    assert gap is not None
    assert not gap.clear
    assert gap.words("pupils with SEN support", "other pupils").startswith(
        "No clear difference between pupils with SEN support and other pupils: 8.9 percentage points higher, and "
        "anything from 3.8 lower to 19.3 higher could be chance."
    )


def test_a_lower_first_group_is_said_to_be_lower_nearer_end_first() -> None:
    gap = gap_of_shares((48, 80), (56, 70))
    assert gap is not None
    assert gap.words("girls", "boys") == "20.0 percentage points lower for girls than for boys (between 5.2 and 33.4)."


@given(SAMPLES, SAMPLES)
def test_gap_of_means_is_welchs_interval(first: list[float], second: list[float]) -> None:
    one, two = summary(first), summary(second)
    assert one is not None
    assert two is not None
    gap = gap_of_means(one, two)
    if one.variance + two.variance == 0:
        assert gap is None
        return
    with warnings.catch_warnings():
        # scipy warns where one group's values are all alike, and still answers.
        warnings.simplefilter("ignore")
        answer = ttest_ind(first, second, equal_var=False)
    expected = answer.confidence_interval(0.95)
    assert gap is not None
    assert (gap.interval.lower, gap.interval.upper) == pytest.approx((expected.low, expected.high), rel=1e-7, abs=1e-7)
    assert gap.interval.lower <= gap.difference <= gap.interval.upper


@given(SAMPLES, SAMPLES)
def test_swapping_the_groups_turns_the_gap_round(first: list[float], second: list[float]) -> None:
    one, two = summary(first), summary(second)
    assert one is not None
    assert two is not None
    there, back = gap_of_means(one, two), gap_of_means(two, one)
    assert (there is None) == (back is None)
    if there is not None and back is not None:
        assert there.difference == -back.difference
        assert there.clear == back.clear


def test_too_few_pupils_give_no_gap() -> None:
    assert summary([1.0]) is None
    assert gap_of_means(Summary(1, 3.0, 0.0), Summary(9, 3.0, 1.0)) is None
    assert gap_of_shares((0, 0), (1, 2)) is None
