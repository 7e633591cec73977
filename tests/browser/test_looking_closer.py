"""Children, value added and neighbours in a browser: axe finds nothing, nothing runs off, no JavaScript is needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.conftest import ReturnsSite, _administrator, _served
from tests.databases import copy_store
from tests.made_up_results import send_results

PLACE = "/live/places/X06000001/"
ROLLS = f"{PLACE}children/?list=several_rolls&year=2025%2F26"
NEIGHBOURS = "/schools/990003/neighbours/"
PAGES = (
    ROLLS,
    f"{PLACE}children/?list=two_sole_rolls",
    f"{PLACE}value-added/",
    f"{PLACE}value-added/?stage=gld-phonics",
    NEIGHBOURS,
    f"{NEIGHBOURS}?w_eal_share=-1&region=same",
)
# A 1280 pixel wide screen at 400 % shows 320 CSS pixels; a telephone shows 390.
LAPTOP, NARROW = {"width": 1280, "height": 800}, ({"width": 390, "height": 844}, {"width": 320, "height": 256})


@pytest.fixture(scope="module")
def whole_site(live_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReturnsSite]:
    """The made-up place with returns of two years, and results of twelve more schools."""
    folder = tmp_path_factory.mktemp("closer")
    copy_store(live_store, folder / "store")
    send_results(folder / "store", folder / "scratch")
    password = _administrator(folder / "store")
    for address in _served(folder / "store"):
        yield ReturnsSite(address, "Dana", password)


@pytest.fixture(scope="module")
def dana(chromium: Browser, whole_site: ReturnsSite) -> dict[str, Any]:
    """The cookies of an administrator who has signed in and said why."""
    context = chromium.new_context(base_url=whole_site.address)
    page = context.new_page()
    page.goto(PLACE)
    page.get_by_label("Name").fill(whole_site.name)
    page.get_by_label("Password").fill(whole_site.password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Reason").fill("To look at children on several rolls")
    page.get_by_role("button", name="Open the data for an hour").click()
    expect(page).to_have_url(f"{whole_site.address}{PLACE}", timeout=60_000)
    kept: dict[str, Any] = context.storage_state()  # type: ignore[assignment]
    context.close()
    return kept


def _context(chromium: Browser, site: ReturnsSite, state: dict[str, Any], **options: object) -> BrowserContext:
    return chromium.new_context(base_url=site.address, storage_state=state, locale="en-GB", **options)  # type: ignore[arg-type]


@pytest.fixture
def reader(chromium: Browser, whole_site: ReturnsSite, dana: dict[str, Any]) -> Iterator[Page]:
    """A page for the administrator; the test fails when a script did."""
    context = _context(chromium, whole_site, dana, viewport=LAPTOP)
    page = context.new_page()
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    yield page
    context.close()
    assert failed == []


def _looked_over(page: Page, axe: str) -> None:
    """Axe finds nothing at laptop width, and nothing runs off a telephone or a page at 400 %."""
    page.wait_for_load_state("networkidle")
    page.evaluate(axe)
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    told = [f"{v['id']}: {v['help']}: {[n['html'][:160] for n in v['nodes'][:3]]}" for v in found["violations"]]
    assert told == []
    for size in NARROW:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert wide <= seen, size


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_and_nothing_runs_off(reader: Page, axe: str, address: str) -> None:
    reader.goto(address)
    _looked_over(reader, axe)


def test_from_movement_to_a_child_whose_rolls_are_drawn_and_told(reader: Page, axe: str) -> None:
    reader.goto(f"{PLACE}movement/?year=2025/26")
    reader.get_by_role("link", name="on several rolls", exact=True).click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text("On several rolls")
    reader.get_by_role("rowheader").get_by_role("link", name=re.compile(r"^Child \d+$")).first.click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text("where on roll")
    expect(reader.get_by_text("As it should be: one school is the main one").first).to_be_visible()
    _looked_over(reader, axe)


def test_without_javascript_pictures_stand_in_and_forms_work(
    chromium: Browser, whole_site: ReturnsSite, dana: dict[str, Any]
) -> None:
    context = _context(chromium, whole_site, dana, java_script_enabled=False, viewport=LAPTOP)
    page = context.new_page()
    page.goto(f"{PLACE}value-added/")
    expect(page.get_by_role("img", name="Estimates of 11 schools")).to_be_visible()
    page.get_by_role("link", name="Estimate").click()
    expect(page).to_have_url(re.compile("sort=estimate"))
    page.goto(NEIGHBOURS)
    page.get_by_label("Pupils on roll").select_option("0")
    page.get_by_label("Neighbours shown").select_option("5")
    page.get_by_role("button", name="Show neighbours").click()
    expect(page).to_have_url(re.compile("w_pupils_on_roll=0"))
    expect(page.get_by_text("The 5 nearest of")).to_be_visible()
    context.close()
