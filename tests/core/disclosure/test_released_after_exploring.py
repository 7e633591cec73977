"""A table given out after analysts have explored: beside what they were told it narrows nothing, or is refused."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.core.disclosure.test_exploring_rounded import (
    FAMILIES,
    QUESTIONS,
    WITHIN,
    Attacker,
    World,
    check_nobody_narrows_down,
    worlds,
)

from ropewalk.core.disclosure.corrections import State
from ropewalk.core.disclosure.exploring.released_after import tell_more_together
from ropewalk.core.disclosure.exploring.steps import Band
from ropewalk.core.disclosure.protect import Released
from ropewalk.core.disclosure.shares import Grouping, protected_rows, specification_of

PERSISTENT = "persistent_absence"


def state(world: World, *releases: Released, like: World | None = None) -> State:
    """The counts of a world, by everything that was asked (of another, ``like`` it) or given out."""
    asked = [(one.question.measure, one.question.family) for one in (like or world).answers]
    cuts = dict.fromkeys([(PERSISTENT, None), *((PERSISTENT, family) for family in FAMILIES), *asked])
    return State(shares=tuple(world.shares(*cut) for cut in cuts), releases=releases)


def table(world: World, family: str | None, shown: Mapping[tuple[str, ...], int] | None = None) -> Released:
    """The table of persistent absence, protected against strangers, or showing these cells alone."""
    wanted = world.shares(PERSISTENT, family)
    specification = specification_of(wanted, world.grouping)
    rows = protected_rows(specification, [wanted], [], lambda *_: None)
    return Released("0001", specification, rows if shown is None else dict.fromkeys(rows) | dict(shown))


def some_schools(*counted: int) -> World:
    """Schools of thirty pupils, of whom so many are persistently absent."""
    schools = [str(101 + number) for number in range(len(counted))]
    pupils = {}
    for school, count in zip(schools, counted, strict=True):
        pupils[school, "girls", "no_sen", "persistent"] = count
        pupils[school, "girls", "no_sen", "none"] = 30 - count
    return World(pupils, Grouping(trusts={}, phases=dict.fromkeys(schools, "primary")))


def test_a_total_of_twelve_gives_two_rounded_sixes_away_and_is_refused() -> None:
    world = some_schools(6, 6)
    shown = world.ask(PERSISTENT, None, "school").bands
    assert {shown[school, "counted", "all"] for school in ("101", "102")} == {Band(0, 6)}
    total = table(world, None, {("*", "yes"): 12, ("*", "*"): 60})
    assert tell_more_together(world.answers, state(world, total), [], WITHIN)
    # What an analyst would make of it if it were given out.
    world.releases.append(total)
    attacker = Attacker(world)
    assert attacker.narrowed(attacker.row(("101",), PERSISTENT, "all")) == (6, 6)
    with pytest.raises(AssertionError):
        check_nobody_narrows_down(world)


def test_a_table_that_tells_nothing_more_beside_explorations_may_be_given_out() -> None:
    world = some_schools(15, 15)
    world.ask(PERSISTENT, None, "place")
    shown = table(world, None)
    assert shown.rows["101", "yes"] == 15
    assert not tell_more_together(world.answers, state(world, shown), [], WITHIN)
    world.releases.append(shown)
    assert check_nobody_narrows_down(world) > 6


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(worlds(), QUESTIONS, st.sampled_from(tuple(FAMILIES)))
def test_whatever_was_explored_no_table_that_is_let_out_narrows_a_count_down(
    world: World, asked: list[tuple], family: str | None
) -> None:
    for question in asked:
        world.ask(*question)
    wanted = table(world, family)
    if not tell_more_together(world.answers, state(world, wanted), [], WITHIN):
        world.releases.append(wanted)
    check_nobody_narrows_down(world)


def test_a_table_of_changed_counts_is_held_against_what_was_explored_of_those_before() -> None:
    world = some_schools(6, 6, 6)
    world.ask(PERSISTENT, None, "school")
    # The third has changed. Less it, the total is that of two that have not.
    later = some_schools(6, 6, 20)
    shown = table(later, None, {("*", "yes"): 32, ("103", "yes"): 20})
    assert tell_more_together(world.answers, state(world, like=world), [state(later, shown, like=world)], WITHIN)
    # Where all have changed the total says nothing of those that were explored.
    others = some_schools(7, 8, 20)
    shown = table(others, None, {("*", "yes"): 35, ("103", "yes"): 20})
    assert not tell_more_together(world.answers, state(world, like=world), [state(others, shown, like=world)], WITHIN)
