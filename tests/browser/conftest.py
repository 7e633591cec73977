"""A real server on a real store, and a real Chromium to walk its pages."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from tests.databases import copy_store, database_of

from ropewalk.core.use_cases.making_up import make_up_place
from ropewalk.core.use_cases.store import Store

ROOT = Path(__file__).resolve().parents[2]
PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1280, "height": 800}
# Chromium's own errands would be refused by the bar on the network, many at a time.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever stands in this folder is a browser test."""
    for item in items:
        if Path(item.path).is_relative_to(Path(__file__).parent):
            item.add_marker("browser")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(port: int, server: subprocess.Popen[bytes]) -> None:
    # Two minutes: on a machine that is busy a start takes long.
    for _ in range(1200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    pytest.fail("the site did not start", pytrace=False)


@pytest.fixture(scope="session")
def site_address(everything: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a site that shows every real published figure, served as users serve it."""
    # A copy, so that the page cache of this run starts empty and ends with it.
    store = tmp_path_factory.mktemp("served") / "store"
    copy_store(everything, store)
    yield from _served(store)


def _served(store: Path) -> Iterator[str]:
    """Serve a store with a home of its own beside it."""
    port = _free_port()
    command = [sys.executable, "-m", "ropewalk", "serve", "--port", str(port), "--store", str(store)]
    server = subprocess.Popen(command, env=_home(store), stdout=subprocess.DEVNULL)
    try:
        _await(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def _home(store: Path) -> dict[str, str]:
    """The environment of whatever is started on a store: a home beside it, the database that belongs to it."""
    here = {"XDG_DATA_HOME": str(store.parent), "PYTHONPATH": str(ROOT / "src"), "DATABASE_URL": database_of(store)}
    return {**os.environ, **here, "ROPEWALK_SECOND_FACTOR": "off", "ROPEWALK_RATE_LIMITS": "off"}


@dataclass(frozen=True)
class ReturnsSite:
    """A site of a made-up place, and who may sign in to it."""

    address: str
    name: str
    password: str


@pytest.fixture(scope="session")
def returns_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReturnsSite]:
    """A made-up place, made and served as users do, with an administrator made by the command."""
    folder = tmp_path_factory.mktemp("returns")
    store = folder / "store"
    make_up_place(Store(store), folder=folder / "files", seed=1, now="2026-09-01T00:00:00Z", progress=lambda *_: None)
    told = _administrator(store)
    for address in _served(store):
        yield ReturnsSite(address, "Dana", told)


@pytest.fixture(scope="session")
def live_site(live_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReturnsSite]:
    """A made-up place whose schools have sent two returns, with an administrator made by the command."""
    store = tmp_path_factory.mktemp("live-site") / "store"
    copy_store(live_store, store)
    told = _administrator(store)
    for address in _served(store):
        yield ReturnsSite(address, "Dana", told)


def _administrator(store: Path) -> str:
    """Make an administrator by the command; her password."""
    told = subprocess.run(
        [sys.executable, "-m", "ropewalk", "administrator", "Dana", "--store", str(store)],
        env=_home(store),
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout.split()[-1]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; the set-up installs it."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.fail("NO BROWSER: Chromium is not installed; run 'make test', which installs it.", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        yield browser
        browser.close()


class Complaints:
    """What the browser complained of: errors in scripts, refused by the content security policy, failed loads."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def listen(self, page: Page) -> None:
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.found.append(str(error)))

    def _heard(self, message: ConsoleMessage) -> None:
        # A page that is not there is told by the server on purpose; Chromium writes that down as an error as well.
        # So is a form that was filled in wrongly (422).
        if message.type == "error" and not any(f"status of {code}" in message.text for code in (404, 422)):
            self.found.append(message.text)


def _open(chromium: Browser, address: str, **options: object) -> BrowserContext:
    return chromium.new_context(base_url=address, locale="en-GB", **options)  # type: ignore[arg-type]


@pytest.fixture
def laptop(chromium: Browser, site_address: str) -> Iterator[Page]:
    """A page at laptop size; the test fails when the browser complained of anything."""
    yield from _watched(_open(chromium, site_address, viewport=LAPTOP))


@pytest.fixture
def phone(chromium: Browser, site_address: str) -> Iterator[Page]:
    """A page at phone size; the test fails when the browser complained of anything."""
    yield from _watched(_open(chromium, site_address, viewport=PHONE, has_touch=True, is_mobile=True))


@pytest.fixture
def plain(chromium: Browser, site_address: str) -> Iterator[Page]:
    """A page in a browser that runs no JavaScript."""
    yield from _watched(_open(chromium, site_address, viewport=LAPTOP, java_script_enabled=False))


@pytest.fixture
def desk(chromium: Browser, returns_site: ReturnsSite) -> Iterator[Page]:
    """A page of the made-up place's site; the test fails when the browser complained of anything."""
    yield from _watched(_open(chromium, returns_site.address, viewport=LAPTOP))


@pytest.fixture
def plain_desk(chromium: Browser, returns_site: ReturnsSite) -> Iterator[Page]:
    """The same without JavaScript."""
    yield from _watched(_open(chromium, returns_site.address, viewport=LAPTOP, java_script_enabled=False))


def _watched(context: BrowserContext) -> Iterator[Page]:
    complaints = Complaints()
    page = context.new_page()
    complaints.listen(page)
    yield page
    context.close()
    assert complaints.found == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, run by the browser's own tools so that the page's policy need not be loosened."""
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
