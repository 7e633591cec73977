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
from tests.browser.conftest import ReturnsSite
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
AGREED = (
    "Every child of the harbour is in school, belongs there and achieves.",
    "We set targets together, look at the same figures, and say openly what does not work.",
)
KPI = "Fewer pupils are persistently absent"
PLAN = "Ten targets of the harbour"
BOARD = "Harbour Education Board"
DECISION = "Attendance comes before everything else this year."
ACTIONS = ("Visit every family of a persistently absent child", "Share one attendance letter")
WORK = "Attendance of the harbour"
COUNCIL, TRUST = "The council", "Rigging Schools Partnership"
FIGURE = "Persistent absence"
TITLE = "Idea in a few words"
SIGNER = "Name and post of whoever signs"
IDEA = {
    TITLE: "A visit within a week",
    "What would be done": "Somebody the family knows comes home.",
    "Who would own it": "Hana Reed",
    "How strong the evidence is": "none yet: an idea to test",
    "What it costs in pounds": "12,500",
}
DECIDED = "What was decided, and why"
ENDING = {"It is": "adapted", "Reasons": "Visits go on in the first week only."}


@pytest.fixture
def town(chromium: Browser, live_site: ReturnsSite) -> Iterator[Town]:
    """Desks at a made-up place whose schools have sent two returns; the test fails when a browser complained."""
    found = Town(live_site.address, chromium)
    yield found
    found.close()
    assert found.complaints.found == []


def test_a_school_year_of_a_partnership(town: Town, live_site: ReturnsSite, axe: str) -> None:
    dana = signed_in(town.new_desk(live_site.name), live_site.name, live_site.password, at="/organisations/")
    place_founded(town, dana)
    terms_answered(town)
    schools_joined(town, axe)
    agreement_signed(town, axe)
    edition_released(town, 1, "2024 to 2025", axe)
    plan_drafted(town, axe)
    target_agreed(town)
    plan_agreed(town, axe)
    meeting_held(town, axe)
    minutes_in_the_plan(town)
    figures_moved(town, axe)
    work_decided(town, baseline_signed(town, axe), axe)


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


def agreement_signed(town: Town, axe: str) -> None:
    """The coordinator drafts a memorandum; every head signs for a school, a leader for the trust, an officer too."""
    page = town.desk(CORA)
    follow(page, "Partnership")
    follow(page, "Agreements")
    press(page, "Draft an agreement")
    fill(page, {"What it is": "memorandum of understanding", "Title": "Memorandum of the harbour’s schools"})
    fill(page, {"What members agree": "\n\n".join(AGREED)})
    fill(
        page, {"Commitments of schools": "Share attendance for the figures of the place.\nCome to the heads’ meeting."}
    )
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


def baseline_signed(town: Town, axe: str) -> str:
    """Stage one: nothing is frozen without a measure and one definition, nothing goes on unsigned; its address."""
    page = town.desk(CORA)
    follow(page, "Workstreams")
    press(page, "Propose a workstream")
    fill(page, {"Title": WORK, "What it wants": "More children in school and achieving"})
    fill(page, {"Question it answers": "What brings back children who miss one day in ten?", "Chair": "Hana Reed"})
    fill(page, {"Organisations that contribute": f"{COUNCIL}\n{TRUST}"})
    press(page, "Propose it")
    sees(page, "Baseline: here now", "No measure is set yet by which the work will be judged.")
    address = page.url
    tried(page, address, "freeze", "Freeze it", "No measure is set.")
    step(page, "Set the measure", {"Measure": FIGURE}, "Set it")
    step(page, "Submit a published figure", {"Measure": FIGURE, "Submitted by": COUNCIL}, "Submit it")
    said_so = {"Submitted by": TRUST, "What it counts": FIGURE, "Value, with its unit": "21 per cent"}
    from_where = {"Period": "2025 to 2026", "Source": "Registers of the trust", "Evidence": "Board paper 7"}
    step(page, "Submit another figure", {**said_so, **from_where, "Definition": "Fifteen days or more."}, "Submit it")
    sees(page, f"Different definitions: {FIGURE}", "Not reconciled yet.")
    tried(page, address, "freeze", "Freeze it", "Definitions differ and are not reconciled")
    step(
        page, "Reconcile them", {"Figure": FIGURE, "Which definition counts, and why": "The published one."}, "Write it"
    )
    step(page, "Freeze the baseline", {}, "Freeze it")
    sees(page, "Picture 1, frozen on", f"Not signed yet: {TRUST}, {COUNCIL}.")
    step(page, "Write down a signature", {"Organisation": COUNCIL, SIGNER: "Olu Bright, officer"}, "Sign it")
    tried(page, address, "idea", "Bring it", "the workstream is at “Baseline”", IDEA)
    step(page, "Write down a signature", {"Organisation": TRUST, SIGNER: "Tom Ash, chief executive"}, "Sign it")
    sees(page, "Baseline: done", "Think Tank: here now")
    sound(page, axe)
    return address


