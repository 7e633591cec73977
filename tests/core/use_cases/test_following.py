"""What may be said of a change: the interval is Newcombe's, and the rule says no more than it shows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropewalk.core.measures import all_measures, measure
from ropewalk.core.use_cases.following import Outcome, Reading, counts_children, judge, judge_beside

ABSENCE = measure("persistent_absence")
SIZES = st.integers(1, 5000)


def reading(period: str, numerator: int, denominator: int) -> Reading:
    return Reading(period, 100 * numerator / denominator, numerator, denominator, 1, "a", 1)


def test_the_interval_is_that_of_the_paper() -> None:
    # R. G. Newcombe (1998), table II: 56 of 70 less 48 of 80, method 10: 0.0524 to 0.3339.
    found = judge(ABSENCE, reading("2022/23", 48, 80), reading("2023/24", 56, 70))
    assert found.interval is not None
    assert (round(found.interval.lower, 2), round(found.interval.upper, 2)) == (5.24, 33.39)
    assert found.outcome is Outcome.WORSE


@given(SIZES, SIZES, st.data())
def test_a_change_is_clear_just_where_the_interval_leaves_out_nought(one: int, two: int, data: st.DataObject) -> None:
    before = reading("2022/23", data.draw(st.integers(0, one)), one)
    now = reading("2023/24", data.draw(st.integers(0, two)), two)
    found = judge(ABSENCE, before, now)
    assert found.interval is not None
    assert found.change is not None
    assert found.interval.lower <= found.change + 1e-9
    assert found.change - 1e-9 <= found.interval.upper
    # Less absence is what is wanted; of a measure that nobody wants higher or lower it is only said which it is.
    said = {True: Outcome.WORSE, False: Outcome.BETTER}
    rose = found.interval.lower > 0
    clear = rose or found.interval.upper < 0
    assert found.outcome is (said[rose] if clear else Outcome.NO_CLEAR)
    back = judge(ABSENCE, replace(now, period="2022/23"), replace(before, period="2023/24"))
    assert back.interval is not None
    assert back.interval.lower == pytest.approx(-found.interval.upper, abs=1e-9)


@given(SIZES, SIZES, st.data())
def test_the_same_change_on_both_sides_is_no_difference(one: int, two: int, data: st.DataObject) -> None:
    before = reading("2022/23", data.draw(st.integers(0, one)), one)
    now = reading("2023/24", data.draw(st.integers(0, two)), two)
    found = judge(ABSENCE, before, now)
    beside = judge_beside(ABSENCE, found, found)
    assert (beside.outcome, beside.change) == (Outcome.NO_CLEAR, 0.0)


@pytest.mark.parametrize(
    ("before", "now", "why"),
    [
        (None, reading("2023/24", 1, 10), "for one of the two years"),
        (reading("2022/23", 1, 10), None, "for one of the two years"),
        (reading("2022/23", 1, 10), reading("2022/23", 1, 10), "Nothing newer"),
        (reading("2022/23", 1, 10), replace(reading("2023/24", 9, 10), definition=2), "not counted in the same way"),
        (reading("2022/23", 1, 10), replace(reading("2023/24", 9, 10), publication="b"), "not counted in the same way"),
        (reading("2022/23", 1, 10), replace(reading("2023/24", 9, 10), places=2), "not counted in the same way"),
        (reading("2022/23", 1, 10), replace(reading("2023/24", 9, 10), numerator=None), "not published how many"),
    ],
)
def test_it_cannot_be_told_and_is_said_why(before: Reading | None, now: Reading | None, why: str) -> None:
    found = judge(ABSENCE, before, now)
    assert found.outcome is Outcome.CANNOT_TELL
    assert why in found.why
    assert judge_beside(ABSENCE, found, found).outcome is Outcome.CANNOT_TELL


def test_what_is_counted_more_than_once_for_one_child_has_no_interval() -> None:
    assert counts_children(ABSENCE)
    for name in ("absence_overall", "suspension_rate", "permanent_exclusion_rate", "attainment8", "neet"):
        found = judge(measure(name), reading("2022/23", 10, 1000), reading("2023/24", 900, 1000))
        assert (found.outcome, found.interval) == (Outcome.CANNOT_TELL, None), name


def test_nothing_is_called_better_that_nobody_wants_higher_or_lower() -> None:
    meals = all_measures()["free_school_meals"]
    found = judge(meals, reading("2022/23", 10, 1000), reading("2023/24", 900, 1000))
    assert found.outcome is Outcome.HIGHER
