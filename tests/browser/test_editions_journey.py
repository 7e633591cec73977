"""An edition in a browser: drafted, looked at and challenged by a head, answered, checked by two, released, public."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.conftest import LAPTOP, Complaints, _home, _served
from tests.browser.test_people_journey import sound
from tests.databases import copy_store

PLACE = "/editions/X06000001/"
# As the demo does it, in a process of its own: the database is that of the site that is served.
LET_IN = """
import json, os, sys
from pathlib import Path
from django.utils import timezone
from ropewalk.cli.administrator import make_administrator
from ropewalk.site.foundation.facts_store import open_facts
from ropewalk.core.use_cases.returns import receipts
from ropewalk.core.use_cases.store import Reader, Store
store = Store(Path(sys.argv[1]))
make_administrator(store, "Dana")
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.models import Place
from ropewalk.site.foundation.permissions.demonstration import _person, make_people
from ropewalk.site.foundation.terms.demonstration import make_terms
now, urn = timezone.now(), min(urn for one in receipts(open_facts(store.folder, os.environ)) for urn in one.schools)
people = make_people(reader=Reader(store), place="X06000001", urn=urn, by="Dana", now=now)
place, dana = Place.objects.get(code="X06000001"), Account.objects.get(name="Dana")
people += [_person(name, "coordinator", place, dana, now) for name in ("Olu", "Petra")]
make_terms(place="X06000001", head="head", by="coordinator", now=now)
print(json.dumps({name: password for name, password, _ in people}))
"""
LET_TIME_GO_BY = """
import sys
from datetime import timedelta
from pathlib import Path
from ropewalk.site.config.prepare import start_django
start_django(Path(sys.argv[1]))
from django.utils import timezone
from ropewalk.site.see.editions.models import Edition
edition = Edition.objects.get(state="open")
edition.until = timezone.localdate() - timedelta(days=1)
edition.save()
"""


Desks = Callable[[str], Page]


@dataclass(frozen=True)
class EditionsSite:
    """A site whose schools share on terms: where it is, its store, and the passwords of its people."""

    address: str
    store: Path
    told: dict[str, str]


def run(script: str, store: Path) -> str:
    """Run a script on a site's own database; what it said."""
    command = [sys.executable, "-c", script, str(store)]
    return subprocess.run(command, env=_home(store), stdout=subprocess.PIPE, text=True, check=True).stdout


@pytest.fixture(scope="module")
def editions_site(live_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EditionsSite]:
    """A made-up place whose schools share, served as users serve it."""
    store = tmp_path_factory.mktemp("editions-site") / "store"
    copy_store(live_store, store)
    told = json.loads(run(LET_IN, store).splitlines()[-1])
    for address in _served(store):
        yield EditionsSite(address, store, told)


@pytest.fixture
def desk(editions_site: EditionsSite, chromium: Browser) -> Iterator[Desks]:
    """The page of somebody, who signs in the first time; the test fails when a browser complained of anything."""
    open_ones: dict[str, tuple[BrowserContext, Page]] = {}
    complaints = Complaints()

    def desk_of(name: str) -> Page:
        if name not in open_ones:
            address = editions_site.address
            context = chromium.new_context(base_url=address, locale="en-GB", viewport=LAPTOP)  # type: ignore[arg-type]
            page = context.new_page()
            open_ones[name] = (context, page)
            complaints.listen(page)
            page.goto("/editions/")
            page.get_by_label("Name").fill(name)
            page.get_by_label("Password").fill(editions_site.told[name])
            page.get_by_role("button", name="Sign in").click()
            expect(page.get_by_role("heading", name="Editions")).to_be_visible(timeout=60_000)
        return open_ones[name][1]

    yield desk_of
    for context, _ in open_ones.values():
        context.close()
    assert complaints.found == []


def test_an_edition_from_draft_to_public_page(desk: Desks, editions_site: EditionsSite, axe: str) -> None:
    drafted(desk("coordinator"), axe)
    challenged(desk("head"), axe)
    answered_and_computed_anew(desk("coordinator"), axe)
    run(LET_TIME_GO_BY, editions_site.store)
    for name in ("Olu", "Petra"):
        page = desk(name)
        page.get_by_role("link", name="Edition 1", exact=True).click()
        page.get_by_role("button", name="I have checked these figures").click()
        expect(page.get_by_text("You have checked this draft already.")).to_be_visible()
    page = desk("coordinator")
    page.goto(f"{PLACE}1/draft/")
    page.get_by_role("button", name="Go on to release it").click()
    sound(page, axe)
    page.get_by_role("button", name="Release edition 1").click()
    expect(page.get_by_text("Released on")).to_be_visible(timeout=60_000)
    for address in (PLACE, f"{PLACE}1/", f"{PLACE}1/partners/"):
        page.goto(address)
        sound(page, axe)


def drafted(page: Page, axe: str) -> None:
    """A coordinator makes an edition and waits until it is computed."""
    page.get_by_role("link", name="Make an edition").click()
    sound(page, axe)
    page.get_by_label("Academic year").select_option("2024/25")
    page.get_by_label("Persistent absence, by special educational needs").uncheck()
    page.get_by_role("button", name="Compute the figures").click()
    expect(page.get_by_role("heading", name="What everyone will see")).to_be_visible(timeout=60_000)


def challenged(page: Page, axe: str) -> None:
    """A head looks at the school's own figures and says that they are wrong."""
    page.locator(".rw-matches__name").first.click()
    expect(page.get_by_text("You see them first.")).to_be_visible()
    page.get_by_label("This is wrong").check()
    page.get_by_label("What you want to say").fill("The pupil H011206719000 left.")
    page.get_by_role("button", name="Say it").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a pupil number")
    sound(page, axe)
    page.get_by_label("What you want to say").fill("Twelve pupils are marked twice.")
    page.get_by_role("button", name="Say it").click()
    expect(page.get_by_text("It waits for an answer.")).to_be_visible()


def answered_and_computed_anew(page: Page, axe: str) -> None:
    """The coordinator finds the school right."""
    page.goto(f"{PLACE}1/draft/")
    sound(page, axe)
    page.get_by_label("The school is right").check()
    page.get_by_label("Why", exact=True).fill("Counted anew.")
    page.get_by_role("button", name="Answer").click()
    expect(page.get_by_text("A school was found right: compute the figures anew.")).to_be_visible()
    page.get_by_role("button", name="Compute the figures anew").click()
    expect(page.get_by_role("heading", name="What everyone will see")).to_be_visible(timeout=60_000)
