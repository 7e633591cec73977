"""A local administrator sends a school's return: sign in, mistakes, correction, receipt, coverage; keyboard too."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

ROOT = Path(__file__).resolve().parents[2]
SCHOOL, BY_KEYS, WITHOUT_SCRIPT = 990100, 990085, 990105
# A 1280 pixel wide screen at 400 % shows 320 CSS pixels.
ZOOMED = {"width": 320, "height": 256}
SLOW = 60_000
PUPILS = ("H011206719000", "F011207319000")
MARKS = "/ \\ / \\ / \\ / \\ / \\"


def _roll(urn: int, start: str) -> str:
    head = "urn,upn,surname,forename,date_of_birth,sex,year_group,enrolment_status,start_date"
    rows = [f"{urn},{upn},Quince,Ottoline,2014-03-01,F,8,C,{start}" for upn in PUPILS]
    return "\n".join([head, *rows, ""])


def _files(folder: Path, urn: int, start: str = "2025-09-01") -> list[Path]:
    """A roll and a register of two pupils."""
    roll, register = folder / "roll.csv", folder / "register.csv"
    roll.write_text(_roll(urn, start), encoding="utf-8")
    rows = [f"{urn},{upn},2025-09-08,{MARKS}" for upn in PUPILS]
    register.write_text("\n".join(["urn,upn,week_beginning,marks", *rows, ""]), encoding="utf-8")
    return [roll, register]


def _sign_in(page: Page, site: Any, onward: str = "/returns/") -> None:
    page.goto(onward)
    page.get_by_label("Name").fill(site.name)
    page.get_by_label("Password").fill(site.password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)
    # A data session that is open goes on, whoever signs in again within the hour.
    if "/data-session/" in page.url:
        page.get_by_label("Reason").fill("A school cannot send its files")
        page.get_by_role("button", name="Open the data for an hour").click()
        page.wait_for_url(lambda address: "/data-session/" not in address)


def _drop(page: Page, files: list[Path]) -> None:
    """Drop files onto the area, as a mouse would from a folder."""
    contents = [[file.name, file.read_text(encoding="utf-8")] for file in files]
    data = page.evaluate_handle(
        "files => { const d = new DataTransfer();"
        " for (const [name, text] of files) d.items.add(new File([text], name, {type: 'text/csv'})); return d; }",
        contents,
    )
    for kind in ("dragenter", "dragover", "drop"):
        page.dispatch_event("[data-drop]", kind, {"dataTransfer": data})


def _tab_to(page: Page, selector: str, most: int = 150) -> None:
    """Press Tab until what the selector names has the focus; the focus must be visible on the way."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement && document.activeElement.matches(s)", selector):
            assert page.locator(":focus").bounding_box() is not None, "what has the focus cannot be seen"
            return
    pytest.fail(f"{selector} cannot be reached with the Tab key", pytrace=False)


def _is_accessible(page: Page, axe: str) -> None:
    page.wait_for_load_state("networkidle")
    page.evaluate(axe)
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    told = [f"{v['id']}: {v['help']}: {[n['html'][:160] for n in v['nodes'][:3]]}" for v in found["violations"]]
    assert told == [], page.url
    usual = page.viewport_size
    page.set_viewport_size(ZOOMED)  # type: ignore[arg-type]
    wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= seen, page.url
    page.set_viewport_size(usual)  # type: ignore[arg-type]


def test_from_mistakes_to_a_receipt(desk: Page, returns_site: Any, tmp_path: Path, axe: str) -> None:
    school = f"/returns/schools/{SCHOOL}/"
    _sign_in(desk, returns_site, school)
    expect(desk).to_have_url(school)
    _is_accessible(desk, axe)
    _drop(desk, _files(tmp_path, SCHOOL, start="one day"))
    expect(desk.locator("[data-chosen] li")).to_have_count(2)
    desk.get_by_role("button", name="Check these files").click()
    expect(desk.get_by_text("Nothing is stored yet.").or_(desk.get_by_text("cannot be submitted"))).to_be_visible(
        timeout=SLOW
    )
    expect(desk.get_by_role("heading", name="Needed date cannot be read")).to_be_visible()
    _is_accessible(desk, axe)
    with desk.expect_download() as waiting:
        desk.get_by_role("link", name="every problem with file, row and column").click()
    assert "Quince" not in Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    desk.get_by_role("button", name="Correct and send again").click()
    desk.get_by_label("Files", exact=True).set_input_files(_files(tmp_path, SCHOOL))
    desk.get_by_role("button", name="Check these files").click()
    desk.get_by_role("button", name="Submit all 4 lines").click(timeout=SLOW)
    expect(desk.get_by_text("This return is stored.")).to_be_visible(timeout=SLOW)
    expect(desk).to_have_url(re.compile(r"/returns/receipts/R\d{8}-\w{5}/"))
    _is_accessible(desk, axe)
    desk.goto("/returns/?place=X06000001")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("schools share")
    row = desk.get_by_role("row").filter(has_text="Cinderden Academy")
    expect(row).to_contain_text("until 12 Sep 2025")
    _is_accessible(desk, axe)


