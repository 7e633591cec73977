"""A board report in a browser: made, looked at, published, read by everybody, withdrawn; axe finds nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import ROOT, _home, _served
from tests.databases import copy_store

AT = "/board-reports/X06000001/"
# A 1280 pixel wide screen at 400 % shows 320 CSS pixels.
ZOOMED = {"width": 320, "height": 256}
PHONE, LAPTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
CAST = ROOT / "tests" / "site" / "board_report_cast.py"
# A place with a plan at work, and a coordinator who may sign in; it prints the password.
PREPARE = """
import runpy
import sys
from pathlib import Path
from ropewalk.site.config.prepare import migrate
store = Path(sys.argv[1])
migrate(store)
from django.utils import timezone
from ropewalk.core.use_cases.store import Reader, Store
from ropewalk.site.foundation.accounts.administrators import new_password
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.models import Place
from ropewalk.site.foundation.organisations.register import bring_in
from ropewalk.site.foundation.permissions.actions import Wanted, give
planned = runpy.run_path(sys.argv[2])["planned"]
now, today, password = timezone.now(), timezone.localdate(), new_password()
bring_in(reader=Reader(Store(store)), place="X06000001", by="Dana", now=now, on=today)
place, dana = Place.objects.get(code="X06000001"), Account.objects.create(name="Dana", is_local_administrator=True)
cora = Account(name="Cora")
cora.set_password(password)
cora.save()
give(Wanted(cora, "coordinator", place, "A test.", today), by=dana, now=now)
planned(place, by=cora, now=now)
print(password)
"""


@pytest.fixture(scope="module")
def planned_site(live_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Address of a site with a plan, and the password of its coordinator."""
    store = tmp_path_factory.mktemp("reports") / "store"
    copy_store(live_store, store)
    home = _home(store)
    told = subprocess.run(
        [sys.executable, "-c", PREPARE, str(store), str(CAST)], env=home, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr
    for address in _served(store):
        yield address, told.stdout.split()[-1]


@pytest.fixture
def desk(chromium: Browser, planned_site: tuple[str, str]) -> Iterator[Page]:
    """A page of the coordinator, who has signed in."""
    context = chromium.new_context(base_url=planned_site[0], locale="en-GB", viewport=LAPTOP)  # type: ignore[arg-type]
    page = context.new_page()
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.goto(AT)
    page.get_by_label("Name").fill("Cora")
    page.get_by_label("Password").fill(planned_site[1])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Board reports")).to_be_visible(timeout=60_000)
    yield page
    context.close()
    assert failed == []


def sound(page: Page, axe: str) -> None:
    """Axe finds nothing on the page at phone and laptop width, and nothing runs off a narrow screen."""
    page.wait_for_load_state("networkidle")
    for size in (PHONE, LAPTOP):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.evaluate(axe)
        found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found["violations"]] == [], page.url
    page.set_viewport_size(ZOOMED)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url
    page.set_viewport_size(LAPTOP)  # type: ignore[arg-type]


def test_a_report_is_made_published_read_by_everybody_and_withdrawn(
    desk: Page, chromium: Browser, planned_site: tuple[str, str], axe: str
) -> None:
    sound(desk, axe)
    desk.get_by_role("link", name="As it stands now").click()
    expect(desk.get_by_role("heading", name="Where the plan stands")).to_be_visible()
    sound(desk, axe)
    desk.get_by_role("link", name="Make a report of it, which is kept").click()
    desk.get_by_role("button", name="Make it").click()
    expect(desk.get_by_role("heading", name="There is a problem")).to_be_visible()
    sound(desk, axe)
    desk.get_by_label("For which meeting of the board").select_option("none")
    desk.get_by_role("button", name="Make it").click()
    expect(desk.get_by_text("it is not changed any more")).to_be_visible()
    sound(desk, axe)
    with desk.expect_download() as taken:
        desk.get_by_role("link", name="PDF", exact=True).click()
    assert taken.value.path().read_bytes().startswith(b"%PDF")
    desk.get_by_role("link", name="Publish a version for everybody").click()
    expect(desk.get_by_role("heading", name="Where the plan stands")).to_be_visible()
    sound(desk, axe)
    desk.get_by_label("May everybody read this?").select_option("yes")
    desk.get_by_role("button", name="Publish it").click()
    _read_by_everybody(chromium, planned_site[0], axe)
    desk.get_by_role("link", name="Withdraw it").click()
    desk.get_by_label("Why it is withdrawn").fill("A school asked for it.")
    sound(desk, axe)
    desk.get_by_role("button", name="Withdraw it").click()
    expect(desk.get_by_role("link", name="Publish a version for everybody")).to_be_visible()
    answer = desk.goto(f"{AT}public/1/")
    assert answer is not None
    assert answer.status == 404


def _read_by_everybody(chromium: Browser, address: str, axe: str) -> None:
    """Somebody who is not signed in."""
    context = chromium.new_context(base_url=address, locale="en-GB")
    page = context.new_page()
    page.goto(f"{AT}public/")
    sound(page, axe)
    page.get_by_role("link", name="Report 1").click()
    expect(page.get_by_role("heading", name="Public report: Every child in school")).to_be_visible()
    sound(page, axe)
    context.close()
