"""The rules of an edition's life, tried with every order of steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from ropewalk.site.see.editions.life import (
    Stage,
    Standing,
    hindrances,
    stage,
    why_not_challenge,
    why_not_check,
    why_not_compute_anew,
)

DAY = date(2026, 3, 2)
SCHOOLS = (100001, 100002)
PEOPLE = (1, 2, 3)

drafted = Standing(drafted=True, maker=1, schools=frozenset(SCHOOLS), until=DAY + timedelta(days=7))
STEPS = st.one_of(
    st.tuples(st.just("compute"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("content"), st.sampled_from(SCHOOLS)),
    st.tuples(st.just("challenge"), st.sampled_from(SCHOOLS)),
    st.tuples(st.just("answer"), st.booleans()),
    st.tuples(st.just("check"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("wait"), st.integers(1, 8)),
    st.tuples(st.just("release"), st.just(0)),
    st.tuples(st.just("drop"), st.just(0)),
)


class Play:
    """An edition in the hands of people who try everything, each step taken only where the rules let it."""

    def __init__(self) -> None:
        self.it = Standing(schools=frozenset(SCHOOLS))
        self.today = DAY
        # What really happened since the newest draft, kept without the rules.
        self.checked: list[int] = []
        self.said_content: set[int] = set()
        self.open_challenges = 0
        self.found_right = False

    def take(self, step: str, what: int) -> None:
        getattr(self, step)(what)

    def wait(self, days: int) -> None:
        self.today += timedelta(days=days)

    def compute(self, by: int) -> None:
        if why_not_compute_anew(self.it, today=self.today):
            return
        until = max(self.it.until or DAY, self.today + timedelta(days=3))
        self.it = replace(
            self.it, drafted=True, maker=by, until=until, content=frozenset(), checkers=frozenset(), agreed=0
        )
        self.checked, self.said_content, self.found_right = [], set(), False

    def content(self, school: int) -> None:
        if not why_not_challenge(self.it, today=self.today):
            self.it = replace(self.it, content=self.it.content | {school})
            self.said_content.add(school)

    def challenge(self, _school: int) -> None:
        if not why_not_challenge(self.it, today=self.today):
            self.it = replace(self.it, unanswered=self.it.unanswered + 1)
            self.open_challenges += 1

    def answer(self, right: int) -> None:
        if self.it.unanswered:
            self.it = replace(self.it, unanswered=self.it.unanswered - 1, agreed=self.it.agreed + right)
            self.open_challenges -= 1
            self.found_right = self.found_right or bool(right)

    def check(self, by: int) -> None:
        if not why_not_check(self.it, by=by, today=self.today):
            self.it = replace(self.it, checkers=self.it.checkers | {by})
            self.checked.append(by)

    def release(self, _nothing: int) -> None:
        if not hindrances(self.it, today=self.today):
            self.it = replace(self.it, released=True)

    def drop(self, _nothing: int) -> None:
        if not why_not_compute_anew(self.it, today=self.today):
            self.it = replace(self.it, dropped=True)


# What leads to a release, with anything else in between: by chance alone hardly any would be released.
ORDERLY = (("compute", 1), ("wait", 8), ("check", 2), ("check", 3), ("release", 0))
LIVES = st.tuples(*(st.lists(STEPS, max_size=2) for _ in ORDERLY)).map(
    lambda noise: [step for between, one in zip(noise, ORDERLY, strict=True) for step in (*between, one)]
)


@given(st.one_of(st.lists(STEPS, max_size=40), LIVES))
def test_nothing_is_released_but_after_a_window_answers_and_two_other_people(steps: list[tuple[str, int]]) -> None:
    play = Play()
    event("an orderly life" if steps[-1:] == [ORDERLY[-1]] else "any life")
    for step, what in steps:
        before = play.it
        play.take(step, what)
        if before.released or before.dropped:
            assert play.it == before
        if play.it.released and not before.released:
            event("released")
            assert len(set(play.checked) - {before.maker}) >= 2
            assert not play.open_challenges
            assert not play.found_right
            assert before.until is not None
            assert play.today > before.until or play.said_content == set(SCHOOLS)
            assert not before.dropped


def test_a_whole_life_leads_to_release() -> None:
    play = Play()
    for step, what in (("compute", 1), ("challenge", SCHOOLS[0]), ("answer", 1), ("compute", 1), ("wait", 4)):
        play.take(step, what)
    assert stage(play.it, today=play.today) is Stage.CHECKING
    for step, what in (("check", 1), ("check", 2), ("check", 2)):
        play.take(step, what)
    assert hindrances(play.it, today=play.today) == [
        "One more person must check it, other than whoever computed the figures."
    ]
    play.take("check", 3)
    play.take("release", 0)
    assert stage(play.it, today=play.today) is Stage.RELEASED


def test_everything_in_the_way_is_said_at_once() -> None:
    assert hindrances(replace(drafted, unanswered=2, agreed=1), today=DAY) == [
        "Schools may look at their own figures until 9 March 2026.",
        "2 challenges wait for an answer.",
        "A school was found right: compute the figures anew.",
        "2 people must check it, other than whoever computed the figures.",
    ]


@pytest.mark.parametrize(
    ("today", "content", "expected"),
    [
        (DAY + timedelta(days=7), (), Stage.OWN_FIRST),
        (DAY + timedelta(days=8), (), Stage.CHECKING),
        (DAY, SCHOOLS, Stage.CHECKING),
        (DAY, SCHOOLS[:1], Stage.OWN_FIRST),
    ],
)
def test_the_window_ends_with_its_last_day_or_when_all_are_content(
    today: date, content: tuple[int, ...], expected: Stage
) -> None:
    assert stage(replace(drafted, content=frozenset(content)), today=today) is expected


def test_whoever_computed_the_figures_cannot_check_them() -> None:
    late = DAY + timedelta(days=8)
    assert why_not_check(drafted, by=1, today=late).startswith("You computed")
    assert why_not_check(drafted, by=2, today=late) == ""
    assert why_not_check(replace(drafted, unanswered=1), by=2, today=late).startswith("Challenges must be answered")
