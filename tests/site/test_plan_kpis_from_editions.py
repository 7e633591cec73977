"""A KPI that released editions measure keeps the values of all of them, and says from which edition each comes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.editions_world import CODE, World, make_world, own_store, school_urns

from ropewalk.core.disclosure import already_published, for_those_who_see_returns
from ropewalk.core.use_cases.editions import Cut, EditionWanted, draft_edition, release_edition
from ropewalk.core.use_cases.facts_store import Facts
from ropewalk.site.agree.plan.actions.items import Promise, add
from ropewalk.site.agree.plan.actions.kpis import Wanted, set_measure
from ropewalk.site.agree.plan.actions.plans import NewPlan, draft
from ropewalk.site.agree.plan.kinds import Comes, ItemKind
from ropewalk.site.agree.plan.models import Kpi
from ropewalk.site.agree.plan.selectors.changes import told
from ropewalk.site.agree.plan.selectors.measuring import measured, table_of

AS_OF = "2026-04-01T00:00:00.000000Z"


@pytest.fixture
def store(live_store: Path, tmp_path: Path, settings: Settings) -> Path:
    return own_store(live_store, tmp_path, settings)


@pytest.fixture
def world(store: Path, db: None) -> World:  # noqa: ARG001
    return make_world(store)


def release(world: World, store: Path, number: int, period: str, measure: str) -> None:
    """An edition of a period, released."""
    wanted = EditionWanted(
        place=CODE,
        number=number,
        period=period,
        cuts=(Cut(measure=measure, family=None),),
        schools=tuple(school_urns(store)),
        partners=(),
        threshold=5,
        as_of=AS_OF,
    )
    facts = Facts(store)
    made = draft_edition(facts, wanted)
    release_edition(facts, wanted, expected=made.digest)
    world.released(made)


def kpi_of(world: World) -> Kpi:
    """A KPI on released editions, from 2024/25."""
    cora, now = world.people["Cora"], timezone.now()
    plan = draft(NewPlan("Plan"), place=world.place, by=cora, now=now)
    due = timezone.localdate() + timedelta(days=700)
    item = add(ItemKind.KPI, Promise(words="Fewer are absent", due=due), plan=plan, by=cora, now=now)
    said = {"area": CODE, "measure": "persistent_absence", "phase": "all", "group": "all", "period": "2024/25"}
    return set_measure(Wanted(comes=Comes.RELEASED, by_period="2027/28", **said), item=item, by=cora, now=now)


def test_each_edition_adds_its_period_and_each_value_names_its_edition(world: World, store: Path) -> None:
    release(world, store, 1, "2024/25", "persistent_absence")
    kpi = kpi_of(world)
    before = measured(kpi).values
    assert [one.when for one in before] == ["2024 to 2025"]
    release(world, store, 2, "2025/26", "persistent_absence")
    # One that does not hold the KPI changes nothing.
    release(world, store, 3, "2024/25", "suspended_pupils_rate")
    shown = measured(kpi)
    assert [one.when for one in shown.values] == ["2024 to 2025", "2025 to 2026"]
    assert shown.values[0] == before[0]
    assert "edition 1, as known on" in shown.values[0].source
    assert shown.latest is not None
    assert "edition 2, as known on" in shown.latest.source
    drawn = table_of(kpi)
    assert drawn is not None
    assert len(drawn.rows) == 2


def test_the_log_of_changes_says_from_which_period_to_which(world: World, store: Path) -> None:
    release(world, store, 1, "2024/25", "persistent_absence")
    words = [one.words for one in told(kpi_of(world).item.plan)]
    assert any("it begins from 2024 to 2025, and its target is for 2027 to 2028;" in one for one in words), words


def test_tables_for_two_audiences_do_not_stand_in_one() -> None:
    with pytest.raises(ValueError, match="two audiences"):
        already_published([]).beside(for_those_who_see_returns([]))
    assert len(already_published([]).beside(already_published([]))) == 0
