"""How the year is worked: a meeting and its actions, and a workstream through its four stages."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import Page, expect
from tests.browser.school_year import (
    BEGAN,
    CODE,
    CORA,
    EVA,
    HEADS,
    IN_A_MONTH,
    PLACE,
    TODAY,
    TOM,
    Town,
    choose,
    fill,
    follow,
    on_a_phone,
    press,
    refused,
    sees,
)
from tests.browser.test_people_journey import sound
from tests.browser.year_planned import KPI, PLAN

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
    minutes_written(page)
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


def minutes_written(page: Page) -> None:
    """The coordinator calls the meeting, sets its agenda, and writes down who was there and what came of it."""
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


def written_down(page: Page, words: dict[str, str]) -> None:
    """The coordinator writes down a decision or an action of the meeting."""
    follow(page, "Write down a decision or action")
    fill(page, words)
    press(page, "Write it down")


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
    work_closed(page)
    sound(page, axe)
    on_a_phone(page)
    page = town.desk(EVA)
    page.goto(f"/workstreams/{CODE}/")
    sees(page, "Decided", WORK)
    follow(page, WORK)
    sees(page, "Visits go on in the first week only.", "Check sum of what was seen that day")
    expect(page.get_by_role("link", name="Adopt, adapt or stop")).to_have_count(0)


def work_closed(page: Page) -> None:
    """The work is extended formally, closed with a report, and decided once the baseline was set against now."""
    later = {"New end date": (IN_A_MONTH + timedelta(days=60)).isoformat(), "Why more time is needed": "Illness."}
    step(page, "Extend it formally", later, "Extend it")
    step(page, "Close the work", {"What was done, and what was not": "Ninety visits; no letters."}, "Close it")
    sees(page, "Impact: here now", "Frozen baseline", "What may be said")
    press(page, "Adopt, adapt or stop")
    fill(page, ENDING)
    press(page, "Decide")
    sees(page, "Adapted", "Visits go on in the first week only.")


def report_to_the_board(town: Town, axe: str) -> None:
    """The coordinator makes a report for the meeting; it tells of the KPI, and everybody may read a public version."""
    page = town.desk(CORA)
    follow(page, "Board reports")
    press(page, "Make a report")
    choose(page, "For which meeting of the board", BOARD)
    press(page, "Make it")
    sees(page, PLAN, KPI, "24.7%", "it is not changed any more")
    sound(page, axe)
    on_a_phone(page)
    with page.expect_download() as pdf:
        page.get_by_role("link", name="PDF").first.click()
    assert pdf.value.path().read_bytes().startswith(b"%PDF")
    follow(page, "Publish a version for everybody")
    fill(page, {"May everybody read this?": "Yes, I have read it, and it may be public"})
    press(page, "Publish it")
    sees(page, "Everybody can read")
    stranger = town.new_desk("somebody who passes by")
    stranger.goto(f"/board-reports/{CODE}/public/1/")
    sees(stranger, PLAN, KPI, "24.7%")
    for who in (HEADS[0], CORA):
        expect(stranger.get_by_text(who.name)).to_have_count(0)
    sound(stranger, axe)