@pytest.mark.parametrize(
    "address",
    [
        "/returns/?choose=1",
        "/returns/links/",
        f"/returns/schools/{SCHOOL}/reminder/",
        "/accounts/password/",
        "/accounts/data-session/",
        "/accounts/data-sessions/",
        "/accounts/invitations/",
        "/returns/schools/123456/",
    ],
)
def test_axe_finds_nothing_on_the_other_pages(desk: Page, returns_site: Any, axe: str, address: str) -> None:
    _sign_in(desk, returns_site, address)
    _is_accessible(desk, axe)


def test_axe_finds_nothing_where_one_signs_in(desk: Page, axe: str) -> None:
    desk.goto("/accounts/sign-in/")
    _is_accessible(desk, axe)
    desk.get_by_label("Name").fill("Nobody")
    desk.get_by_role("button", name="Sign in").click()
    expect(desk.get_by_role("alert")).to_contain_text("Enter your password")
    _is_accessible(desk, axe)


def test_the_same_with_the_keyboard_alone(desk: Page, returns_site: Any, tmp_path: Path) -> None:
    # From here on the browser hands file choosers over; asked for at the last moment, one opened before that at times.
    desk.on("filechooser", lambda _chooser: None)
    desk.goto(f"/returns/schools/{BY_KEYS}/")
    _tab_to(desk, "#id_login")
    desk.keyboard.type(returns_site.name)
    desk.keyboard.press("Tab")
    desk.keyboard.type(returns_site.password)
    desk.keyboard.press("Enter")
    desk.wait_for_url(lambda address: "/sign-in/" not in address)
    if "/data-session/" in desk.url:
        _tab_to(desk, "#id_reason")
        desk.keyboard.type("A school cannot send its files")
        desk.keyboard.press("Enter")
    expect(desk).to_have_url(f"/returns/schools/{BY_KEYS}/")
    _tab_to(desk, "#files")
    _choose_with_enter(desk, _files(tmp_path, BY_KEYS))
    _tab_to(desk, "form.rw-form button")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Nothing is stored yet.")).to_be_visible(timeout=SLOW)
    _tab_to(desk, "form[action$='/submit/'] button")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("This return is stored.")).to_be_visible(timeout=SLOW)
    _tab_to(desk, "form[action$='/sign-out/'] button")
    desk.keyboard.press("Enter")
    desk.wait_for_url(f"{returns_site.address}/")
    desk.goto("/returns/")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Sign in")


def _choose_with_enter(desk: Page, files: Any) -> None:
    """Open the file chooser of the field in focus with a key. Chromium at times swallows the first one."""
    for attempt in range(4):
        try:
            with desk.expect_file_chooser(timeout=5_000) as chooser:
                desk.keyboard.press("Enter")
        except PlaywrightTimeout:
            assert attempt < 3, "the field opens no file chooser"
        else:
            chooser.value.set_files(files)
            return


def test_the_same_without_javascript(plain_desk: Page, returns_site: Any, tmp_path: Path) -> None:
    _sign_in(plain_desk, returns_site, f"/returns/schools/{WITHOUT_SCRIPT}/")
    plain_desk.get_by_label("Files", exact=True).set_input_files(_files(tmp_path, WITHOUT_SCRIPT))
    plain_desk.get_by_role("button", name="Check these files").click()
    # The page asks again by itself, every three seconds.
    expect(plain_desk.get_by_text("Nothing is stored yet.")).to_be_visible(timeout=SLOW)
    plain_desk.get_by_role("button", name="Submit all 4 lines").click()
    expect(plain_desk.get_by_text("This return is stored.")).to_be_visible(timeout=SLOW)


def test_a_reminder_can_be_copied_and_recorded(desk: Page, returns_site: Any) -> None:
    _sign_in(desk, returns_site, "/returns/schools/990039/reminder/")
    desk.get_by_role("button", name="Copy the text").click()
    expect(desk.locator("#copied")).not_to_be_empty()
    desk.get_by_role("button", name="Record that the school was reminded today").click()
    expect(desk.get_by_text("by Dana.")).to_be_visible()


def test_screenshots_for_eyes(desk: Page, returns_site: Any) -> None:
    """Pictures land in test-output/ for a person to look at."""
    folder = ROOT / "test-output"
    folder.mkdir(exist_ok=True)
    _sign_in(desk, returns_site)
    for called, address in (("school", f"/returns/schools/{SCHOOL}/"), ("coverage", "/returns/?place=X06000001")):
        desk.goto(address)
        assert len(desk.screenshot(path=folder / f"returns-{called}.png", full_page=True)) > 10_000
