"""How the year is planned: a plan from a template, a target by agreement, frozen baselines, and figures that move."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.browser.school_year import CORA, HEADS, NAME, PLACE, Town, fill, follow, on_a_phone, press, refused, sees
from tests.browser.test_people_journey import sound
from tests.browser.year_begins import edition_released

FIRST, LAST = "2024/25", "2026/27"
KPI = "Fewer pupils are persistently absent"
PLAN = "Ten targets of the harbour"


def plan_drafted(town: Town, axe: str) -> None:
    """The coordinator begins with the template of ten targets, and says how they are measured."""
    page = town.desk(CORA)
    # Public pages, such as that of a released edition, are the same for everybody: they have no menu for her.
    page.goto(PLACE)
    follow(page, "Plans")
    press(page, "Draft a plan")
    fill(page, {"Title": "Ten targets of the harbour", "Begin from": "Ten targets of all schools, and a coordinator"})
    press(page, "Draft it")
    expect(page.get_by_text("KPI ", exact=False)).to_have_count(10)
    follow(page, KPI)
    follow(page, "Say how it is measured")
    fill(page, {"Where its value comes from": "released editions of the place", "Measure": "Persistent absence"})
    fill(page, {"Begins from": "2023/24", "To be reached by": LAST})
    press(page, "Keep it")
    refused(page, "There is no value of this in 2023/24")
    fill(page, {"Begins from": FIRST})
    press(page, "Keep it")
    sees(page, "17.9% in 2024 to 2025", "There is no baseline, target and period to reach it by yet.")
    follow(page, PLAN)
    follow(page, "Overall absence falls")
    follow(page, "Say how it is measured")
    fill(page, {"Where its value comes from": "published statistics", "Measure": "Overall absence", "Target": "6.5"})
    fill(page, {"Begins from": "2022/23", "To be reached by": LAST})
    press(page, "Keep it")
    sees(page, "Cannot tell yet.", "The source gives no counts")
    sound(page, axe)


def target_agreed(town: Town) -> None:
    """A target is proposed, commented on, revised, agreed by name and adopted; the plan is a draft again for it."""
    page = town.desk(CORA)
    follow(page, PLAN)
    plan = put_to_heads(page)
    hana, harun, hilde, _ = (town.desk(who) for who in HEADS)
    for page in (hana, harun, hilde):
        page.goto(PLACE)
        follow(page, "Plans")
        follow(page, PLAN)
        sees(page, "You are asked to agree this plan.")
        follow(page, KPI)
    proposed(harun, "10", "Seven points in two years.")
    said(hana, "a comment", "Ten is out of reach for primaries: I would say 14.")
    harun.reload()
    sees(harun, "Hana Reed", "Ten is out of reach")
    proposed(harun, "14", "A quarter less, as Hana says.")
    for page in (hana, hilde, harun):
        said(page, "I agree", "")
    sees(harun, "Hana Reed agrees", "Hilde Moor agrees", "Harun Shah agrees")
    page = town.desk(CORA)
    follow(page, KPI)
    follow(page, "make it the target")
    press(page, "It is the target")
    refused(page, "The plan is put to those who agree it.")
    page.goto(plan)
    follow(page, "Say where it goes next")
    fill(page, {"The plan becomes": "draft", "Why": "Heads agreed another target while they read it."})
    press(page, "It becomes so")
    follow(page, KPI)
    follow(page, "make it the target")
    press(page, "It is the target")
    sees(page, "14.0% by 2026 to 2027", "Proposal 2, agreed by 3 people.")


def put_to_heads(page: Page) -> str:
    """The coordinator puts the plan to the four heads; its address."""
    follow(page, "Put it to those who agree it")
    for who in HEADS:
        page.get_by_label(f"{who.name} (Head, ").check()
    press(page, "Put it to them")
    sees(page, "0 of 4 have agreed.")
    return page.url


def proposed(page: Page, target: str, why: str) -> None:
    """A head proposes a target on the page of a KPI."""
    follow(page, "Propose a ")
    fill(page, {"Target": target, "Why this one": why})
    press(page, "Propose it")
    sees(page, why)


def said(page: Page, answer: str, words: str) -> None:
    """A head says something to the newest proposal."""
    page.reload()
    follow(page, "Comment or agree")
    fill(page, {"What you say": answer, "In words": words})
    press(page, "Say so")


def plan_agreed(town: Town, axe: str) -> None:
    """Each head agrees the plan; with the last of them it is agreed, and its baselines are frozen."""
    page = town.desk(CORA)
    follow(page, PLAN)
    plan = put_to_heads(page)
    for number, who in enumerate(HEADS, start=1):
        page = town.desk(who)
        page.goto(plan)
        follow(page, "Agree it")
        press(page, "I agree it")
        if number < len(HEADS):
            sees(page, f"{number} of 4 have agreed.")
    sees(page, "4 of 4 have agreed.", f"Plan of {NAME}, agreed")
    page = town.desk(CORA)
    page.reload()
    follow(page, "Say where it goes next")
    fill(page, {"The plan becomes": "live"})
    press(page, "It becomes so")
    sound(page, axe)
    on_a_phone(page)
    follow(page, KPI)
    sees(page, "Baseline, frozen on", "17.9% in 2024 to 2025", "14.0% by 2026 to 2027")
    follow(page, "Say how it is measured")
    fill(page, {"Begins from": "2025/26"})
    press(page, "Keep it")
    refused(page, "What it measures and where it begins was agreed.")


def figures_moved(town: Town, axe: str) -> None:
    """With the next edition the KPI moves by itself: a new value from the edition, and how it stands, in words."""
    edition_released(town, 2, "2025 to 2026", axe)
    for who in (HEADS[3], CORA):
        page = town.desk(who)
        page.goto(PLACE)
        follow(page, "Plans")
        follow(page, PLAN)
        expect(page.get_by_role("row", name=KPI)).to_contain_text("Behind")
        follow(page, KPI)
        sees(page, "Behind.", "The whole interval of the latest value lies on the worse side of the line.")
        now = page.get_by_role("row", name="2025 to 2026")
        for words in ("24.7%", "20.1% to 30.1%", "15.9%", "edition 2, as known on"):
            expect(now).to_contain_text(words)
        before = page.get_by_role("row", name="2024 to 2025")
        for words in ("17.9%", "edition 1, as known on"):
            expect(before).to_contain_text(words)
    sound(page, axe)
