"""A school plan in a browser: what a demo made, seen by its head on a laptop and a phone; axe finds nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import LAPTOP, PHONE, _administrator, _home, _served

PLACE = "X06000001"
# Accounts with a role and a password, as the demo makes them.
MAKE = """
import django, sys; django.setup()
from django.utils import timezone
from ropewalk.core.use_cases.store import Reader, Store
from ropewalk.site.foundation.permissions.demonstration import make_people
from ropewalk.site.agree.school_plans.demonstration import make_school_plans
from ropewalk.site.see.live.states import STATES
reader, now = Reader(Store(sys.argv[1])), timezone.now()
urn = STATES.get(None).schools_of(STATES.get(None).place("X06000001"))[0].urn
for one in make_people(reader=reader, place="X06000001", urn=urn, by="Dana", now=now):
    print(*one[:2])
make_school_plans(place="X06000001", first="head", now=now)
"""


@pytest.fixture(scope="module")
def people(live_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """The address of a site with a head and a coordinator, and their passwords."""
    store = tmp_path_factory.mktemp("school-plans") / "store"
    shutil.copytree(live_store, store)
    _administrator(store)
    home = {**_home(store), "ROPEWALK_STORE": str(store), "DJANGO_SETTINGS_MODULE": "ropewalk.site.config.settings"}
    command = [sys.executable, "-c", MAKE, str(store)]
    told = subprocess.run(command, env=home, capture_output=True, text=True, check=True)
    passwords = dict(line.split(maxsplit=1) for line in told.stdout.splitlines())
    for address in _served(store):
        yield address, passwords


@pytest.fixture
def signed_in(chromium: Browser, people: tuple[str, dict[str, str]]) -> Iterator[Any]:
    """Gives a page of somebody who has signed in."""
    address, passwords = people
    contexts = []

    def enter(name: str) -> Page:
        context = chromium.new_context(base_url=address, locale="en-GB", viewport=LAPTOP)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.goto("/school-plans/")
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill(passwords[name])
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name="School plans", level=1)).to_be_visible(timeout=60_000)
        return page

    yield enter
    for context in contexts:
        context.close()


def sound(page: Page, axe: str) -> None:
    """Axe finds nothing on a laptop or a phone, and nothing runs off the narrower."""
    for size in (LAPTOP, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.wait_for_load_state("networkidle")
        page.evaluate(axe)
        found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found["violations"]] == [], page.url
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url
    page.set_viewport_size(LAPTOP)  # type: ignore[arg-type]


def test_a_head_claims_plans_and_shares_a_need(signed_in: Any, axe: str) -> None:
    desk = signed_in("head")
    sound(desk, axe)
    desk.locator("main a[href^='/school-plans/9']").last.click()
    sound(desk, axe)
    desk.get_by_role("link", name="Self-evaluation", exact=True).click()
    sound(desk, axe)
    desk.get_by_role("button", name="Make a claim").click()
    desk.get_by_role("button", name="Make it").click()
    expect(desk.get_by_role("heading", name="There is a problem")).to_be_visible()
    sound(desk, axe)
    desk.get_by_label("Area").select_option("behaviour")
    desk.get_by_label("What the school says").fill("Playtimes are calm.")
    desk.get_by_label("The school’s own judgement").select_option("strength")
    desk.get_by_role("button", name="Make it").click()
    desk.get_by_role("button", name="Add evidence").click()
    sound(desk, axe)
    desk.get_by_label("In words").fill("Seen on six days in May.")
    desk.get_by_role("button", name="Add it").click()
    expect(desk.get_by_text("Seen on six days in May.")).to_be_visible()
    sound(desk, axe)
    desk.get_by_role("link", name="Needs", exact=True).last.click()
    sound(desk, axe)


def test_a_head_reads_the_plan_and_adds_a_priority(signed_in: Any, axe: str) -> None:
    desk = signed_in("head")
    desk.locator("main a[href^='/school-plans/9']").last.click()
    desk.get_by_role("link", name="School plan 20").first.click()
    sound(desk, axe)
    desk.get_by_role("button", name="Add a priority").click()
    sound(desk, axe)
    desk.get_by_label("The priority in words").fill("Families know whom to ask.")
    desk.get_by_role("checkbox").first.check()
    desk.get_by_role("button", name="Add it").click()
    expect(desk.get_by_role("heading", name="Families know whom to ask.")).to_be_visible()
    desk.get_by_role("navigation", name="Breadcrumb").get_by_role("link").last.click()
    desk.locator("main a[href*='/disadvantage/']").first.click()
    sound(desk, axe)


def test_a_coordinator_sees_needs_that_are_published_or_shared(signed_in: Any, axe: str) -> None:
    desk = signed_in("coordinator")
    sound(desk, axe)
    desk.get_by_role("link", name="Needs of Harbourmouth").click()
    expect(desk.get_by_text("come without their records").first).to_be_visible(timeout=60_000)
    sound(desk, axe)
