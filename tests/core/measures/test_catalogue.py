"""The catalogue: every measure is complete, and the first set of the contract is there."""

from __future__ import annotations

import pytest

from ropewalk.core.errors import NotFound
from ropewalk.core.measures import Gap, Lait, Measure, Polarity, Question, Unit, all_measures, measure

FIRST_SET = {
    "absence_overall", "absence_authorised", "absence_unauthorised", "persistent_absence", "severe_absence",
    "suspension_rate", "suspended_pupils_rate", "permanent_exclusion_rate", "ks2_rwm_expected", "attainment8",
    "progress8", "neet", "not_known", "neet_or_not_known", "free_school_meals", "ehcp_share", "sen_support_share",
    "ehc_plans_20_weeks",
}  # fmt: skip


def declared(**changes: object) -> Measure:
    """A complete measure with something changed."""
    whole = {
        "id": "late_buses", "title": "Late buses", "question": Question.WHO, "summary": "Buses.", "definition": "Late.",
        "source": "Nobody", "source_url": "", "unit": Unit.COUNT, "better": Polarity.LOWER,
    }  # fmt: skip
    return Measure(**{**whole, **changes})  # type: ignore[arg-type]


def test_the_first_set_of_the_contract_is_there() -> None:
    assert all_measures().keys() >= FIRST_SET


@pytest.mark.parametrize("name", sorted(all_measures()))
def test_a_measure_is_complete(name: str) -> None:
    found = measure(name)
    assert found.id == name
    assert found.definition.rstrip().endswith(".")
    assert found.summary.rstrip().endswith(".")
    assert found.source_url == "" or found.source_url.startswith("https://")
    assert 0 <= found.digits <= 3
    assert found.gap is None or found.gap.measure in all_measures()


def test_measures_come_in_the_order_of_the_questions() -> None:
    questions = [list(Question).index(found.question) for found in all_measures().values()]
    assert questions == sorted(questions)


def test_rows_of_lait_are_used_once() -> None:
    names = [row.short_description for found in all_measures().values() for row in found.lait]
    assert len(names) == len(set(names)) >= 49


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"id": "Late-Buses"}, "lower case"),
        ({"definition": " "}, "no definition"),
        ({"lait": (Lait("X", group="left_handed"),)}, "unknown group"),
        ({"gap": Gap("attainment8", "all", "left_handed")}, "unknown groups"),
    ],
)
def test_a_measure_that_is_not_complete_is_refused(changes: dict[str, object], words: str) -> None:
    assert declared().id == "late_buses"
    with pytest.raises(ValueError, match=words):
        declared(**changes)


def test_a_measure_that_is_not_there_suggests_near_ones() -> None:
    with pytest.raises(NotFound, match="Did you mean attainment8"):
        measure("attainment_nine")
