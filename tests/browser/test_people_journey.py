"""People, organisations and places in a browser: axe finds nothing, nothing runs off, a role is given by a form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

PAGES = (
    "/people/",
    "/people/give/",
    "/people/mine/",
    "/organisations/",
    "/organisations/places/new/",
    "/organisations/new/",
)
# A 1280 pixel wide screen at 400 % shows 320 CSS pixels.
ZOOMED = {"width": 320, "height": 256}
LAPTOP = {"width": 1280, "height": 800}


@pytest.fixture
def desk(chromium: Browser, live_site: Any) -> Iterator[Page]:
    """A page of somebody who looks after the site and has signed in; the test fails when a script did."""
    context = chromium.new_context(base_url=live_site.address, locale="en-GB", viewport=LAPTOP)
    page = context.new_page()
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.goto("/people/")
    page.get_by_label("Name").fill(live_site.name)
    page.get_by_label("Password").fill(live_site.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="People and their roles")).to_be_visible(timeout=60_000)
    yield page
    context.close()
    assert failed == []


def sound(page: Page, axe: str) -> None:
    """Axe finds nothing on the page, and nothing runs off a narrow screen."""
    page.wait_for_load_state("networkidle")
    page.evaluate(axe)
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    told = [f"{v['id']}: {v['help']}: {[n['html'][:160] for n in v['nodes'][:3]]}" for v in found["violations"]]
    assert told == [], page.url
    page.set_viewport_size(ZOOMED)  # type: ignore[arg-type]
    wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= seen, page.url
    page.set_viewport_size(LAPTOP)  # type: ignore[arg-type]


def test_axe_finds_nothing_and_a_council_area_is_brought_in(desk: Page, axe: str) -> None:
    for address in PAGES:
        desk.goto(address)
        sound(desk, axe)
    desk.goto("/organisations/")
    desk.get_by_label("Bring in a council area").fill("Nowhere")
    desk.get_by_role("button", name="Bring it in").click()
    expect(desk.get_by_role("alert")).to_be_visible()
    sound(desk, axe)
    desk.get_by_label("Bring in a council area").fill("Harbourmouth")
    desk.get_by_role("button", name="Bring it in").click()
    expect(desk.get_by_role("heading", name="Harbourmouth (made up)")).to_be_visible(timeout=60_000)
    sound(desk, axe)
    desk.goto("/people/give/")
    desk.get_by_role("button", name="Give this role").click()
    expect(desk.get_by_role("link", name="Choose a person")).to_be_visible()
    sound(desk, axe)
