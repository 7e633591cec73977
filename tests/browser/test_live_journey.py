"""Live figures in a browser: axe finds nothing, nothing runs off, keys and paper do, no JavaScript is needed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

PLACE = "/live/places/X06000001/"
SO_FAR = "2025/26+to+2026-W12"
PAGES = (
    "/live/",
    PLACE,
    f"{PLACE}?phase=primary&group=fsm",
    f"{PLACE}measures/absence_overall/?by=week",
    f"{PLACE}measures/persistent_absence/",
    f"{PLACE}movement/?year=2024/25",
    "/live/schools/990008/",
    "/live/schools/990008/measures/absence_overall/?by=week",
    f"/live/figures/?place=X06000001&measure=absence_overall&period={SO_FAR}",
    f"{PLACE}?as_of=2026-03-20",
    f"{PLACE}?as_of=2020-01-01",
)
# A 1280 pixel wide screen at 400 % shows 320 CSS pixels.
ZOOMED = {"width": 320, "height": 256}


@pytest.fixture(scope="session")
def signed_in(chromium: Browser, live_site: Any) -> dict[str, Any]:
    """The cookies of somebody who has signed in."""
    context = chromium.new_context(base_url=live_site.address)
    page = context.new_page()
    page.goto(PLACE)
    page.get_by_label("Name").fill(live_site.name)
    page.get_by_label("Password").fill(live_site.password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Reason").fill("To read the figures of a place")
    page.get_by_role("button", name="Open the data for an hour").click()
    expect(page).to_have_url(f"{live_site.address}{PLACE}", timeout=60_000)
    kept: dict[str, Any] = context.storage_state()  # type: ignore[assignment]
    context.close()
    return kept


def _context(chromium: Browser, site: Any, state: dict[str, Any], **options: object) -> BrowserContext:
    return chromium.new_context(base_url=site.address, storage_state=state, locale="en-GB", **options)  # type: ignore[arg-type]


@pytest.fixture
def reader(chromium: Browser, live_site: Any, signed_in: dict[str, Any]) -> Iterator[Page]:
    """A page for somebody signed in; the test fails when a script did."""
    context = _context(chromium, live_site, signed_in, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    yield page
    context.close()
    assert failed == []


def _visit(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_on_live_pages_and_nothing_runs_off(reader: Page, axe: str, address: str) -> None:
    _visit(reader, address)
    reader.evaluate(axe)
    found: dict[str, Any] = reader.evaluate("axe.run(document, {resultTypes: ['violations']})")
    told = [f"{v['id']}: {v['help']}: {[n['html'][:160] for n in v['nodes'][:3]]}" for v in found["violations"]]
    assert told == []
    reader.set_viewport_size(ZOOMED)  # type: ignore[arg-type]
    wide, seen = reader.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= seen


def test_a_reader_goes_by_keys_from_the_place_to_a_day_that_is_past(reader: Page) -> None:
    _visit(reader, PLACE)
    for _ in range(60):
        reader.keyboard.press("Tab")
        if reader.evaluate("document.activeElement.matches('summary')"):
            break
    reader.keyboard.press("Enter")
    day = reader.get_by_label("Day")
    expect(day).to_be_visible()
    day.fill("2026-03-20")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**as_of=2026-03-20*")
    expect(reader.get_by_text("This is what was known on 20 March 2026")).to_be_visible()
    reader.get_by_role("link", name="Show what is known now").click()
    reader.wait_for_url(lambda address: "as_of" not in address)


def test_without_javascript_charts_are_pictures_and_choices_are_links(
    chromium: Browser, live_site: Any, signed_in: dict[str, Any]
) -> None:
    context = _context(chromium, live_site, signed_in, java_script_enabled=False)
    page = context.new_page()
    _visit(page, f"{PLACE}measures/absence_overall/")
    page.get_by_role("link", name="Weeks", exact=True).click()
    page.wait_for_url("**by=week*")
    chart = page.get_by_role("img", name="Overall absence of Harbourmouth (made up) by week")
    expect(chart).to_be_visible()
    expect(page.get_by_role("cell", name="no signal").first).to_be_visible()
    context.close()


def test_on_paper_the_tables_are_whole(reader: Page) -> None:
    reader.emulate_media(media="print")
    for address in (PLACE, f"{PLACE}movement/?year=2024/25"):
        _visit(reader, address)
        reader.set_viewport_size({"width": 718, "height": 1000})
        cut = reader.evaluate(
            "[...document.querySelectorAll('.rw-table-scroll')].filter(e => e.scrollWidth > e.clientWidth + 1)"
            ".map(e => e.getAttribute('aria-label'))"
        )
        assert cut == []
