"""Control charts against published limits, published test vectors of the rules, and properties that must hold."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ropewalk.core.compare.control_chart import (
    FEWEST_POINTS,
    ControlChart,
    Rule,
    control_chart,
    one_side,
    trends,
    two_in_three,
    xmr_limits,
)

# Twenty numbers the R package NHSRplotthedots tests itself with, and what it draws for them.
PUBLISHED_SERIES = (
    *(-0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621, -1.26506123),
    *(-0.68685285, -0.44566197, 1.2240818, 0.35981383, 0.40077145, 0.11068272, -0.55584113, 1.78691314),
    *(0.49785048, -1.96661716, 0.7013559, -0.47279141),
)
SERIES = st.lists(st.integers(-200, 200), min_size=FEWEST_POINTS, max_size=60)


def chart_of(values: list[int] | list[float] | tuple[float, ...], usual: int | None = None) -> ControlChart:
    return control_chart([(f"2025-W{week:02d}", float(value)) for week, value in enumerate(values, 1)], usual=usual)


def signals(chart: ControlChart) -> set[tuple[Rule, bool, tuple[int, ...]]]:
    return {(signal.rule, signal.up, signal.points) for signal in chart.signals}


def test_limits_are_those_published() -> None:
    limits = xmr_limits(PUBLISHED_SERIES)
    assert limits.mean == pytest.approx(0.1416238, abs=1e-7)
    assert limits.lower == pytest.approx(-3.01138, abs=1e-5)
    assert limits.upper == pytest.approx(3.294627, abs=1e-6)


def test_published_file_holds_the_numbers_here(shared_data: Path) -> None:
    file = shared_data.parent / "reference" / "evaluation" / "spc_xmr_series.csv"
    if not file.is_file():
        pytest.skip(f"NO REFERENCE DATA: {file} is not there")
    with file.open(encoding="utf-8", newline="") as rows:
        assert tuple(float(row["y"]) for row in csv.DictReader(rows)) == PUBLISHED_SERIES


def test_a_moving_range_far_beyond_the_others_is_left_out_of_the_limits() -> None:
    # Twenty ranges of 1, then one jump up and down of 50: mean range (20 + 100) / 22, far below 50 / 3.267.
    values = [float(week % 2) for week in range(21)] + [50.0, 0.0]
    limits = xmr_limits(values)
    assert limits.screened == 2
    assert limits.moving_range == 1
    assert limits.upper - limits.mean == pytest.approx(2.66)


@pytest.mark.parametrize(
    ("near", "marks"),
    [
        ([], ()),
        ([0, 0, 0], (0, 0, 0)),
        ([1, 0, 1], (1, 1, 1)),
        ([0, 1, 1], (1, 1, 1)),
        ([1, 1, 0], (1, 1, 1)),
        ([0, 0, 1, 0, 1, 0, 0], (0, 0, 1, 1, 1, 0, 0)),
        ([0, 0, 1, 1, 0, 0, 0], (0, 1, 1, 1, 1, 0, 0)),
        ([1, 0, 0, 1], (0, 0, 0, 0)),
        ([1, 0, 0, 1, 1], (0, 0, 1, 1, 1)),
    ],
)
@pytest.mark.parametrize("side", [1, -1])
def test_two_of_three_marks_what_making_data_count_marks(near: list[int], marks: tuple[int, ...], side: int) -> None:
    assert two_in_three(near, [side] * len(near)) == marks


@pytest.mark.parametrize("near", [[1, 0, 1], [0, 1, 1], [1, 1, 0]])
def test_two_of_three_on_opposite_sides_mark_nothing(near: list[int]) -> None:
    assert two_in_three(near, [1, -1, 1]) == (0, 0, 0)


@pytest.mark.parametrize(
    ("sides", "spans"),
    [
        ([], ()),
        ([1] * 6, ()),
        ([1] * 6 + [-1], ()),
        ([1] * 8 + [-1], ((0, 7),)),
        ([-1] * 8 + [1], ((0, 7),)),
        ([-1] + [1] * 8 + [-1], ((1, 8),)),
        ([0] * 9, ()),
        ([1] * 7 + [-1] * 7, ((0, 6), (7, 13))),
    ],
)
def test_seven_on_one_side_are_found_from_first_to_last(sides: list[int], spans: tuple[tuple[int, int], ...]) -> None:
    assert one_side(sides) == spans


@pytest.mark.parametrize(
    ("values", "spans"),
    [
        ([], ()),
        ([1, 2, 3, 4, 5, 6], ()),
        ([1, 2, 3, 3, 4, 5, 6], ()),
        ([1, 2, 3, 4, 5, 6, 7], ((0, 6),)),
        ([2, 1, 2, 3, 4, 5, 6, 7, 3], ((1, 7),)),
        ([7, 6, 5, 4, 3, 2, 1], ((0, 6),)),
        ([2, 7, 6, 5, 4, 3, 2, 1, 3], ((1, 7),)),
    ],
)
def test_seven_rising_or_falling_are_found(values: list[float], spans: tuple[tuple[int, int], ...]) -> None:
    assert trends(values) == spans


def test_weeks_in_a_row_above_are_said_in_words_without_a_cause() -> None:
    chart = chart_of([5, 7] * 8 + [8, 9, 8, 9, 8, 9, 8], usual=16)
    said = [signal.words for signal in chart.signals if signal.rule is Rule.ONE_SIDE]
    assert said == ["eight weeks in a row above the usual level (2025-W16 to 2025-W23)"]
    assert chart.words.endswith("This says that something changed, not why.")


def test_a_week_outside_is_named() -> None:
    chart = chart_of([5, 6] * 8 + [20], usual=16)
    assert [signal.words for signal in chart.signals] == ["one week above the upper limit (2025-W17)"]
    assert chart_of([-5, -6] * 8 + [-20], usual=16).signals[0].words == "one week below the lower limit (2025-W17)"


def test_weeks_near_the_limit_are_told_and_those_between_them_are_not() -> None:
    chart = chart_of([5, 7] * 8 + [10, 7, 10], usual=16)
    near = [signal for signal in chart.signals if signal.rule is Rule.TWO_OF_THREE]
    assert [(signal.points, signal.words) for signal in near] == [
        ((16, 18), "two weeks close together far above the usual level (2025-W17 to 2025-W19)")
    ]


def test_fewer_than_twelve_weeks_give_a_reason_and_no_limits() -> None:
    for weeks in range(FEWEST_POINTS):
        chart = chart_of([float(w) for w in range(weeks)])
        assert chart.limits is None
        assert chart.signals == ()
        assert "Use a funnel instead" in chart.words
    assert chart_of([1] * FEWEST_POINTS).limits is not None


def test_limits_from_fewer_than_twelve_weeks_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 12 weeks"):
        chart_of([1] * 20, usual=11)


@given(st.floats(-1e6, 1e6), st.integers(FEWEST_POINTS, 40))
def test_weeks_that_are_all_alike_give_no_signal(value: float, weeks: int) -> None:
    assert chart_of([value] * weeks).words == "No signal: the weeks differ no more than they usually do."


@given(SERIES)
def test_limits_hold_the_mean_and_the_near_lines(values: list[int]) -> None:
    limits = chart_of(values).limits
    assert limits is not None
    assert limits.lower <= limits.near_lower <= limits.mean <= limits.near_upper <= limits.upper


@given(SERIES, st.integers(-500, 500))
def test_the_same_series_higher_or_lower_has_the_same_signals(values: list[int], shift: int) -> None:
    assert signals(chart_of([value + shift for value in values])) == signals(chart_of(values))


@given(SERIES, st.integers(1, 9))
def test_another_unit_has_the_same_signals(values: list[int], factor: int) -> None:
    assert signals(chart_of([value * factor for value in values])) == signals(chart_of(values))


@given(SERIES)
def test_the_series_read_backwards_has_the_same_signals_mirrored(values: list[int]) -> None:
    last = len(values) - 1
    mirrored = {
        (rule, up != (rule is Rule.TREND), tuple(last - place for place in reversed(points)))
        for rule, up, points in signals(chart_of(values[::-1]))
    }
    assert mirrored == signals(chart_of(values))


@given(SERIES)
def test_the_series_upside_down_has_the_same_signals_the_other_way(values: list[int]) -> None:
    turned = {(rule, not up, points) for rule, up, points in signals(chart_of([-value for value in values]))}
    assert turned == signals(chart_of(values))


@given(SERIES)
def test_every_signal_can_be_checked_by_eye(values: list[int]) -> None:
    chart = chart_of(values)
    limits = chart.limits
    assume(limits is not None)
    for rule, up, points in signals(chart):
        shown = [values[place] for place in points]
        if rule is Rule.OUTSIDE:
            assert shown[0] > limits.upper if up else shown[0] < limits.lower
        elif rule is Rule.ONE_SIDE:
            assert len(shown) >= 7
            assert all(value > limits.mean if up else value < limits.mean for value in shown)
        elif rule is Rule.TREND:
            assert len(shown) >= 7
            assert shown == sorted(set(shown), reverse=not up)
        else:
            assert len(shown) >= 2
            assert all(value > limits.near_upper if up else value < limits.near_lower for value in shown)
