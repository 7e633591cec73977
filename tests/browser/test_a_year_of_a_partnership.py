"""One school year of a partnership in a browser, from bringing in the place to deciding what becomes of the work.

Everything is done by clicking and typing as the people concerned; nothing is written to the database. How the year
passes: the site knows no day but today, so days are typed as people type them. Schools belong and bodies begin from a
day ten months ago, periods go from 2024/25 to 2026/27, the autumn meeting lasts all of today (its agenda is set before
it is over, its minutes once it has begun), and what is due is due in days to come. Time for schools to look at their
figures ends early because every one of them says that it is content, as it may.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import Complaints, ReturnsSite
from tests.browser.school_year import (
    CODE,
    CORA,
    EVA,
    EVERYBODY,
    HEADS,
    NAME,
    OLU,
    PETRA,
    TILDA,
    TOM,
    Town,
    choose,
    fill,
    follow,
    invited,
    on_a_phone,
    press,
    refused,
    sees,
    signed_in,
)
from tests.browser.test_people_journey import sound

PLACE, TERMS, EDITIONS = f"/partnerships/{CODE}/", f"/terms/places/{CODE}/", f"/editions/{CODE}/"
TODAY = date.today()
BEGAN = TODAY - timedelta(days=300)
IN_A_MONTH = TODAY + timedelta(days=30)
FIRST, LAST = "2024/25", "2026/27"


def place_founded(town: Town, dana: Page) -> None:
    """The administrator brings in the place and lets its people in."""
    fill(dana, {"Bring in a council area": "Harbourmouth"})
    press(dana, "Bring it in")
    expect(dana.get_by_role("heading", name=NAME)).to_be_visible(timeout=60_000)
    for who in EVERYBODY:
        invited(town, dana, who)


def terms_answered(town: Town) -> None:
    """The coordinator puts terms in force; each head reads them and shares."""
    page = town.desk(CORA)
    follow(page, "Returns")
    follow(page, "Data-sharing terms")
    press(page, "Draft terms")
    press(page, "Save the draft")
    press(page, "Put it in force")
    press(page, "Put version 1 in force now")
    sees(page, "Data-sharing terms, version 1")
    for who in HEADS:
        page = town.desk(who)
        page.goto("/terms/")
        follow(page, who.where)
        press(page, "Read and answer")
        page.get_by_label("Everything the terms name").check()
        press(page, "Continue")
        press(page, "Confirm")
        sees(page, "Receipt")


def schools_joined(town: Town, axe: str) -> None:
    """Each head decides for the school, from the day on which the partnership began; nobody else does."""
    for who in HEADS:
        page = town.desk(who)
        follow(page, "Partnership")
        follow(page, "Join it")
        press(page, "Join the partnership")
        refused(page, "Fill in “What was decided, and why”")
        fill(page, {"What was decided, and why": "Our governors want one plan for all children of the harbour."})
        fill(page, {"From this day on": BEGAN.isoformat()})
        press(page, "Join the partnership")
        sees(page, "in the partnership since")
    page = town.desk(EVA)
    page.goto(PLACE)
    sees(page, "4 of 74 schools of Harbourmouth (made up) are in a formal partnership.")
    expect(page.get_by_role("link", name="Join it")).to_have_count(0)
    sound(page, axe)
    on_a_phone(page)


AGREED = (
    "Every child of the harbour is in school, belongs there and achieves.",
    "We set targets together, look at the same figures, and say openly what does not work.",
)


def agreement_signed(town: Town, axe: str) -> None:
    """The coordinator drafts a memorandum; every head signs for a school, a leader for the trust, an officer too."""
    page = town.desk(CORA)
    follow(page, "Partnership")
    follow(page, "Agreements")
    press(page, "Draft an agreement")
    fill(page, {"What it is": "memorandum of understanding", "Title": "Memorandum of the harbour’s schools"})
    fill(page, {"What members agree": "\n\n".join(AGREED)})
    fill(page, {"Commitments of schools": "Share attendance for the figures of the place.\nCome to the heads’ meeting."})
    fill(page, {"Commitments of trusts": "Let heads decide in the partnership."})
    fill(page, {"Commitments of councils": "Pay for the coordinator."})
    press(page, "Keep the draft")
    sees(page, "Draft", *AGREED)
    follow(page, "Put it before members")
    press(page, "Put it before members")
    sees(page, "0 of 7 have signed.")
    for who in (*HEADS, TOM, TILDA, OLU):
        page = town.desk(who)
        follow(page, "Partnership")
        follow(page, "Agreements")
        follow(page, "Memorandum of the harbour’s schools")
        press(page, "Read and sign it for")
        sees(page, *AGREED)
        press(page, "Sign it")
        sees(page, "Receipt", who.name)
    page = town.desk(CORA)
    page.reload()
    sees(page, "All 7 have signed.")
    follow(page, "Put it in force")
    press(page, "Put it in force")
    sees(page, "In force since")
    sound(page, axe)


def edition_released(town: Town, number: int, period: str, axe: str) -> None:
    """An edition is computed, looked at by every head, checked by two officers, and released."""
    page = town.desk(CORA)
    follow(page, "Editions")
    follow(page, "Make an edition")
    fill(page, {"Academic year": period})
    for words in ("Persistent absence, by special educational needs", "Persistent absence, by disadvantage"):
        page.get_by_label(words).uncheck()
    press(page, "Compute the figures")
    expect(page.get_by_role("heading", name="What everyone will see")).to_be_visible(timeout=60_000)
    sees(page, "Schools may look at their own figures until", "2 people must check it")
    for who in HEADS:
        page = town.desk(who)
        follow(page, "Editions")
        follow(page, who.where)
        sees(page, "You see them first.")
        press(page, "We have seen them and are content")
    for who in (OLU, PETRA):
        page = town.desk(who)
        follow(page, "Editions")
        follow(page, f"Edition {number}")
        press(page, "I have checked these figures")
        sees(page, "You have checked this draft already.")
    page = town.desk(CORA)
    page.reload()
    sees(page, "Nothing stands in the way any more.")
    press(page, "Go on to release it")
    press(page, f"Release edition {number}")
    sees(page, "Released on")
    sound(page, axe)


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
    page, plan = town.desk(CORA), ""
    follow(page, PLAN)
    plan = page.url
    put_to_heads(page)
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


def put_to_heads(page: Page) -> None:
    """The coordinator puts the plan to the four heads."""
    follow(page, "Put it to those who agree it")
    for who in HEADS:
        page.get_by_label(f"{who.name} (Head, ").check()
    press(page, "Put it to them")
    sees(page, "0 of 4 have agreed.")


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
    put_to_heads(page)
    plan = page.url
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


BOARD = "Harbour Education Board"
DECISION = "Attendance comes before everything else this year."
ACTIONS = ("Visit every family of a persistently absent child", "Share one attendance letter")


def meeting_held(town: Town, axe: str) -> None:
    """A board begins and meets: agenda, who was there, a decision, and actions with who does them by when."""
    page = town.desk(CORA)
    page.goto(PLACE)
    follow(page, "Bodies")
    press(page, "Begin a body")
    fill(page, {"What it is": "board", "Name": BOARD, "First day": BEGAN.isoformat()})
    press(page, "Begin it")
    for who, part in ((HEADS[0], "chair"), (HEADS[1], "member"), (CORA, "coordinator")):
        follow(page, "Add somebody")
        choose(page, "Person", who.name)
        fill(page, {"Part they play": part, "From this day on": BEGAN.isoformat()})
        press(page, "Add")
        sees(page, who.name)
    follow(page, "Call a meeting")
    # It lasts all of today: its agenda is set before it is over, its minutes are written once it has begun.
    fill(page, {"Day": TODAY.isoformat(), "From": "00:00", "Until": "23:59", "Where": "Town hall", "How often": "Once"})
    press(page, "Call it")
    follow(page, BOARD)
    follow(page, "Set the agenda")
    fill(page, {"Agenda": "Attendance\nThe workstream"})
    press(page, "Keep the agenda")
    sees(page, "The workstream")
    follow(page, "Say who was there")
    for who, part, how in ((HEADS[0], "chair", "present"), (HEADS[1], "member", "apologies")):
        fill(page, {f"{who.name}, {part}": how})
    fill(page, {f"{CORA.name}, coordinator": "present"})
    press(page, "Keep it")
    sees(page, "Who was there: 2 of 3")
    written_down(page, {"What it is": "decision", "In words": DECISION})
    action = {"What it is": "action", "In words": ACTIONS[0], "Who does it": HEADS[0].name}
    written_down(page, action)
    refused(page, "It is not said who does it by when.")
    fill(page, {"By when": IN_A_MONTH.isoformat()})
    press(page, "Write it down")
    written_down(page, {**action, "In words": ACTIONS[1], "By when": TODAY.isoformat()})
    sees(page, DECISION, *ACTIONS)
    sound(page, axe)
    on_a_phone(page)
    follow(page, "Meetings")
    page.get_by_role("row", name=ACTIONS[1]).get_by_role("link", name="Done").click()
    press(page, "It is done")
    expect(page.get_by_text(ACTIONS[1])).to_have_count(0)
    sees(page, ACTIONS[0])
    page = town.desk(TOM)
    page.goto(PLACE)
    follow(page, "Meetings")
    follow(page, BOARD)
    sees(page, DECISION, *ACTIONS)


def minutes_in_the_plan(town: Town) -> None:
    """What the meeting decided stands in the plan, with who promised it; she says how it stands, and adds minutes."""
    page = town.desk(HEADS[0])
    page.goto(PLACE)
    follow(page, "Plans")
    follow(page, PLAN)
    sees(page, DECISION, "From meetings")
    expect(page.get_by_role("row", name=ACTIONS[1])).to_contain_text("done")
    expect(page.get_by_role("row", name=ACTIONS[0])).to_contain_text("Hana Reed")
    follow(page, ACTIONS[0])
    press(page, "Say how it stands")
    fill(page, {"Status": "under way", "How it stands": "Half of the families were visited."})
    press(page, "Say so")
    sees(page, "under way", "Half of the families were visited.")
    follow(page, "Add evidence")
    fill(page, {"What it is": "minutes", "What it shows": "The board asked for it."})
    choose(page, "Meeting whose minutes show it", BOARD)
    press(page, "Add")
    sees(page, "The board asked for it.")


def written_down(page: Page, words: dict[str, str]) -> None:
    """The coordinator writes down a decision or an action of the meeting."""
    follow(page, "Write down a decision or action")
    fill(page, words)
    press(page, "Write it down")


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
        for words in ("24.7%", "20.1% to 30.1%", "15.9%", "edition"):
            expect(now).to_contain_text(words, ignore_case=True)
    sound(page, axe)
