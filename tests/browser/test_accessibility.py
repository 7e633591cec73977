"""Every kind of page: axe finds nothing, nothing runs off a narrow screen, nothing needs JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

PLYMOUTH = "/places/E06000026/"
PAGES = (
    "/",
    "/?q=ply",
    "/?q=nowhere-at-all",
    PLYMOUTH,
    "/places/E12000009/",
    "/places/E92000001/",
    f"{PLYMOUTH}measures/persistent_absence/",
    f"{PLYMOUTH}measures/persistent_absence/?group=fsm",
    f"{PLYMOUTH}measures/attainment8/",
    f"{PLYMOUTH}schools/",
    f"{PLYMOUTH}schools/funnel/",
    "/schools/?q=college",
    "/schools/113533/",
    "/compare/",
    "/compare/?place=E06000026&place=E06000009",
    "/compare/?region=E12000002",
    "/figures/?place=E06000026&measure=persistent_absence&phase=all&group=all&period=2022/23",
    "/measures/",
    "/sources/",
    "/api/v1/",
    "/about-the-figures/",
    "/accessibility/",
    "/no/such/page/",
)
# A 1280 pixel wide screen at 400 % shows 320 CSS pixels.
ZOOMED = {"width": 320, "height": 256}


def _visit(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing(laptop: Page, axe: str, address: str) -> None:
    _visit(laptop, address)
    laptop.evaluate(axe)
    found: dict[str, Any] = laptop.evaluate("axe.run(document, {resultTypes: ['violations']})")
    told = [f"{v['id']}: {v['help']}: {[n['html'][:160] for n in v['nodes'][:3]]}" for v in found["violations"]]
    assert told == []


@pytest.mark.parametrize("address", PAGES)
def test_nothing_runs_off_the_screen_at_400_percent(laptop: Page, address: str) -> None:
    laptop.set_viewport_size(ZOOMED)  # type: ignore[arg-type]
    _visit(laptop, address)
    wide, seen = laptop.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= seen


@pytest.mark.parametrize("address", [page for page in PAGES if page != "/no/such/page/"])
def test_pages_say_the_same_without_javascript(laptop: Page, plain: Page, address: str) -> None:
    _visit(laptop, address)
    _visit(plain, address)
    cells = "table td, table th"
    assert [t.strip() for t in plain.locator(cells).all_text_contents()] == [
        t.strip() for t in laptop.locator(cells).all_text_contents()
    ]
    assert plain.locator("h1").count() == 1
