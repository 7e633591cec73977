"""Numbers and sentences in words."""

from __future__ import annotations

import pytest

from ropewalk.core.measures import all_measures, measure
from ropewalk.core.publish.sentences import SAID
from ropewalk.core.publish.wording import (
    change_words,
    difference_words,
    heading_words,
    listed,
    row_sentence,
    value_words,
)
from ropewalk.core.schema.places import Place
from ropewalk.core.views.overview import Overview


@pytest.mark.parametrize(
    ("measure_id", "value", "words"),
    [
        ("persistent_absence", 24.14, "24.1%"),
        ("persistent_absence", 0.25, "0.3%"),
        ("attainment8", 45.7, "45.7"),
        ("progress8", -0.06, "−0.06"),
        ("progress8", -0.001, "0.00"),
        ("gap_attainment8", 15.8, "15.8 points"),
        ("persistent_absence", None, "not available"),
    ],
)
def test_a_value_in_words(measure_id: str, value: float | None, words: str) -> None:
    assert value_words(value, measure(measure_id)) == words


@pytest.mark.parametrize(
    ("measure_id", "amount", "words"),
    [
        ("persistent_absence", 1.2, "+1.2 percentage points"),
        ("persistent_absence", -1.0, "−1.0 percentage point"),
        ("persistent_absence", 0.04, "no change"),
        ("attainment8", -0.5, "−0.5 points"),
        ("attainment8", None, "not available"),
    ],
)
def test_a_change_in_words(measure_id: str, amount: float | None, words: str) -> None:
    assert change_words(amount, measure(measure_id)) == words


def test_about_the_same_is_said_only_when_both_are_written_alike() -> None:
    share = measure("persistent_absence")
    assert difference_words(20.84, 20.76, share) == "about the same as"
    # 20.7 and 20.8 are written differently, so something must be said of the difference, however small.
    assert difference_words(20.75, 20.74, share) == "less than 0.1 percentage points higher than"
    assert difference_words(20.78, 23.57, share) == "2.8 percentage points lower than"


def test_the_sentence_of_a_real_row(overview: Overview, plymouth: Place) -> None:
    row = next(r for s in overview.sections for r in s.rows if r.measure.id == "persistent_absence")
    assert row_sentence(row, plymouth) == (
        "20.8% of pupils in Plymouth were persistently absent in 2024 to 2025, 2.8 percentage points lower than "
        "the year before and 8.5 higher than in 2018 to 2019. England: 18.1%. "
        "Half of its statistical neighbours lie between 17.8% and 19.4%."
    )


def test_no_sentence_judges(overview: Overview, plymouth: Place) -> None:
    said = " ".join(row_sentence(row, plymouth) for section in overview.sections for row in section.rows).lower()
    assert said
    for word in ("better", "worse", "best", "worst", "rank", "good", "bad", "improve"):
        assert word not in said


def test_sentences_are_of_declared_measures_and_name_value_place_and_period() -> None:
    assert set(SAID) <= set(all_measures())
    for said in SAID.values():
        assert all(part in said for part in ("{place}", "{value}", "{period}"))


def test_headings_and_lists() -> None:
    share = measure("persistent_absence")
    assert heading_words(share, "secondary", "sen_support") == "Persistent absence: secondary schools, SEN support"
    assert heading_words(share, "all", "all") == "Persistent absence"
    assert [listed(items) for items in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
