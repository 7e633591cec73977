"""What happens to an edition when several people act at the same moment. On a server, where they really do."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.databases import database_of
from tests.editions_world import CODE, CUTS, Stores, World, computed, let_the_window_pass, make_world, own_store, stands

from ropewalk.core.errors import InputRefused
from ropewalk.site.config import settings as of_site
from ropewalk.site.foundation.audit.recording import verify
from ropewalk.site.foundation.terms.sharing import hold
from ropewalk.site.see.editions import making, releasing
from ropewalk.site.see.editions.making import Asked
from ropewalk.site.see.editions.models import Edition

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        of_site.DATABASES["default"]["ENGINE"].endswith("sqlite3"),
        reason="SQLITE WRITES ONE AFTER THE OTHER: raced on PostgreSQL, where the site's tests run once more",
    ),
]


@pytest.fixture
def world(edition_stores: Stores, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setenv("DATABASE_URL", database_of(tmp_path / "store"))
    return make_world(own_store(edition_stores.before, tmp_path, settings))


@pytest.fixture
def ready(world: World, edition_stores: Stores) -> Edition:
    """An edition that two people have checked."""
    edition = world.drafted(edition_stores.first)
    let_the_window_pass(edition)
    for name in ("Olu", "Petra"):
        seen = stands(edition).draft.digest
        releasing.check(edition=edition, seen=seen, words="", by=world.people[name], now=timezone.now())
    return edition


class Doing(threading.Thread):
    """Somebody who does something, on a connection of their own; what came of it in words."""

    def __init__(self, action: Callable[[], object]) -> None:
        super().__init__()
        self.action, self.came_of_it = action, ""
        self.start()

    def run(self) -> None:
        try:
            self.action()
            self.came_of_it = "done"
        except InputRefused as problem:
            self.came_of_it = str(problem)
        finally:
            connection.close()

    def ended(self) -> str:
        self.join(60)
        return self.came_of_it


def wait_until_somebody_waits() -> None:
    """Until another connection stands before a lock."""
    waits = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    deadline = time.monotonic() + 30
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute(waits)
            if cursor.fetchone()[0]:
                return
            time.sleep(0.02)
    raise AssertionError("Nobody waits.")


def release(world: World, edition: Edition, name: str = "Cora") -> None:
    seen = stands(edition).draft.digest
    releasing.release(edition=edition, seen=seen, by=world.people[name], now=timezone.now())


def test_of_four_who_release_at_once_one_does_and_the_others_are_told_who(world: World, ready: Edition) -> None:
    names = ("Cora", "Olu", "Petra", "Dana")
    told = [one.ended() for one in [Doing(lambda name=name: release(world, ready, name)) for name in names]]  # type: ignore[misc]
    row = Edition.objects.get(pk=ready.pk)
    assert row.ended_by is not None
    assert told.count("done") == 1
    assert names[told.index("done")] == row.ended_by.name
    assert sum(one.startswith(f"Already released by {row.ended_by.name} at ") for one in told) == 3
    assert verify().holds


def test_a_school_that_withdraws_first_is_not_released(world: World, ready: Edition) -> None:
    with transaction.atomic():
        hold(CODE)
        releases = Doing(lambda: release(world, ready))
        wait_until_somebody_waits()
        world.answer(world.urns[3], [])
    assert "1 school stopped sharing" in releases.ended()
    assert Edition.objects.get(pk=ready.pk).state == "open"


def test_a_school_that_withdraws_after_waits_for_the_release(world: World, ready: Edition) -> None:
    urn = world.urns[3]
    with transaction.atomic():
        hold(CODE)
        withdraws = Doing(lambda: world.answer(urn, []))
        wait_until_somebody_waits()
        release(world, ready)
        assert withdraws.is_alive()
    assert withdraws.ended() == "done"
    row = Edition.objects.get(pk=ready.pk)
    assert row.state == "released"
    answers = world.place.answers.for_system_job("a test").filter(urn=urn)
    assert not answers.latest("number").accepted


def test_of_two_who_make_an_edition_at_once_one_does(world: World) -> None:
    def make(name: str) -> None:
        asked = Asked(place=CODE, period="2024/25", cuts=CUTS)
        making.make(asked=asked, by=world.people[name], now=timezone.now())

    told = [one.ended() for one in [Doing(lambda name=name: make(name)) for name in ("Cora", "Olu")]]  # type: ignore[misc]
    assert sorted(one[:30] for one in told) == ["An edition of this place is on", "done"]
    edition = computed(Edition.objects.get())

    def anew(name: str) -> None:
        making.compute_anew(edition=edition, seen=1, by=world.people[name], now=timezone.now())

    told = [one.ended() for one in [Doing(lambda name=name: anew(name)) for name in ("Cora", "Olu")]]  # type: ignore[misc]
    assert sorted(one[:25] for one in told) == ["Somebody has begun to com", "done"]
    computed(edition)
    assert edition.drafts.count() == 2
