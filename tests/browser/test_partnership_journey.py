"""A partnership in a browser: a body, an agreement and a funding line are begun by forms; axe finds nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

HOME = "/partnerships/X06000001/"
# A 1280 pixel wide screen at 400 % shows 320 CSS pixels.
ZOOMED = {"width": 320, "height": 256}
LAPTOP = {"width": 1280, "height": 800}


@pytest.fixture
def desk(chromium: Browser, live_site: Any) -> Iterator[Page]:
    """A page of somebody who looks after the site, has said why, and has brought in the place."""
    context = chromium.new_context(base_url=live_site.address, locale="en-GB", viewport=LAPTOP)
    page = context.new_page()
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.goto("/organisations/")
    page.get_by_label("Name").fill(live_site.name)
    page.get_by_label("Password").fill(live_site.password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Bring in a council area").fill("Harbourmouth")
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("heading", name="Harbourmouth (made up)")).to_be_visible(timeout=60_000)
    page.goto(HOME)
    if "/data-session/" in page.url:
        page.get_by_label("Reason").fill("A test of partnerships.")
        page.get_by_role("button", name="Open the data for an hour").click()
    expect(page.get_by_role("heading", name="Schools in the partnership")).to_be_visible(timeout=60_000)
    yield page
    context.close()
    assert failed == []


def sound(page: Page, axe: str) -> None:
    """Axe finds nothing on the page, and nothing runs off a narrow screen."""
    page.wait_for_load_state("networkidle")
    page.evaluate(axe)
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found["violations"]] == [], page.url
    page.set_viewport_size(ZOOMED)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url
    page.set_viewport_size(LAPTOP)  # type: ignore[arg-type]


def test_a_partnership_is_begun_by_forms(desk: Page, axe: str) -> None:
    sound(desk, axe)
    desk.get_by_role("link", name="Bodies", exact=True).click()
    desk.get_by_role("button", name="Begin a body").click()
    desk.get_by_role("button", name="Begin it").click()
    expect(desk.get_by_role("heading", name="There is a problem")).to_be_visible()
    sound(desk, axe)
    desk.get_by_label("What it is").select_option("board")
    desk.get_by_label("Name", exact=True).fill("Education Board")
    desk.get_by_role("button", name="Begin it").click()
    expect(desk.get_by_role("heading", name="Education Board")).to_be_visible()
    sound(desk, axe)
    desk.get_by_role("link", name="Call a meeting").click()
    desk.get_by_label("Day", exact=True).fill("2030-01-15")
    desk.get_by_label("From", exact=True).fill("09:00")
    desk.get_by_label("Until", exact=True).fill("10:30")
    desk.get_by_label("Where").fill("Town hall")
    desk.get_by_label("How often").select_option("0")
    sound(desk, axe)
    desk.get_by_role("button", name="Call it").click()
    expect(desk.get_by_role("row", name="Tue 15 Jan 2030 09:00 to 10:30 Town hall")).to_be_visible()
    sound(desk, axe)


def test_an_agreement_is_put_before_members_by_forms(desk: Page, axe: str) -> None:
    desk.get_by_role("link", name="Agreements", exact=True).click()
    desk.get_by_role("button", name="Draft an agreement").click()
    desk.get_by_label("What it is").select_option("memorandum")
    desk.get_by_label("Title").fill("Memorandum")
    desk.get_by_label("What members agree").fill("We work together.")
    desk.get_by_label("Commitments of schools").fill("Share attendance each week.")
    sound(desk, axe)
    desk.get_by_role("button", name="Keep the draft").click()
    desk.get_by_role("link", name="Put it before members").click()
    desk.get_by_role("button", name="Put it before members").click()
    # Other journeys on this site bring members, who are then asked.
    asked = re.compile(r"Nobody is asked to sign today\.|^\d+ of \d+ ha(ve|s) signed")
    expect(desk.get_by_role("heading", name=asked)).to_be_visible()
    sound(desk, axe)


def test_money_is_written_down_by_forms(desk: Page, axe: str) -> None:
    desk.get_by_role("link", name="Money", exact=True).click()
    desk.get_by_role("button", name="Open a funding line").click()
    desk.get_by_label("Funder").fill("The council")
    desk.get_by_label("What it is for").fill("Coordinator")
    desk.get_by_label("Amount").fill("45,000")
    desk.get_by_role("button", name="Open it").click()
    expect(desk.get_by_role("row", name="All lines £45,000 £0 £45,000")).to_be_visible()
    sound(desk, axe)


def test_a_paper_is_put_and_due_diligence_written_down_by_forms(desk: Page, axe: str) -> None:  # noqa: PLR0915
    desk.get_by_role("link", name="Bodies", exact=True).click()
    desk.get_by_role("button", name="Begin a body").click()
    desk.get_by_label("What it is").select_option("surgery")
    desk.get_by_label("Name", exact=True).fill("Weekly surgery")
    desk.get_by_role("button", name="Begin it").click()
    desk.get_by_role("link", name="Call a meeting").click()
    desk.get_by_label("Day", exact=True).fill("2030-01-16")
    desk.get_by_label("From", exact=True).fill("16:00")
    desk.get_by_label("Until", exact=True).fill("17:00")
    desk.get_by_label("Where").fill("Online")
    desk.get_by_label("How often").select_option("0")
    desk.get_by_role("button", name="Call it").click()
    desk.get_by_role("link", name="Weekly surgery on 16 January 2030").click()
    expect(desk.get_by_role("row", name="16:45 to 17:00 free")).to_be_visible()
    desk.get_by_role("link", name="Put a paper").click()
    sound(desk, axe)
    desk.get_by_label("File").set_input_files({"name": "a.exe", "mimeType": "text/html", "buffer": b"MZ" + bytes(40)})
    desk.get_by_role("button", name="Put it there").click()
    expect(desk.get_by_role("heading", name="There is a problem")).to_be_visible()
    sound(desk, axe)
    desk.get_by_label("File").set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": b"Budget"})
    desk.get_by_role("button", name="Put it there").click()
    expect(desk.get_by_role("link", name="a.txt", exact=True)).to_be_visible()
    sound(desk, axe)
    desk.get_by_role("link", name="Due diligence", exact=True).click()
    desk.get_by_role("button", name="Begin due diligence").click()
    desk.get_by_label("School or trust").select_option(index=1)
    desk.get_by_label("Why it is looked at").fill("It may join a contract.")
    desk.get_by_role("button", name="Begin it").click()
    desk.get_by_role("link", name="Write down what was found").click()
    sound(desk, axe)
    desk.get_by_label("What it is about").select_option("finance")
    desk.get_by_label("Question").fill("Are accounts filed?")
    desk.get_by_label("What was found").fill("They are.")
    desk.get_by_role("button", name="Write it down").click()
    expect(desk.get_by_role("heading", name="Finance: Are accounts filed?")).to_be_visible()
    sound(desk, axe)
