"""Terms of a place in a browser: axe finds nothing, nothing runs off, and a head stops sharing and begins again."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.conftest import LAPTOP, _home, _served
from tests.browser.test_people_journey import sound
from tests.databases import copy_store

PLACE = "/terms/places/X06000001/"
# As the demo does it, in a process of its own: the database is that of the site that is served.
LET_IN = """
import json, sys
from pathlib import Path
from django.utils import timezone
from ropewalk.cli.administrator import make_administrator
from ropewalk.core.use_cases.store import Reader, Store
store = Store(Path(sys.argv[1]))
make_administrator(store, "Dana")
from ropewalk.site.foundation.permissions.demonstration import make_people
from ropewalk.site.foundation.terms.demonstration import make_terms
reader, now = Reader(store), timezone.now()
urn = int(min(school.urn for school in reader.schools(place="X06000001")))
people = make_people(reader=reader, place="X06000001", urn=urn, by="Dana", now=now)
make_terms(place="X06000001", head="head", by="coordinator", now=now)
print(json.dumps({"urn": urn, **{name: password for name, password, _ in people}}))
"""


@dataclass(frozen=True)
class TermsSite:
    """A site with terms in force: where it is, passwords of the head and the coordinator, and the head's school."""

    address: str
    told: dict[str, str]

    def signed_in(self, chromium: Browser, name: str) -> tuple[BrowserContext, Page]:
        """A page of somebody who has signed in."""
        context = chromium.new_context(base_url=self.address, locale="en-GB", viewport=LAPTOP)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto("/terms/")
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill(self.told[name])
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name="Data-sharing terms")).to_be_visible(timeout=60_000)
        return context, page


@pytest.fixture(scope="module")
def terms_site(live_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TermsSite]:
    """A made-up place whose schools have answered its terms, served as users serve it."""
    store = tmp_path_factory.mktemp("terms-site") / "store"
    copy_store(live_store, store)
    command = [sys.executable, "-c", LET_IN, str(store)]
    made = subprocess.run(command, env=_home(store), capture_output=True, text=True, check=True)
    told = json.loads(made.stdout.splitlines()[-1])
    for address in _served(store):
        yield TermsSite(address, told)


def test_a_coordinator_drafts_the_next_version(terms_site: TermsSite, chromium: Browser, axe: str) -> None:
    context, page = terms_site.signed_in(chromium, "coordinator")
    for address in ("/terms/", PLACE, f"{PLACE}answers/", f"{PLACE}draft/", "/returns/?place=X06000001"):
        page.goto(address)
        sound(page, axe)
    page.goto(f"{PLACE}draft/")
    page.get_by_label("Threshold").fill("2")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_role("alert")).to_contain_text("2 is not a threshold")
    sound(page, axe)
    page.get_by_label("Threshold").fill("8")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_text("This is a draft.")).to_be_visible()
    sound(page, axe)
    page.get_by_role("button", name="Put it in force").click()
    expect(page.get_by_text("It stays as it is: what schools accepted goes on.").first).to_be_visible()
    sound(page, axe)
    page.get_by_role("button", name="Put version 2 in force now").click()
    expect(page.get_by_role("heading", name="Data-sharing terms, version 2")).to_be_visible()
    context.close()


def test_a_head_stops_sharing_is_told_what_follows_and_begins_again(
    terms_site: TermsSite, chromium: Browser, axe: str
) -> None:
    context, page = terms_site.signed_in(chromium, "head")
    school = f"{PLACE}schools/{terms_site.told['urn']}/"
    returns = f"/returns/schools/{terms_site.told['urn']}/"
    for address in (school, f"{school}answer/"):
        page.goto(address)
        sound(page, axe)
    page.get_by_label("Nothing any more: withdraw").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Released figures stay as they are")).to_be_visible()
    sound(page, axe)
    page.get_by_role("button", name="Stop sharing now").click()
    expect(page.get_by_text("The school shares nothing from then on.")).to_be_visible()
    sound(page, axe)
    page.goto(returns)
    expect(page.get_by_text("This school can send no returns yet.")).to_be_visible()
    expect(page.get_by_role("button", name="Check these files")).to_have_count(0)
    sound(page, axe)
    page.goto(f"{school}answer/")
    page.get_by_label("Part of it").check()
    page.get_by_role("checkbox", name="Figures of the place").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", name="X06000001-")).to_be_visible()
    page.goto(returns)
    expect(page.get_by_role("button", name="Check these files")).to_be_visible()
    context.close()
