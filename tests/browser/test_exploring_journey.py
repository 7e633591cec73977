"""Exploring in a browser: a coordinator asks a question and reads the answer; axe finds nothing, nothing runs off."""

from __future__ import annotations

from playwright.sync_api import Browser, expect
from tests.browser.test_people_journey import sound
from tests.browser.test_terms_journey import TermsSite, terms_site

__all__ = ["terms_site"]

PLACE = "/explore/X06000001/"


def test_a_coordinator_asks_and_reads_the_answer(chromium: Browser, terms_site: TermsSite, axe: str) -> None:
    context, page = terms_site.signed_in(chromium, "coordinator")
    page.goto("/explore/")
    sound(page, axe)
    page.get_by_role("link", name="Harbourmouth (made up)").click()
    expect(page.get_by_text("Nobody has asked anything yet.")).to_be_visible()
    sound(page, axe)
    page.get_by_label("Measure").select_option("persistent_absence")
    page.get_by_label("Period").select_option("2024/25")
    page.get_by_label("By group").select_option("sex")
    page.get_by_label("For").select_option("phase")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="Persistent absence, by sex")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("cell", name="about", exact=False).first).to_be_visible()
    sound(page, axe)
    context.close()
