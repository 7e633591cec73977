"""The walk of a first-time reader, by mouse and by keyboard: find, look, ask where it comes from, take it along."""

from __future__ import annotations

import csv
import io
import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

ROOT = Path(__file__).resolve().parents[2]
LAPTOP = {"width": 1280, "height": 800}
MEASURE = "/places/E06000026/measures/persistent_absence/"


def _cells(page: Page, caption: str) -> list[list[str]]:
    """Texts of the table with a caption, row by row, as a reader sees them."""
    table = page.locator("table", has=page.locator("caption", has_text=caption)).first
    rows = table.locator("tbody tr")
    return [[c.strip() for c in rows.nth(i).locator("th, td").all_inner_texts()] for i in range(rows.count())]


def test_find_plymouth_and_follow_persistent_absence_to_its_row(laptop: Page) -> None:
    laptop.goto("/")
    laptop.get_by_role("searchbox").or_(laptop.get_by_role("textbox")).first.fill("plymouth")
    laptop.keyboard.press("Enter")
    expect(laptop).to_have_url("/places/E06000026/")
    laptop.get_by_role("link", name="Persistent absence", exact=True).click()
    expect(laptop.get_by_role("heading", level=1)).to_contain_text("Persistent absence")
    laptop.get_by_role("link", name="Eligible for free school meals", exact=True).click()
    expect(laptop).to_have_url(re.compile(rf"{MEASURE}\?.*group=fsm"))
    expect(laptop.get_by_text("41.4%").first).to_be_visible()
    laptop.get_by_role("link", name="41.4%").first.click()
    expect(laptop.get_by_role("heading", level=1)).to_contain_text("Where does this come from?")
    expect(laptop.get_by_text("absence_bands_la_201617_to_202223.csv.gz").first).to_be_visible()
    expect(laptop.get_by_text("ce7e28d4b05e610e558549de528a4dfe006d9bc44a22cd5fe3791f1cc57638e5").first).to_be_visible()


def test_a_download_holds_exactly_what_is_shown(laptop: Page) -> None:
    laptop.goto(f"{MEASURE}?group=fsm")
    shown = _cells(laptop, "over time")
    with laptop.expect_download() as waiting:
        laptop.get_by_role("link", name="CSV").first.click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert waiting.value.suggested_filename.endswith(".csv")
    assert [row[0] for row in rows[1:]] == [row[0] for row in shown]
    values = {row[0]: row[1] for row in rows[1:]}
    for period, value in ((row[0], row[1].removesuffix("%")) for row in shown if row[1].endswith("%")):
        assert f"{float(values[period]):.1f}" == value


def test_the_same_walk_with_the_keyboard_alone(laptop: Page) -> None:
    laptop.goto("/")
    _tab_to(laptop, "input[name=q]")
    laptop.keyboard.type("plymouth")
    laptop.keyboard.press("Enter")
    laptop.wait_for_url("**/places/E06000026/")
    _tab_to(laptop, f"a[href^='{MEASURE}']")
    laptop.keyboard.press("Enter")
    laptop.wait_for_url(f"**{MEASURE}")
    _tab_to(laptop, "a[href*='group=fsm']")
    laptop.keyboard.press("Enter")
    laptop.wait_for_url("**group=fsm**")
    _tab_to(laptop, "a[href^='/figures/']")
    laptop.keyboard.press("Enter")
    laptop.wait_for_url("**/figures/**")
    expect(laptop.get_by_role("heading", level=1)).to_contain_text("Where does this come from?")


def _tab_to(page: Page, selector: str, most: int = 150) -> None:
    """Press Tab until what the selector names has the focus; the focus must be visible on the way."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement && document.activeElement.matches(s)", selector):
            box = page.locator(":focus").bounding_box()
            assert box is not None, "what has the focus cannot be seen"
            return
    pytest.fail(f"{selector} cannot be reached with the Tab key", pytrace=False)


def test_the_skip_link_leads_to_the_content(laptop: Page) -> None:
    laptop.goto("/places/E06000026/")
    laptop.keyboard.press("Tab")
    expect(laptop.locator(":focus")).to_have_text("Skip to main content")
    laptop.keyboard.press("Enter")
    assert laptop.evaluate("document.activeElement.id") == "main-content"


def test_charts_become_interactive_and_never_trap_the_tab_key(laptop: Page) -> None:
    laptop.goto(MEASURE)
    laptop.wait_for_load_state("networkidle")
    charts = laptop.locator("figure[data-chart]")
    assert charts.count() >= 3
    for position in range(charts.count()):
        charts.nth(position).scroll_into_view_if_needed()
        drawn = charts.nth(position).locator("svg").first
        expect(drawn).to_be_visible()
    last = laptop.get_by_role("link", name="Accessibility statement")
    for _ in range(400):
        laptop.keyboard.press("Tab")
        if last.evaluate("e => e === document.activeElement"):
            return
    pytest.fail("the Tab key does not get past the charts", pytrace=False)


def test_a_chart_that_came_alive_takes_the_place_of_its_picture(laptop: Page, phone: Page) -> None:
    for page in (laptop, phone):
        page.goto(MEASURE)
        chart = page.locator("figure[data-chart]").first
        chart.scroll_into_view_if_needed()
        expect(chart.locator(".rw-chart__graphic svg").first).to_be_visible()
        expect(chart.locator("img")).to_be_hidden()
        page.emulate_media(media="print")
        expect(chart.locator("img")).to_be_visible()
        expect(chart.locator(".rw-chart__graphic")).to_be_hidden()
        page.emulate_media(media="screen")


def test_without_javascript_the_charts_are_pictures_with_words(plain: Page) -> None:
    plain.goto(MEASURE)
    plain.wait_for_load_state("networkidle")
    pictures = plain.locator("figure[data-chart] img")
    assert pictures.count() >= 3
    for position in range(pictures.count()):
        picture = pictures.nth(position)
        assert len(picture.get_attribute("alt") or "") > 40
        assert picture.evaluate("e => e.complete && e.naturalWidth > 0")


def test_sorting_needs_no_javascript(plain: Page) -> None:
    plain.goto("/places/E06000026/schools/")
    plain.locator("thead a[href*='sort=']").first.click()
    assert "sort=" in plain.url
    expect(plain.locator("th[aria-sort=ascending], th[aria-sort=descending]").first).to_be_visible()


def test_postcode_and_number_find_the_place_too(phone: Page) -> None:
    for text in ("PL5 4AA", "879", "E06000026"):
        phone.goto(f"/?q={text}")
        expect(phone.get_by_text("Plymouth").first).to_be_visible()


def test_screenshots_for_eyes_and_the_readme(laptop: Page, phone: Page) -> None:
    """Pictures land in test-output/ for a person to look at; ``make screenshot`` keeps the first for the README."""
    folder = ROOT / "test-output"
    folder.mkdir(exist_ok=True)
    for name, page in (("laptop", laptop), ("phone", phone)):
        for called, address in (("place", "/places/E06000026/"), ("measure", MEASURE), ("home", "/")):
            page.goto(address)
            page.wait_for_load_state("networkidle")
            picture = page.screenshot(path=folder / f"{called}-{name}.png", full_page=True)
            assert len(picture) > 10_000
    laptop.goto("/places/E06000026/")
    laptop.pdf(path=folder / "place.pdf", format="A4")
    if os.environ.get("ROPEWALK_KEEP_SCREENSHOT"):
        top = {"x": 0, "y": 0, "width": LAPTOP["width"], "height": 1150}
        laptop.screenshot(path=ROOT / "docs" / "place-page.png", full_page=True, clip=top)  # type: ignore[arg-type]
