"""A workstream in a browser through its four stages, and help between members; axe finds nothing at either width."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

CODE = "X06000001"
PHONE, LAPTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
TODAY = dt.datetime.now(dt.UTC).date()


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
    page.goto(f"/workstreams/{CODE}/")
    if "/data-session/" in page.url:
        page.get_by_label("Reason").fill("A test of workstreams.")
        page.get_by_role("button", name="Open the data for an hour").click()
    yield page
    context.close()
    assert failed == []


def sound(page: Page, axe: str) -> None:
    """Axe finds nothing on the page at either width, and nothing runs off a telephone."""
    for size in (PHONE, LAPTOP):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.wait_for_load_state("networkidle")
        page.evaluate(axe)
        found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found["violations"]] == [], page.url
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url


def sent(page: Page, button: str, **filled: str) -> None:
    """Fill in fields by their label's name in the form, and send it."""
    for name, value in filled.items():
        field = page.locator(f"[name={name}]")
        if field.evaluate("one => one.tagName") == "SELECT":
            if value.startswith("="):
                field.select_option(label=value[1:])
            else:
                field.select_option(value)
        else:
            field.fill(value)
    page.get_by_role("button", name=button, exact=True).click()


def choose(page: Page, link: str) -> None:
    page.get_by_role("link", name=link, exact=True).first.click()


def _gather(desk: Page, axe: str, home: str) -> None:
    """Stage 1: measure, figures, definitions reconciled, frozen and signed."""
    choose(desk, "Set the measure")
    sent(desk, "Set it", measure="persistent_absence", phase="all", group="all")
    choose(desk, "Submit a published figure")
    sent(desk, "Submit it", measure="persistent_absence", contributor="=Council")
    for contributor, definition in (("Council", "Half or more"), ("Ofsted", "No place")):
        choose(desk, "Submit another figure")
        sent(desk, "Submit it", contributor=f"={contributor}", title="Out of school", value="214", period="March",
             definition=definition, source="Returns", evidence="A sheet")  # fmt: skip
    sound(desk, axe)
    desk.goto(f"{home}freeze/")
    sent(desk, "Freeze it")
    expect(desk.get_by_role("alert")).to_contain_text("not reconciled: Out of school")
    desk.goto(f"{home}reconcile/")
    sent(desk, "Write it down", title="Out of school", words="Half or more counts.")
    desk.goto(f"{home}freeze/")
    sound(desk, axe)
    sent(desk, "Freeze it")
    expect(desk.get_by_role("heading", name="The frozen picture")).to_be_visible()
    for contributor in ("Council", "Ofsted"):
        desk.goto(f"{home}sign/")
        sent(desk, "Sign it", contributor=f"={contributor}", name="Ada, head")
    expect(desk.get_by_text("Think Tank: here now")).to_be_visible()


def _think(desk: Page, axe: str) -> None:
    """Stage 2: an idea, a vote, a shortlist, and the charter that begins stage 3."""
    choose(desk, "Bring an idea")
    sound(desk, axe)
    sent(desk, "Bring it", title="Meet families", words="Early.", owner="Ada", evidence="none", cost="1,250")
    choose(desk, "Write down a vote")
    sent(desk, "Write it down", contributor="=Council", idea="=1. Meet families")
    choose(desk, "Shortlist ideas")
    sent(desk, "Decide", numbers="1", words="It is cheap.")
    sound(desk, axe)
    ends = (TODAY + dt.timedelta(days=30)).isoformat()
    choose(desk, "Begin task and finish")
    sent(desk, "Begin it", text="Meet.", members="Ada", begins=TODAY.isoformat(), ends=ends)
    expect(desk.get_by_text("Task and finish: here now")).to_be_visible()
    expect(desk.get_by_role("figure")).to_be_visible()
    sound(desk, axe)


def _judge(desk: Page, axe: str) -> None:
    """Stages 3 and 4: extended, closed, decided."""
    choose(desk, "Extend it formally")
    sent(desk, "Extend it", ends=(TODAY + dt.timedelta(days=60)).isoformat(), because="Snow.")
    choose(desk, "Close the work")
    sent(desk, "Close it", words="Forty meetings.")
    desk.get_by_role("button", name="Adopt, adapt or stop").click()
    sound(desk, axe)
    sent(desk, "Decide", ending="adapted", words="It cannot be told yet.")
    expect(desk.get_by_text("Adapted", exact=True)).to_be_visible()
    expect(desk.get_by_text("Nothing: the work is decided.")).to_be_visible()
    sound(desk, axe)
    desk.goto(f"/workstreams/{CODE}/")
    sound(desk, axe)


def test_a_workstream_goes_through_its_four_stages_and_gates_by_forms(desk: Page, axe: str) -> None:
    desk.get_by_role("button", name="Propose a workstream").click()
    desk.get_by_role("button", name="Propose it").click()
    expect(desk.get_by_role("heading", name="There is a problem")).to_be_visible()
    sound(desk, axe)
    sent(desk, "Propose it", title="Journey", aim="in_school", question="Who is missing?", chair="Dora",
         contributors="Council\nOfsted")  # fmt: skip
    expect(desk.get_by_text("Baseline: here now")).to_be_visible()
    sound(desk, axe)
    home = desk.url
    # No gate is passed out of turn: the charter cannot be written before the baseline is signed.
    desk.goto(f"{home}charter/")
    ends = (TODAY + dt.timedelta(days=30)).isoformat()
    sent(desk, "Begin it", text="Meet.", members="Ada", begins=TODAY.isoformat(), ends=ends)
    expect(desk.get_by_role("alert")).to_contain_text("This belongs to the stage “Think Tank”")
    sound(desk, axe)
    desk.goto(home)
    _gather(desk, axe, home)
    _think(desk, axe)
    _judge(desk, axe)


def test_what_counts_as_collaboration_is_agreed_by_a_form(desk: Page, axe: str) -> None:
    """Help itself is written by heads, trust leaders and the council's officer, who are not the site's caretaker."""
    desk.goto(f"/collaboration/{CODE}/")
    expect(desk.get_by_text("The partnership has not agreed yet what counts")).to_be_visible()
    sound(desk, axe)
    choose(desk, "Write down what the partnership agreed that counts")
    sent(desk, "Write it down", words="")
    expect(desk.get_by_role("alert")).to_contain_text("Fill in “Who agreed it, and why”")
    sound(desk, axe)
    desk.get_by_label("Attendance at meetings").uncheck()
    sent(desk, "Write it down", words="The board on Monday.")
    expect(desk.get_by_text("Not counted, as agreed.")).to_be_visible()
    for page in ("", "help/", "practice/"):
        desk.goto(f"/collaboration/{CODE}/{page}")
        sound(desk, axe)
