"""A KPI takes its value from released editions of the place, and follows them."""

from __future__ import annotations

import html
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.editions_world import CODE, Stores, World, make_world, own_store

from ropewalk.core.disclosure import Audience
from ropewalk.core.use_cases.editions import released_edition
from ropewalk.site.agree.plan.actions.items import Promise, add
from ropewalk.site.agree.plan.actions.kpis import Wanted, set_measure
from ropewalk.site.agree.plan.actions.plans import NewPlan, draft
from ropewalk.site.agree.plan.kinds import Comes, ItemKind
from ropewalk.site.agree.plan.models import Item
from ropewalk.site.agree.plan.selectors.measuring import measured

WANTED = Wanted(
    comes=Comes.RELEASED,
    area=CODE,
    measure="persistent_absence",
    phase="all",
    group="all",
    period="2024/25",
    by_period="2029/30",
    target=Decimal(10),
)


@pytest.fixture
def world(edition_stores: Stores, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return make_world(own_store(edition_stores.after, tmp_path, settings))


def kpi_item(world: World) -> Item:
    """A KPI of a draft of the place."""
    cora, now = world.people["Cora"], timezone.now()
    plan = draft(NewPlan("Plan"), place=world.place, by=cora, now=now)
    return add(ItemKind.KPI, Promise(words="Fewer are absent"), plan=plan, by=cora, now=now)


@pytest.mark.django_db
def test_a_kpi_follows_released_editions_with_interval_source_and_verdict(
    world: World, edition_stores: Stores, tmp_path: Path, client: Client
) -> None:
    item, cora = kpi_item(world), world.people["Cora"]
    world.released(edition_stores.first)
    kpi = set_measure(WANTED, item=item, by=cora, now=timezone.now())
    first = measured(kpi).latest
    assert first is not None
    assert "edition 1" in first.source.casefold()
    assert first.interval
    assert measured(kpi).judged.because == "There is no value after the baseline yet."
    world.released(edition_stores.second)
    second = measured(kpi).latest
    assert second is not None
    assert "edition 2" in second.source.casefold()
    table = released_edition(tmp_path / "store", CODE, 2).figures(Audience.EVERYONE)
    [figure] = table.only(
        lambda one: (one.measure, one.phase, one.group, one.school) == ("persistent_absence", "all", "all", None)
    )
    assert second.words.startswith(f"{figure.value:.1f}")
    client.force_login(cora)
    page = client.get(f"/plans/{CODE}/items/{item.pk}/").content.decode()
    assert second.words in page
    assert html.escape(second.source) in page


@pytest.mark.django_db
def test_a_figure_that_is_not_shown_says_why(world: World, edition_stores: Stores, tmp_path: Path) -> None:
    item, cora = kpi_item(world), world.people["Cora"]
    world.released(edition_stores.second)
    table = released_edition(tmp_path / "store", CODE, 2).figures(Audience.EVERYONE)
    hidden = [one for one in table if one.school is None and one.missing is not None]
    kpi = set_measure(WANTED, item=item, by=cora, now=timezone.now())
    for one in hidden[:1]:
        kpi.phase, kpi.group, kpi.measure, kpi.period = one.phase, one.group, one.measure, one.period
        shown = measured(kpi).latest
        assert shown is not None
        assert one.missing is not None
        assert shown.words == one.missing.words
        assert measured(kpi).judged.verdict == "cannot tell yet"
    assert measured(kpi).judged.because
