"""The four stages and their gates, whatever anybody tries in whatever order."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropewalk.core.errors import InputRefused
from ropewalk.site.agree.workstreams.stages import (
    Asked,
    Move,
    Stage,
    State,
    in_the_way,
    moved,
    next_words,
)

DAY = date(2026, 9, 1)
DAYS = st.integers(-5, 5).map(lambda days: DAY + timedelta(days=days))
SOME = (None, DAY, DAY + timedelta(days=2))
EVERYTHING = [
    Asked(move, on, begins, ends, because, whole)
    for move, on, begins, ends, because, whole in product(
        Move, (DAY, DAY + timedelta(days=1)), SOME, SOME, (" ", "Snow."), (False, True)
    )
]


def tried(state: State, asked: Asked) -> State:
    """The state after a move; what is refused changes nothing."""
    try:
        return moved(state, asked)
    except InputRefused as refused:
        assert refused.problems
        return state


def walked(moves: list[Asked]) -> list[State]:
    """Every state on the way."""
    states = [State()]
    for asked in moves:
        states.append(tried(states[-1], asked))
    return states


@pytest.fixture(scope="module")
def reachable() -> set[tuple[State, State]]:
    """Every step that can be made from the beginning on, whatever is tried in whatever order."""
    seen, waiting, steps = {State()}, [State()], set()
    while waiting:
        state = waiting.pop()
        for later in {tried(state, asked) for asked in EVERYTHING}:
            steps.add((state, later))
            if later not in seen:
                seen.add(later)
                waiting.append(later)
    return steps


def test_no_way_leads_past_a_gate(reachable: set[tuple[State, State]]) -> None:
    for _, state in reachable:
        if state.stage.number >= Stage.TASK.number:
            assert state.signed
            assert state.measure_set
            assert state.shortlisted
            assert state.begins is not None
            assert state.ends is not None
            assert state.begins < state.ends
        if state.stage.number >= Stage.IMPACT.number:
            assert state.closed
    assert {state.stage for _, state in reachable} == set(Stage)


def test_a_stage_is_neither_left_out_nor_gone_back_to(reachable: set[tuple[State, State]]) -> None:
    assert {later.stage.number - state.stage.number for state, later in reachable} == {0, 1}


def test_every_state_has_words_of_what_is_next_and_who_does_it(reachable: set[tuple[State, State]]) -> None:
    doing = ("The chair", "Contributors", "Every contributor", "Members", "The end date has passed: the chair")
    for _, state in reachable:
        for on in (DAY, DAY + timedelta(days=9)):
            words = next_words(state, on=on)
            assert words.startswith("Nothing" if state.decided else doing)
            assert words.startswith("The end date has passed") == state.is_late(on)


BASELINE = [Asked(Move.SET_MEASURE, DAY), Asked(Move.FREEZE, DAY), Asked(Move.SIGN, DAY, whole=True)]
TASK = [*BASELINE, Asked(Move.SHORTLIST, DAY), Asked(Move.BEGIN, DAY, begins=DAY, ends=DAY + timedelta(days=9))]


def test_a_workstream_can_go_all_the_way() -> None:
    states = walked([*TASK, Asked(Move.CLOSE, DAY), Asked(Move.DECIDE, DAY)])
    assert list(dict.fromkeys(state.stage for state in states)) == list(Stage)


@given(st.builds(State, measure_set=st.booleans(), signed=st.booleans(), shortlisted=st.booleans()), DAYS, DAYS)
def test_stage_three_begins_just_when_every_gate_is_open(state: State, begins: date, ends: date) -> None:
    asked = Asked(Move.BEGIN, DAY, begins=begins, ends=ends)
    is_open = state.measure_set and state.signed and state.shortlisted and begins < ends
    assert (in_the_way(state, asked) == []) == is_open


@pytest.mark.parametrize("move", [Move.CLOSE, Move.DECIDE])
def test_without_an_end_date_nothing_comes_to_stage_four(move: Move) -> None:
    # No move leads here; the gate stands all the same.
    state = State(measure_set=True, signed=True, shortlisted=True, begins=DAY, closed=move is Move.DECIDE)
    assert "no end date" in str(in_the_way(state, Asked(move, DAY))[0])


def test_past_its_end_date_it_is_closed_or_extended_with_a_reason_to_a_later_day() -> None:
    state, late = walked(TASK)[-1], DAY + timedelta(days=10)
    assert not state.is_late(DAY + timedelta(days=9))
    assert state.is_late(late)
    assert "extends it formally" in next_words(state, on=late)
    after = late + timedelta(days=1)
    for refused in (
        Asked(Move.EXTEND, late, ends=after),
        Asked(Move.EXTEND, late, ends=late, because="Snow."),
        Asked(Move.EXTEND, late, because="Snow."),
    ):
        assert len(in_the_way(state, refused)) == 1
    extended = moved(state, Asked(Move.EXTEND, late, ends=after, because="Snow."))
    assert (extended.ends, extended.is_late(late)) == (after, False)
    assert moved(state, Asked(Move.CLOSE, late)).stage is Stage.IMPACT
