"""The people of a place at their desks: who they are, how they come in, and how they fill in a form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.conftest import LAPTOP, PHONE, Complaints

CODE = "X06000001"
PLACE = f"/partnerships/{CODE}/"
TODAY = datetime.now(ZoneInfo("Europe/London")).date()
BEGAN, IN_A_MONTH = TODAY - timedelta(days=300), TODAY + timedelta(days=30)
NAME = "Harbourmouth (made up)"
PASSWORD = "a walk along the harbour wall"  # noqa: S105 - of made-up people in a store of this test alone


@dataclass(frozen=True)
class Person:
    """Somebody of the place: the role they hold, and where, as the page that gives roles asks for it."""

    name: str
    role: str
    where: str


HEADS = (
    Person("Hana Reed", "Head", "Cygnethurst Junior and Infant School"),
    Person("Harun Shah", "Head", "Fallowholme High School"),
    Person("Hilde Moor", "Head", "Sorrelcroft High School"),
    Person("Hugo Vane", "Head", "Bramblebank Community Primary School"),
)
CORA = Person("Cora Lind", "Coordinator", CODE)
TOM = Person("Tom Ash", "Trust leader", "Rigging Schools Partnership (made up)")
TILDA = Person("Tilda Fen", "Trust leader", "Lanyard Learning Trust (made up)")
OLU = Person("Olu Bright", "Council officer", CODE)
PETRA = Person("Petra Hill", "Council officer", CODE)
EVA = Person("Eva Stone", "Evaluator", CODE)
EVERYBODY = (CORA, *HEADS, TOM, TILDA, OLU, PETRA, EVA)


@dataclass
class Town:
    """A site, a browser, and the desks of those who have signed in; what any of their browsers complained of."""

    address: str
    chromium: Browser
    complaints: Complaints = field(default_factory=Complaints)
    _open: dict[str, tuple[BrowserContext, Page]] = field(default_factory=dict)

    def desk(self, who: Person) -> Page:
        """The page of somebody; it stays where they left it."""
        return self._open[who.name][1]

    def new_desk(self, name: str) -> Page:
        """A page of a browser of somebody's own, who has not signed in yet."""
        context = self.chromium.new_context(base_url=self.address, locale="en-GB", viewport=LAPTOP)  # type: ignore[arg-type]
        page = context.new_page()
        self.complaints.listen(page)
        self._open[name] = (context, page)
        return page

    def close(self) -> None:
        """Everybody goes home."""
        for context, _ in self._open.values():
            context.close()


def signed_in(page: Page, name: str, password: str, *, at: str) -> Page:
    """Somebody signs in at an address."""
    page.goto(at)
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_label("Password")).to_have_count(0, timeout=60_000)
    return page


def invited(town: Town, administrator: Page, who: Person) -> None:
    """The administrator invites somebody, who chooses a password with the link, and is then given a role."""
    administrator.goto("/accounts/invitations/")
    fill(administrator, {"Name": who.name, "E-mail address": f"{who.name.split()[0].lower()}@harbourmouth.example"})
    press(administrator, "Invite")
    link = administrator.locator("#link").inner_text()
    page = town.new_desk(who.name)
    page.goto(link)
    page.locator("input[type=password]").fill(PASSWORD)
    press(page, "Come in")
    administrator.goto("/people/give/")
    said = {"Person": who.name, "Role": who.role, "School, organisation or place": who.where}
    fill(administrator, {**said, "Reason": "A year of the partnership, agreed by the head teachers."})
    press(administrator, "Give this role")
    expect(administrator.get_by_role("heading", name=f"{who.name} {who.role}")).to_be_visible()


def fill(page: Page, said: Mapping[str, str]) -> None:
    """Fill in fields by their labels; a choice is made by its words."""
    for label, words in said.items():
        box = page.get_by_label(label, exact=True)
        if box.evaluate("box => box.tagName") == "SELECT":
            box.select_option(label=words)
        else:
            box.fill(words)


def choose(page: Page, label: str, beginning: str) -> None:
    """Choose the option whose words begin so."""
    box = page.get_by_label(label, exact=True)
    options = [one for one in box.locator("option").all_inner_texts() if one.startswith(beginning)]
    assert len(options) == 1, (label, beginning, box.locator("option").all_inner_texts())
    box.select_option(label=options[0])


def press(page: Page, button: str) -> None:
    """Press a button by how its words begin; the next page stands there when this returns."""
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile(rf"^{re.escape(button)}")).first.click()


def follow(page: Page, link: str) -> None:
    """Follow a link by its words, or by how they begin where screen readers are told more."""
    with page.expect_navigation():
        page.get_by_role("link", name=re.compile(rf"^{re.escape(link)}")).first.click()


def sees(page: Page, *words: str) -> None:
    """The page says so, each somewhere."""
    for one in words:
        expect(page.get_by_text(one).first).to_be_visible(timeout=30_000)


def refused(page: Page, *words: str) -> None:
    """The page says at its top what is wrong."""
    for one in words:
        expect(page.get_by_role("alert")).to_contain_text(one)


def on_a_phone(page: Page) -> None:
    """Nothing of the page runs off a phone."""
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url
    page.set_viewport_size(LAPTOP)  # type: ignore[arg-type]
