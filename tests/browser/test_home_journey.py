"""The page on which people begin, in a browser at phone and laptop width; axe finds nothing."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import LAPTOP, PHONE, _administrator, _home, _served
from tests.databases import copy_store

# 1280 pixels at 400 % show 320 CSS pixels.
ZOOMED = {"width": 320, "height": 256}
MAKE = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from ropewalk.site.config.prepare import migrate
store = Path(sys.argv[1])
migrate(store)
from django.utils import timezone
from ropewalk.core.use_cases.store import Reader, Store
from ropewalk.site.agree.home.demonstration import make_week
from ropewalk.site.agree.partnership.demonstration import make_partnership
from ropewalk.site.agree.plan.demonstration import make_plan
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.models import Organisation
from ropewalk.site.foundation.organisations.register import bring_in
from ropewalk.site.foundation.permissions.actions import Wanted, give
from ropewalk.site.foundation.permissions.demonstration import make_people
from ropewalk.site.agree.workstreams.demonstration import make_workstream
now, place, by = datetime.now(UTC), "X06000001", "Dana"
reader = Reader(Store(store))
bring_in(reader=reader, place=place, by=by, now=now, on=timezone.localdate())
urn = int(Organisation.objects.filter(kind="school").earliest("pk").key)
for name, password, _ in make_people(reader=reader, place=place, urn=urn, by=by, now=now):
    print(name, password)
make_partnership(place=place, leave_out=urn, by=by, coordinator="coordinator", now=now)
make_workstream(place=place, by=by, now=now - timedelta(days=200))
make_plan(place=place, coordinator="coordinator", now=now)
make_week(place=place, coordinator="coordinator", now=now)
officer = Account(name="officer")
officer.set_password("rope-walk-of-forty-fathoms")
officer.save()
council = Organisation.objects.get(kind="council", key=place)
wanted = Wanted(officer, "council_officer", council, "A test.", timezone.localdate())
give(wanted, by=Account.objects.get(name=by), now=now)
print("officer rope-walk-of-forty-fathoms")
"""


@dataclass(frozen=True)
class People:
    """A site with people of a partnership, and their passwords."""

    address: str
    passwords: dict[str, str]


@pytest.fixture(scope="module")
def people(live_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    """A site with a head, a coordinator and an officer of the council."""
    store = tmp_path_factory.mktemp("home-site") / "store"
    copy_store(live_store, store)
    _administrator(store)
    made = subprocess.run(
        [sys.executable, "-c", MAKE, str(store)], env=_home(store), capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr
    passwords = dict(re.findall(r"^(\w+) (\S+)$", made.stdout, re.MULTILINE))
    for address in _served(store):
        yield People(address, passwords)


@pytest.fixture(params=[LAPTOP, PHONE], ids=["laptop", "phone"])
def desk(request: pytest.FixtureRequest, chromium: Browser, people: People) -> Iterator[Page]:
    context = chromium.new_context(base_url=people.address, locale="en-GB", viewport=request.param)
    page = context.new_page()
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    yield page
    context.close()
    assert failed == []


def come_in(page: Page, people: People, name: str) -> None:
    """Sign in, and land on one's own first page."""
    page.goto("/accounts/sign-in/")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(people.passwords[name])
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{people.address}/home/")
    expect(page.get_by_role("heading", name="What needs you this week")).to_be_visible()


def sound(page: Page, axe: str) -> None:
    """Axe finds nothing on the page, and nothing runs off a narrow screen."""
    page.wait_for_load_state("networkidle")
    page.evaluate(axe)
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found["violations"]] == [], page.url
    size = page.viewport_size
    page.set_viewport_size(ZOOMED)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url
    assert size is not None
    page.set_viewport_size(size)


def test_a_head_does_what_is_late_and_it_is_off_the_list(desk: Page, people: People, axe: str) -> None:
    come_in(desk, people, "head")
    sound(desk, axe)
    late = desk.get_by_role("link", name=re.compile("say how it stands"))
    before = late.count()
    decides = desk.get_by_role("link", name=re.compile("^Decide whether"))
    if before:
        late.first.click()
        desk.locator("select[name=status]").select_option("done")
        desk.get_by_role("textbox").fill("Every school shares now.")
        desk.get_by_role("button", name="Say so").click()
        desk.get_by_role("link", name="Home", exact=True).click()
        expect(late).to_have_count(before - 1)
    expect(decides).to_have_count(1)


def test_a_coordinator_finds_the_meeting_and_chooses_how_often_to_be_reminded(
    desk: Page, people: People, axe: str
) -> None:
    come_in(desk, people, "coordinator")
    sound(desk, axe)
    desk.get_by_role("link", name=re.compile("^Education Board of Harbourmouth")).first.click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Education Board")
    desk.get_by_role("link", name="Home", exact=True).click()
    desk.get_by_role("link", name="Choose how often").click()
    sound(desk, axe)
    desk.get_by_label("How often do you want to be reminded?").select_option("daily")
    desk.get_by_role("button", name="Keep this").click()
    expect(desk.get_by_role("heading", name="Your account")).to_be_visible()
    sound(desk, axe)


def test_an_officer_of_the_council_finds_the_workstream_past_its_end(desk: Page, people: People, axe: str) -> None:
    come_in(desk, people, "officer")
    sound(desk, axe)
    expect(desk.get_by_text("Late").first).to_be_visible()
    desk.get_by_role("link", name=re.compile("^Close the workstream “Inclusion”")).click()
    expect(desk.get_by_role("heading", name="Close the work: Inclusion")).to_be_visible()
