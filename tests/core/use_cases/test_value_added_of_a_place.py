"""Value added of a place's schools from results in returns: what was made is found again, and refusals say why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.made_up_results import ADDED, FIRST_URN, PLACE, PUPILS, YEAR, send_results

from ropewalk.core.errors import NotFound
from ropewalk.core.publish import value_added_tables as tables
from ropewalk.core.use_cases.facts_store import Facts
from ropewalk.core.use_cases.live_state import LiveState
from ropewalk.core.use_cases.value_added import Pupil, context_of, place_value_added, pupils_of, years_with
from ropewalk.core.views.value_added import STAGES, PlaceValueAdded, Stage


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveState]:
    folder = tmp_path_factory.mktemp("results")
    send_results(folder / "store", folder / "scratch")
    opened = LiveState(Facts(folder / "store"), today=date(2023, 9, 2))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def shown(state: LiveState) -> PlaceValueAdded:
    return place_value_added(state, state.place(PLACE), Stage.KS2_KS4)


def test_what_each_school_adds_is_found_again_within_its_interval(shown: PlaceValueAdded) -> None:
    assert shown.reason is None
    found = {line.urn: line for line in shown.schools}
    assert len(found) == len(ADDED)
    for place, (added, pupils) in enumerate(zip(ADDED, PUPILS, strict=True)):
        line = found[FIRST_URN + place]
        if pupils < 20:
            assert (line.value, line.interval, line.words) == (None, None, "Fewer than 20 pupils: too few to say.")
            continue
        assert line.value is not None
        assert line.interval is not None
        assert line.interval.lower - 1 < added < line.interval.upper + 1
        assert abs(line.value) < abs(added) + 1.5
    assert found[FIRST_URN].words.startswith("Higher than like pupils elsewhere")
    assert found[FIRST_URN + 1].words.startswith("Lower than like pupils elsewhere")
    assert found[FIRST_URN + 2].words == "No clear difference from like pupils elsewhere."


def test_who_is_in_the_model_and_what_the_context_holds(state: LiveState, shown: PlaceValueAdded) -> None:
    """One pupil in twenty has no earlier result here; everybody speaks English, so that says nothing."""
    everyone = sum(PUPILS)
    assert (shown.results.after, shown.results.both, shown.pupils) == (
        everyone,
        everyone - everyone // 20,
        everyone - everyone // 20,
    )
    assert shown.used == ("disadvantaged or not", "SEN support", "girl or boy")
    assert shown.left_out == ("education, health and care plan", "English as an additional language or not")
    assert (shown.year, shown.years) == (YEAR, (YEAR,))
    assert f"{everyone // 20} with the later result have no earlier one here" in tables.summary(shown)
    pupils = pupils_of(state, state.place(PLACE), STAGES[Stage.KS2_KS4].before, STAGES[Stage.KS2_KS4].after, YEAR)
    [(reading,), (maths,)] = [
        state.rows("SELECT value FROM result WHERE child = ? AND assessment = ?", [pupils[0].child, name])[0]
        for name in ("KS2_READING", "KS2_MATHS")
    ]
    assert pupils[0].before == (reading + maths) / 2


def test_the_table_is_in_order_of_name_and_says_that_it_is_no_ranking(shown: PlaceValueAdded) -> None:
    table = tables.value_added_table(shown)
    assert [row[0].words for row in table.rows] == sorted(row[0].words for row in table.rows)
    assert [column.heading for column in table.columns][2] == "Estimate, Attainment 8 points"
    assert "no ranking" in table.notes[0]
    assert tables.signed(-0.04) == "0.0"
    assert (tables.signed(1.25), tables.signed(-1.25)) == ("+1.3", "−1.3")
    assert tables.description(shown).startswith("Estimates of 11 schools")


@pytest.mark.parametrize("stage", [Stage.PHONICS_KS2, Stage.GLD_PHONICS])
def test_without_the_results_it_says_which_are_missing(state: LiveState, stage: Stage) -> None:
    shown = place_value_added(state, state.place(PLACE), stage)
    assert shown.schools == ()
    assert shown.reason
    # Key stage 2 results are there, of 2017/18, and no phonics before them.
    missing = {Stage.PHONICS_KS2: "No school has sent", Stage.GLD_PHONICS: "No school of Harbourmouth"}
    assert shown.reason.startswith(missing[stage])


def test_too_few_schools_are_refused_with_the_number(live_store: Path) -> None:
    """The made-up place of two years has a year of Reception and of phonics, at fewer than ten primary schools."""
    opened = LiveState(Facts(live_store), today=date(2026, 3, 22))
    place = opened.place(PLACE)
    assert years_with(opened, place, ("KS2_READING", "KS2_MATHS")) == ("2024/25",)
    shown = place_value_added(opened, place, Stage.KS2_KS4)
    assert shown.reason == (
        "No school has sent the mean of the scaled scores in key stage 2 reading and mathematics of an earlier year "
        "for a pupil with the Attainment 8 score."
    )
    with pytest.raises(NotFound, match="2019/20"):
        place_value_added(opened, place, Stage.KS2_KS4, "2019/20")
    opened.close()


def test_a_part_of_the_context_that_many_lack_is_left_out_and_meals_give_way_to_disadvantage() -> None:
    def pupil(number: int, *groups: str) -> Pupil:
        return Pupil(1, number, 1.0, 1.0, frozenset(groups))

    pupils = [pupil(n, "fsm" if n % 2 else "not_fsm", "girls" if n % 3 else "boys") for n in range(20)]
    used, left_out = context_of(pupils)
    assert list(used) == ["eligible for free school meals or not", "girl or boy"]
    assert "disadvantaged or not" in left_out
    known = [
        Pupil(1, p.child, 1.0, 1.0, p.groups | {"disadvantaged" if p.child % 2 else "not_disadvantaged"})
        for p in pupils
    ]
    assert list(context_of(known)[0]) == ["disadvantaged or not", "girl or boy"]
    lacking = [Pupil(1, p.child, 1.0, 1.0, frozenset() if p.child < 3 else p.groups) for p in pupils]
    assert context_of(lacking)[0] == {}
