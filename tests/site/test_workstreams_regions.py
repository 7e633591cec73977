"""Workstreams of a region: those of its places, and the measure in released editions of its places."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.editions_world import CODE, Stores, World, make_world, own_store
from tests.site.conftest import Page
from tests.site.workstreams_cast import proposed

from ropewalk.core.disclosure import Audience
from ropewalk.core.use_cases.editions import released_edition
from ropewalk.site.agree.workstreams.actions import baseline
from ropewalk.site.agree.workstreams.models import Workstream
from ropewalk.site.agree.workstreams.selectors.regional import Released, released_within
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.actions import name_place, nest_place
from ropewalk.site.foundation.organisations.kinds import PlaceKind
from ropewalk.site.foundation.organisations.models import Place, PlaceNesting

Reading = Callable[..., Page]
REGION = "X12000001"
CHOSEN = baseline.Chosen("persistent_absence", "all", "all")


@pytest.fixture
def world(
    edition_stores: Stores,
    tmp_path: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    db: None,  # noqa: ARG001
) -> World:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    made = make_world(own_store(edition_stores.after, tmp_path, settings))
    region = name_place(kind=PlaceKind.REGION, code=REGION, name="Made-up region")
    if not PlaceNesting.objects.filter(place=made.place).exists():
        nest_place(place=made.place, region=region, begins=timezone.localdate(), by="Dana", now=timezone.now())
    made.person("Rosa", "regional_lead", region)
    return made


@pytest.fixture
def regional(world: World) -> Workstream:
    """A workstream of the region whose measure is set."""
    rosa = world.people["Rosa"]
    made = proposed(Place.objects.get(code=REGION), by=rosa, now=timezone.now())
    baseline.set_measure(CHOSEN, workstream=made, by=rosa, now=timezone.now())
    return made


def found_of(made: Workstream) -> Released:
    found = released_within(made, on=timezone.localdate())
    assert found is not None
    return found


def test_nothing_is_pooled_while_a_place_has_released_nothing_and_words_say_so(
    regional: Workstream, edition_stores: Stores, world: World
) -> None:
    [line] = found_of(regional).lines
    assert (line.place, line.said, line.edition) == (world.place.name, "no edition is released", "")
    assert found_of(regional).pooled == f"Nothing is pooled: there is no released figure of {world.place.name}."
    world.released(edition_stores.first)
    other = name_place(kind=PlaceKind.COUNCIL_AREA, code="X06000002", name="Northmoor")
    nest_place(place=other, region=regional.place, begins=timezone.localdate(), by="Dana", now=timezone.now())
    found = found_of(regional)
    assert [one.said for one in found.lines if one.place == "Northmoor"] == ["no edition is released"]
    assert found.pooled.startswith("Nothing is pooled: there is no released figure of Northmoor")


def test_the_newest_edition_of_each_place_counts_as_everyone_sees_it(
    regional: Workstream, edition_stores: Stores, world: World, settings: Settings
) -> None:
    for one in (edition_stores.first, edition_stores.second):
        world.released(one)
    [line] = found_of(regional).lines
    table = released_edition(Path(str(settings.ROPEWALK_STORE)), CODE, 2).figures(Audience.EVERYONE)
    cells = [one for one in table if one.school is None and (one.measure, one.phase, one.group) == (CHOSEN.key)]
    assert cells
    assert line.edition == "edition 2"
    assert line.figure in cells
    figure = line.figure
    assert figure is not None
    pooled = found_of(regional).pooled
    if figure.value is not None and figure.numerator is not None and figure.denominator:
        assert f"({figure.numerator:,} of {figure.denominator:,})" in pooled
    else:
        assert pooled.startswith("Nothing is pooled")


def test_a_measure_that_stands_in_no_edition_is_said_to_be_missing(
    regional: Workstream, edition_stores: Stores, world: World
) -> None:
    world.released(edition_stores.first)
    rosa = world.people["Rosa"]
    unknown = baseline.Chosen("free_school_meals", "all", "all")
    baseline.set_measure(unknown, workstream=regional, by=rosa, now=timezone.now())
    assert [one.said for one in found_of(regional).lines] == ["not in its newest edition"]


def test_a_region_s_page_lists_workstreams_of_its_places_and_published_and_released_stand_apart(
    regional: Workstream, edition_stores: Stores, world: World, client: Client, read: Reading
) -> None:
    world.released(edition_stores.first)
    home = f"/workstreams/{REGION}/"
    client.force_login(world.people["Rosa"])
    assert "It has proposed none yet." in read(home).words
    own = proposed(world.place, by=Account.objects.get(name="Cora"), now=timezone.now(), title="Of the place")
    page = read(home)
    assert "Of the place" in page.words
    # The regional lead sees no page of the place: it is named, and not linked.
    assert f"/workstreams/{CODE}/{own.pk}/" not in page.html
    client.force_login(world.people["Rosa"])
    words = read(f"{home}{regional.pk}/").words
    assert "The same measure in released editions of its places" in words
    assert "edition 1" in words
    assert "not mixed with them" in words
