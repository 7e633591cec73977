"""Bar 9: from rates that may be shown nobody works out a numerator that is hidden."""

from __future__ import annotations

import pytest

from ropewalk.core.disclosure.rates import Parts, rate_may_be_shown


def test_every_rate_shown_rests_on_two_counts_that_may_be_shown_themselves():
    for denominator in range(81):
        for numerator in range(denominator + 1):
            if rate_may_be_shown(numerator, denominator):
                complement = denominator - numerator
                assert denominator >= 20
                assert numerator >= 5
                assert complement >= 5


def test_a_stranger_who_lists_all_pairs_is_left_with_five_numerators_for_each_that_is_hidden():
    # What is shown of a hidden pair: the denominator at most (it is no secret), and that the rate is not shown.
    for denominator in range(20, 81):
        hidden = [n for n in range(denominator + 1) if not rate_may_be_shown(n, denominator)]
        low = [n for n in hidden if n < denominator / 2]
        high = [n for n in hidden if n >= denominator / 2]
        assert max(low) - min(low) >= 4
        assert max(high) - min(high) >= 4
        assert low == [0, 1, 2, 3, 4]
        assert max(hidden) - min(hidden) >= 5


def test_nobody_and_everybody_are_said_of_the_place_alone():
    assert not rate_may_be_shown(0, 40)
    assert not rate_may_be_shown(40, 40)
    assert rate_may_be_shown(0, 40, Parts(of_place=True))
    assert rate_may_be_shown(40, 40, Parts(of_place=True))
    assert not rate_may_be_shown(3, 4_000, Parts(of_place=True))


def test_a_rate_of_a_hidden_count_is_hidden():
    assert rate_may_be_shown(10, 40)
    assert not rate_may_be_shown(10, 40, Parts(numerator_shown=False))
    assert not rate_may_be_shown(10, 40, Parts(denominator_shown=False))
    assert not rate_may_be_shown(10, 19)
    assert not rate_may_be_shown(7, 40, threshold=8)
    assert not rate_may_be_shown(33, 40, threshold=8)


@pytest.mark.parametrize("pair", [(-1, 30), (31, 30)])
def test_counts_that_are_no_rate_are_refused(pair):
    with pytest.raises(ValueError, match="numerator"):
        rate_may_be_shown(*pair)
