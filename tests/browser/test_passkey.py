"""A passkey in a real browser with a made-up authenticator; a code from an app; both pages by axe."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, Page, expect
from tests.databases import database_of

ROOT = Path(__file__).resolve().parents[2]
NAME = "Dana"
RETURNS = re.compile(r"^http://[^/]+/returns/")
DATA_SESSION = re.compile(r"^http://[^/]+/accounts/data-session/")
# A 1280 pixel wide screen at 400 % shows 320 CSS pixels.
ZOOMED = {"width": 320, "height": 256}


def _environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "ROPEWALK_SECOND_FACTOR"}
    # Nobody is there: only the page that offers it is looked at.
    offered = {"id": "school", "name": "School accounts", "server": "https://login.example", "client_id": "x"}
    providers = {"ROPEWALK_OIDC": json.dumps([offered]), "ROPEWALK_OIDC_SECRET_SCHOOL": "x"}
    own = {"XDG_DATA_HOME": str(home), "DATABASE_URL": database_of(home / "store")}
    return {**kept, **providers, **own, "PYTHONPATH": str(ROOT / "src")}


def _run(home: Path, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "ropewalk", *words, "--store", str(home / "store")]
    return subprocess.Popen(command, env=_environment(home), stdout=subprocess.PIPE, text=True)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site."""
    return tmp_path_factory.mktemp("guarded")


@pytest.fixture(scope="module")
def guarded(home: Path) -> Iterator[tuple[str, str]]:
    """A site as servers run it, where administrators need a second factor: its address, and Dana's password."""
    told, _ = _run(home, "administrator", NAME).communicate(timeout=60)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    server = _run(home, "serve", "--port", str(port), "--host", "127.0.0.1")
    try:
        assert server.stdout is not None
        assert server.stdout.readline().startswith("Ropewalk is ready")
        # Passkeys belong to a name, not to a number.
        yield f"http://localhost:{port}", told.split()[-1]
    finally:
        server.terminate()
        server.communicate(timeout=20)


@pytest.fixture
def reader(chromium: Browser, guarded: tuple[str, str]) -> Iterator[Page]:
    """A page with an authenticator that agrees to everything; the test fails when the browser complained."""
    context = chromium.new_context(base_url=guarded[0], locale="en-GB", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    browser = context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    browser.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, "automaticPresenceSimulation": True}})
    yield page
    context.close()
    assert complaints == []


def _password(page: Page, password: str) -> None:
    page.goto("/returns/")
    page.get_by_label("Name").fill(NAME)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


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


def _sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("link", name="Sign in", exact=True)).to_be_visible()


def test_a_passkey_then_an_app(reader: Page, guarded: tuple[str, str], axe: str) -> None:
    _, password = guarded
    reader.goto("/accounts/sign-in/")
    expect(reader.get_by_role("button", name="Sign in with School accounts")).to_be_visible()
    _is_accessible(reader, axe)
    _password(reader, password)
    # Nothing of the returns before there is a second factor.
    expect(reader.get_by_role("heading", level=1)).to_have_text("Codes and passkeys")
    _is_accessible(reader, axe)
    _add_passkey(reader, axe)
    _sign_out(reader)

    _password(reader, password)
    expect(reader.get_by_role("heading", level=1)).to_have_text("Second step")
    _is_accessible(reader, axe)
    reader.get_by_role("button", name="Use a passkey").click()
    _open_data(reader, axe)
    key = _add_app(reader, axe)
    for address in (
        "",
        "sign-out-everywhere/",
        "second-factor/totp/deactivate/",
        "invitations/",
        "everybody/",
        "everybody/1/",
    ):
        reader.goto(f"/accounts/{address}")
        _is_accessible(reader, axe)
    _sign_out(reader)

    _password(reader, password)
    reader.get_by_label("Code").fill(_code(key))
    reader.get_by_role("button", name="Sign in", exact=True).click()
    _open_data(reader, axe)
    reader.get_by_role("button", name="Close the data").click()
    expect(reader).to_have_url(DATA_SESSION)
    reader.goto("/returns/")
    expect(reader).to_have_url(DATA_SESSION)
    reader.goto("/accounts/data-sessions/")
    expect(reader.get_by_role("cell", name="A school cannot send its files")).to_have_count(3)
    _is_accessible(reader, axe)


def _open_data(reader: Page, axe: str) -> None:
    """Say why, and come to the returns."""
    expect(reader).to_have_url(DATA_SESSION)
    _is_accessible(reader, axe)
    reader.get_by_label("Reason").fill("A school cannot send its files")
    reader.get_by_role("button", name="Open the data for an hour").click()
    expect(reader).to_have_url(RETURNS)


def _add_passkey(reader: Page, axe: str) -> None:
    """From the page of second factors to the returns."""
    reader.get_by_role("link", name="Add a passkey").click()
    _is_accessible(reader, axe)
    reader.get_by_label("What you will know it by").fill("Office computer")
    reader.get_by_role("button", name="Add a passkey").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    expect(reader.locator("#recovery-codes li")).to_have_count(10)
    _is_accessible(reader, axe)
    reader.get_by_role("link", name="Go to the returns").click()
    _open_data(reader, axe)
    reader.goto("/accounts/second-factor/")
    reader.get_by_role("link", name="See your passkeys").click()
    expect(reader.get_by_role("rowheader", name="Office computer")).to_be_visible()
    _is_accessible(reader, axe)


def _add_app(reader: Page, axe: str) -> str:
    """Set up an app; its key."""
    reader.goto("/accounts/second-factor/totp/activate/")
    _is_accessible(reader, axe)
    key = reader.locator("#key").inner_text().replace(" ", "")
    reader.get_by_label("Code that the app shows").fill(_code(key))
    reader.get_by_role("button", name="Set up").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Codes and passkeys")
    return key


def test_an_invitation_by_its_link(reader: Page, guarded: tuple[str, str], home: Path, axe: str) -> None:
    address, _ = guarded
    words = ("invite", "Bob", "bob@school.example", "--site", address)
    told, _ = _run(home, *words).communicate(timeout=60)
    reader.goto(told.split()[-1])
    _is_accessible(reader, axe)
    reader.get_by_label("Password").fill("three unlikely words")
    reader.get_by_role("button", name="Come in").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Your account")
    _is_accessible(reader, axe)


def _code(key: str) -> str:
    """What an authenticator app with this key shows now (RFC 6238)."""
    return format_hotp_value(hotp_value(key, int(time.time()) // 30))
