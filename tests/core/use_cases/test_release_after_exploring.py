"""What is given out after analysts have explored: audited with what they were told, when drafted and when released."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.core.disclosure.test_exploring_rounded import World, check_nobody_narrows_down
from tests.databases import copy_store

from ropewalk.core.disclosure import Audience
from ropewalk.core.disclosure.ledger import Ledger
from ropewalk.core.disclosure.shares import Grouping, Shares
from ropewalk.core.errors import InputRefused
from ropewalk.core.use_cases.editions import (
    Cut,
    EditionWanted,
    draft_edition,
    prepare_release,
    release_edition,
    released_editions,
    reproduce_edition,
)
from ropewalk.core.use_cases.explored import ExploredBefore
from ropewalk.core.use_cases.exploring import ExploreWanted, answers_before, explore
from ropewalk.core.use_cases.facts_store import Facts
from ropewalk.core.use_cases.returns_figures import Known, ReturnsWanted, returns_figures
from ropewalk.core.use_cases.safe_figures import SafeWanted, safe_returns_figures

PLACE, PERIOD, PERSISTENT = "X06000001", "2024/25", "persistent_absence"
SHARING = (990005, 990008, 990018, 990041, 990045, 990048, 990070, 990074, 990082, 990098, 990105)
KNOWN = Known(today=date(2026, 3, 22))
WORDS = "analysts have explored these pupils, and together with what they were told it would tell of few children"


@pytest.fixture
def facts(live_store: Path, tmp_path: Path) -> Facts:
    """A copy of a store with returns of fourteen schools, from which nothing was given out."""
    copy_store(live_store, tmp_path / "store")
    return Facts(tmp_path / "store")


def edition(family: str | None = None, **more: object) -> EditionWanted:
    return EditionWanted(
        **{
            "place": PLACE,
            "number": 1,
            "period": PERIOD,
            "cuts": (Cut(measure=PERSISTENT, family=family),),
            "schools": SHARING,
            "partners": SHARING,
            "threshold": 5,
            "as_of": "2025-10-01T00:00:00.000000Z",
            **more,
        }  # type: ignore[arg-type]
    )


def ask(facts: Facts, family: str | None, level: str) -> None:
    wanted = ExploreWanted(place=PLACE, measure=PERSISTENT, period=PERIOD, family=family, level=level, schools=SHARING)
    explore(facts, wanted, KNOWN, datetime(2026, 3, 22, 12, tzinfo=UTC))


@dataclass
class Told(World):
    """All that analysts were told of the made-up place, and what is true."""

    facts: Facts | None = None
    counted: dict[tuple[str, str | None], Shares] = field(default_factory=dict)

    def shares(self, measure: str, family: str | None) -> Shares:
        """As the returns say, counted once."""
        if (measure, family) not in self.counted:
            self.counted[measure, family] = self.count(measure, family)
        return self.counted[measure, family]

    def count(self, measure: str, family: str | None) -> Shares:
        assert self.facts
        groups = ("girls", "boys") if family else ()
        wanted = ReturnsWanted(
            place=PLACE,
            schools=SHARING,
            measures=[measure],
            phases=["all"],
            groups=["all", *groups],
            periods=[PERIOD],
        )
        cells = {
            (str(one.school), one.group): (one.numerator or 0, one.denominator or 0)
            for one in returns_figures(self.facts, wanted, KNOWN)
            if one.school and one.denominator
        }
        return Shares(measure=measure, family=family, groups=groups, cells=cells)


def told(facts: Facts) -> Told:
    world = Told(pupils={}, grouping=Grouping(trusts={}, phases={}), facts=facts)
    sizes = {school: of for (school, _), (_, of) in world.shares(PERSISTENT, None).cells.items()}
    world.pupils = {(school, "", "", ""): of for school, of in sizes.items()}
    world.answers = answers_before(facts, PLACE)
    world.releases = [one for path in (facts.root / "released").glob("*/*/*") for one in Ledger(path).releases()]
    return world


def test_a_draft_that_would_tell_of_few_children_is_refused_and_without_the_audit_it_would(
    facts: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(facts, "sex", "school")
    with pytest.raises(InputRefused, match=WORDS) as refused:
        draft_edition(facts, edition("sex"))
    assert "Persistent absence by sex" in str(refused.value)
    assert "Leave this table out, or ask for another period." in str(refused.value)
    check_nobody_narrows_down(told(facts))
    with monkeypatch.context() as patched:
        patched.setattr(ExploredBefore, "refuse_to_tell_more", lambda *_, **__: None)
        release_edition(facts, edition("sex"), expected=draft_edition(facts, edition("sex")).digest)
    with pytest.raises(AssertionError, match=PERSISTENT):
        check_nobody_narrows_down(told(facts))


def test_an_edition_that_tells_no_more_is_released_and_comes_out_again(facts: Facts) -> None:
    before = draft_edition(facts, edition("sex"))
    ask(facts, None, "place")
    draft = draft_edition(facts, edition("sex"))
    # What was explored leaves no trace in an edition.
    assert draft.content == before.content
    release_edition(facts, edition("sex"), expected=draft.digest)
    assert check_nobody_narrows_down(told(facts)) > 30
    ask(facts, "sex", "school")
    check_nobody_narrows_down(told(facts))
    assert reproduce_edition(facts, PLACE, 1).same


def test_a_question_between_draft_and_release_is_reckoned_with(facts: Facts) -> None:
    draft = draft_edition(facts, edition("sex"))
    prepare_release(facts, edition("sex"), expected=draft.digest)
    ask(facts, "sex", "school")
    for give_out in (prepare_release, release_edition):
        with pytest.raises(InputRefused, match=WORDS):
            give_out(facts, edition("sex"), expected=draft.digest)
    assert not released_editions(facts.root, PLACE)
    assert not told(facts).releases


def test_figures_for_an_audience_are_audited_as_well(facts: Facts) -> None:
    ask(facts, "sex", "school")
    about = {"place": PLACE, "measure": PERSISTENT, "period": PERIOD, "audience": Audience.EVERYONE}
    wanted = SafeWanted(**about, groups=("girls", "boys"))  # type: ignore[arg-type]
    with pytest.raises(InputRefused, match=WORDS):
        safe_returns_figures(facts, wanted, KNOWN)
    assert not told(facts).releases


def test_where_nothing_was_explored_nothing_is_read_or_counted(facts: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(facts, "sex", "school")
    # Other pupils and other periods were not explored.
    monkeypatch.setattr(ExploredBefore, "_tells_more", lambda _self: pytest.fail("was audited"))
    others = edition(cuts=(Cut(measure="suspended_pupils_rate"),))
    assert draft_edition(facts, others).tables[0].rows
    assert draft_edition(facts, edition(period="2024/25 autumn")).tables[0].rows