def step(page: Page, link: str, said: dict[str, str], button: str) -> None:
    """Take a step that the page of the workstream offers."""
    follow(page, link)
    fill(page, said)
    press(page, button)
    expect(page.get_by_role("alert")).to_have_count(0)


def tried(page: Page, address: str, name: str, button: str, why_not: str, said: dict[str, str] | None = None) -> None:
    """Try a step at its address before its time: its gate says why not, and nothing is done."""
    page.goto(f"{address}{name}/")
    fill(page, said or {})
    press(page, button)
    refused(page, why_not)
    page.goto(address)


def work_decided(town: Town, address: str, axe: str) -> None:
    """Stages two to four: ideas and votes, a charter with an end, closing, and a decision; each gate says why not."""
    page = town.desk(CORA)
    charter = {"Charter": "Visits in three schools, until the summer.", "Members": "Hana Reed\nHarun Shah"}
    days = {"First day": TODAY.isoformat(), "End date": IN_A_MONTH.isoformat()}
    step(page, "Bring an idea", IDEA, "Bring it")
    step(
        page, "Write down a vote", {"Organisation": COUNCIL, "Idea it votes for": f"1. {IDEA[TITLE]}"}, "Write it down"
    )
    tried(page, address, "charter", "Begin it", "No idea is shortlisted.", {**charter, **days})
    tried(page, address, "shortlist", "Decide", "no idea’s", {"Numbers of the ideas": "1, 2", DECIDED: "Both."})
    step(page, "Shortlist ideas", {"Numbers of the ideas": "1", DECIDED: "It is cheap to test."}, "Decide")
    backwards = {"First day": IN_A_MONTH.isoformat(), "End date": TODAY.isoformat()}
    tried(page, address, "charter", "Begin it", "There is no end date after the first day.", {**charter, **backwards})
    step(page, "Begin task and finish", {**charter, **days}, "Begin it")
    sees(page, "Task and finish: here now", "So far: the measure against its baseline")
    tried(page, address, "decide", "Decide", "the workstream is at “Task and finish”", ENDING)
    sooner = {"New end date": TODAY.isoformat(), "Why more time is needed": "Illness."}
    tried(page, address, "extend", "Extend it", "The new end date is not after", sooner)
    later = {"New end date": (IN_A_MONTH + timedelta(days=60)).isoformat(), "Why more time is needed": "Illness."}
    step(page, "Extend it formally", later, "Extend it")
    step(page, "Close the work", {"What was done, and what was not": "Ninety visits; no letters."}, "Close it")
    sees(page, "Impact: here now", "Frozen baseline", "What may be said")
    press(page, "Adopt, adapt or stop")
    fill(page, ENDING)
    press(page, "Decide")
    sees(page, "Adapted", "Visits go on in the first week only.")
    sound(page, axe)
    on_a_phone(page)
    page = town.desk(EVA)
    page.goto(f"/workstreams/{CODE}/")
    sees(page, "Decided", WORK)
    follow(page, WORK)
    sees(page, "Visits go on in the first week only.", "Check sum of what was seen that day")
    expect(page.get_by_role("link", name="Adopt, adapt or stop")).to_have_count(0)
