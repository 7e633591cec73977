"""How the year begins: the place and its people, terms, schools that join, an agreement, an edition."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.browser.school_year import (
    BEGAN,
    CORA,
    EVA,
    EVERYBODY,
    HEADS,
    NAME,
    OLU,
    PETRA,
    PLACE,
    TILDA,
    TOM,
    Town,
    fill,
    follow,
    invited,
    on_a_phone,
    press,
    refused,
    sees,
)
from tests.browser.test_people_journey import sound

AGREED = (
    "Every child of the harbour is in school, belongs there and achieves.",
    "We set targets together, look at the same figures, and say openly what does not work.",
)


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
    follow(page, "Draft terms")
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
