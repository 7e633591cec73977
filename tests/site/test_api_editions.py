"""Released editions in the API: what everyone sees of them, and nothing before they are released."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from tests.databases import database_of
from tests.editions_world import CODE, Stores, World, make_world, own_store

from ropewalk.core.disclosure import Audience
from ropewalk.core.use_cases.editions import released_edition
from ropewalk.site.see.api.shapes import EditionPage
from ropewalk.site.see.editions import pages

pytestmark = pytest.mark.django_db
EDITIONS = f"/api/v1/places/{CODE}/editions"


def asked(address: str, status: int = 200) -> dict[str, Any]:
    answer = Client().get(address)
    assert answer.status_code == status, answer.content
    assert answer.headers["Cache-Control"] == "no-store"
    found: dict[str, Any] = json.loads(answer.content)
    return found


@pytest.fixture
def world(edition_stores: Stores, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> World:
    """One edition is released."""
    monkeypatch.setenv("DATABASE_URL", database_of(tmp_path / "store"))
    settings.PAGE_CACHE = True
    world = make_world(own_store(edition_stores.after, tmp_path, settings))
    world.released(edition_stores.first)
    return world


def test_everyone_is_given_the_figures_of_a_released_edition_alone(world: World, edition_stores: Stores) -> None:
    world.drafted(edition_stores.second)
    [edition] = asked(EDITIONS)["editions"]
    content = released_edition(pages.store(), CODE, 1)
    assert (edition["number"], edition["digest"]) == (1, content.digest)
    part = asked(f"{EDITIONS}/1?limit=1000")
    wanted = [figure.as_json() for figure in content.figures(Audience.EVERYONE)]
    EditionPage.model_validate_json(json.dumps(part))
    assert part["edition"] == edition
    assert part["count"] == len(wanted) > 0
    for said, meant in zip(part["figures"], wanted, strict=True):
        # Receipts are made from what schools sent.
        assert meant["source"].pop("submissions")
        assert said == meant
        assert said["school"] is None
    assert asked(f"{EDITIONS}/2", 404)["status"] == 404


def test_parts_put_together_are_the_whole(world: World) -> None:  # noqa: ARG001 - its edition
    whole = asked(f"{EDITIONS}/1?limit=1000")["figures"]
    first = asked(f"{EDITIONS}/1?limit=2")
    assert first["figures"] + asked(f"{first['next']}")["figures"] == whole[:4]
    assert first["next"] == f"{EDITIONS}/1?limit=2&offset=2"


def test_a_release_shows_at_once_and_a_place_without_has_none(world: World, edition_stores: Stores) -> None:
    assert len(asked(EDITIONS)["editions"]) == 1
    world.released(edition_stores.second)
    assert [one["number"] for one in asked(EDITIONS)["editions"]] == [2, 1]
    assert asked("/api/v1/places/E06000026/editions")["editions"] == []
    assert asked("/api/v1/places/nowhere/editions", 404)["status"] == 404
