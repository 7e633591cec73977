"""Funnels of schools: what holds for any counts."""

from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ropewalk.core.compare.funnel import (
    FEWEST_SCHOOLS,
    Funnel,
    Kind,
    Standing,
    funnel,
    limits_at,
    whole_binomial_limits,
)

ANY_COUNTS = st.lists(st.tuples(st.integers(-5, 4000), st.integers(-5, 3000)), max_size=40)
SHARES = st.floats(0.0005, 0.9995)
SIZES = st.integers(1, 20_000)
KINDS = st.sampled_from(list(Kind))


def built(pairs: list[tuple[int, int]], kind: Kind) -> Funnel | None:
    return funnel([(f"school {place}", n, d) for place, (n, d) in enumerate(pairs)], kind)


@settings(max_examples=150, deadline=None)
@given(ANY_COUNTS, KINDS)
def test_any_counts_give_a_funnel_that_keeps_its_promises_or_none(pairs: list[tuple[int, int]], kind: Kind) -> None:
    made = built(pairs, kind)
    if made is None:
        return
    assert len(made.points) + len(made.left_out) == len(pairs)
    assert len(made.points) >= FEWEST_SCHOOLS
    assert made.dispersion >= 1
    total, pupils = sum(p.numerator for p in made.points), sum(p.denominator for p in made.points)
    assert made.centre == pytest.approx(100 * total / pupils)
    for line in made.limits:
        ends = (line.outer_lower, line.inner_lower, made.centre, line.inner_upper, line.outer_upper)
        assert list(ends) == sorted(ends)
        assert line.outer_lower >= 0
        assert kind is Kind.RATE or line.outer_upper <= 100


@settings(max_examples=150, deadline=None)
@given(ANY_COUNTS, KINDS)
def test_where_a_school_lies_agrees_with_the_lines(pairs: list[tuple[int, int]], kind: Kind) -> None:
    made = built(pairs, kind)
    if made is None:
        return
    for point in made.points:
        line = limits_at([point.denominator], made.centre / 100, kind, made.dispersion)[0]
        # Lines of shares are interpolated between whole pupils, so a school counts as outside at most one pupil later.
        pupil = 0.0 if kind is Kind.RATE else 100 / point.denominator * made.widened_by
        if point.standing is Standing.ABOVE_OUTER:
            assert point.value > line.outer_upper
        elif point.standing is Standing.BELOW_OUTER:
            assert point.value < line.outer_lower + pupil
        elif point.standing is Standing.ABOVE_INNER:
            assert line.inner_upper < point.value <= line.outer_upper + pupil + 1e-9
        elif point.standing is Standing.BELOW_INNER:
            assert line.outer_lower - 1e-9 <= point.value < line.inner_lower + pupil
        else:
            assert line.inner_lower - 1e-9 <= point.value <= line.inner_upper + pupil + 1e-9


@settings(max_examples=200, deadline=None)
@given(SHARES, SIZES, st.integers(1, 20_000))
def test_limits_of_rates_widen_as_pupils_grow_fewer(share: float, size: int, more: int) -> None:
    small, large = limits_at([size, size + more], share, Kind.RATE)
    for name in ("inner_lower", "outer_lower"):
        assert getattr(small, name) <= getattr(large, name) + 1e-9
    for name in ("inner_upper", "outer_upper"):
        assert getattr(small, name) >= getattr(large, name) - 1e-9


@settings(max_examples=200, deadline=None)
@given(SHARES, SIZES)
def test_limits_of_shares_widen_as_pupils_grow_fewer(share: float, size: int) -> None:
    """Shares jump with whole pupils, so this holds from one size to four times the size, once a few pupils count."""
    if size * min(share, 1 - share) < 5:
        return
    small, large = limits_at([size, 4 * size], share, Kind.SHARE)
    assert small.inner_lower <= large.inner_lower
    assert small.outer_lower <= large.outer_lower
    assert small.inner_upper >= large.inner_upper
    assert small.outer_upper >= large.outer_upper


@settings(max_examples=200, deadline=None)
@given(SHARES, SIZES, KINDS, st.floats(1, 60))
def test_lines_hold_the_centre_and_stay_possible(share: float, size: int, kind: Kind, factor: float) -> None:
    line = limits_at([size], share, kind, factor)[0]
    assert 0 <= line.outer_lower <= line.inner_lower <= 100 * share
    assert 100 * share <= line.inner_upper <= line.outer_upper
    if kind is Kind.SHARE:
        assert line.outer_upper <= 100


def test_a_rare_event_in_a_small_school_is_not_called_unusual() -> None:
    """One pupil of 30 where one of 1,000 is usual: a chance of 3 in 100, which is no 99.8 % outlier."""
    lower, upper = whole_binomial_limits(0.001, 30, 0.998)
    assert (lower, upper) == (0, 1)


def test_schools_that_differ_by_chance_only_have_limits_as_they_are() -> None:
    made = built([(10, 100), (11, 100), (9, 100), (10, 100), (12, 100), (8, 100)] * 3, Kind.SHARE)
    assert made is not None
    assert not made.over_dispersed
    assert made.widened_by == 1


def test_schools_that_differ_much_widen_the_limits() -> None:
    pairs = [(5 + 40 * (place % 2), 200) for place in range(20)]
    made = built(pairs, Kind.RATE)
    assert made is not None
    assert made.over_dispersed
    plain = limits_at([200], made.centre / 100, Kind.RATE)[0]
    widened = limits_at([200], made.centre / 100, Kind.RATE, made.dispersion)[0]
    assert widened.outer_upper - made.centre == pytest.approx((plain.outer_upper - made.centre) * sqrt(made.dispersion))


def test_no_funnel_of_fewer_than_ten_schools_or_of_nothing() -> None:
    assert built([(3, 100)] * (FEWEST_SCHOOLS - 1), Kind.RATE) is None
    assert built([(0, 100)] * 20, Kind.RATE) is None
    assert built([(100, 100)] * 20, Kind.SHARE) is None


def test_counts_that_cannot_be_shares_are_named_not_dropped() -> None:
    made = funnel([*((str(place), 5, 100) for place in range(12)), ("unit", 12, 9), ("empty", 0, 0)], Kind.SHARE)
    assert made is not None
    assert made.left_out == ("unit", "empty")
    assert {point.school for point in made.points} == {str(place) for place in range(12)}
