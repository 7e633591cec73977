"""What tests of the site stand on: a store of real published figures, and one without any."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.signals import user_logged_in
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.databases import copy_store

from ropewalk.core.use_cases.importing import import_open_data
from ropewalk.core.use_cases.making_up import make_up_published_files
from ropewalk.core.use_cases.store import Store

if TYPE_CHECKING:
    from tests.editions_world import Stores

NOW = "2026-09-01T00:00:00Z"
FILES = (
    "la",
    "register/spc_school_level_2022_23.csv.gz",
    "register/gias_establishment_links_20250422.csv.gz",
    "exclusions/exclusions_by_geographic_level_200607_to_201617.csv.gz",
)


@pytest.fixture(scope="session")
def site_store_folder(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store imported once per run from real files; tests only read it."""
    folder = tmp_path_factory.mktemp("site-store")
    paths = [shared_data / name for name in FILES]
    import_open_data(Store(folder), paths, now=NOW, progress=lambda _what, _done, _of: None)
    return folder


@pytest.fixture(scope="session")
def made_up_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of made-up published figures, for tests that need no real ones; only read."""
    folder = tmp_path_factory.mktemp("api")
    written = make_up_published_files(folder / "published", seed=1, progress=lambda *_: None)
    chosen = [file for file in written if file.name.startswith(("spc_", "lait"))]
    import_open_data(Store(folder / "store"), chosen, now="2026-03-01T00:00:00Z", progress=lambda *_: None)
    return folder / "store"


@pytest.fixture
def site_store(site_store_folder: Path, settings: Settings) -> Path:
    """The site shows the real figures of ``site_store_folder`` for the length of this test."""
    settings.ROPEWALK_STORE = site_store_folder
    return site_store_folder


@pytest.fixture(autouse=True)
def no_second_factor_needed(settings: Settings) -> None:
    """As in a demo on one machine; the tests of second factors say otherwise."""
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture(autouse=True)
def nobody_waits(settings: Settings) -> None:
    """Tests ask faster than people; the tests of the limits say otherwise."""
    settings.RATE_LIMITS = {}


@pytest.fixture(autouse=True)
def data_session_for_all() -> Iterator[None]:
    """Local administrators have a data session from the moment they sign in; its own tests do without."""
    user_logged_in.connect(_open_data_session, dispatch_uid="tests")
    yield
    user_logged_in.disconnect(dispatch_uid="tests")


def _open_data_session(user: object, **_named: object) -> None:
    if getattr(user, "is_local_administrator", False):
        # Models exist only once Django is set up.
        from ropewalk.site.foundation.accounts import data_sessions  # noqa: PLC0415
        from ropewalk.site.foundation.accounts.models import Account  # noqa: PLC0415

        assert isinstance(user, Account)
        data_sessions.open_session(by=user, reason="a test", now=timezone.now())


@pytest.fixture
def empty_store(tmp_path: Path, settings: Settings) -> Path:
    """The site has a store into which nothing was imported."""
    settings.ROPEWALK_STORE = tmp_path / "store"
    return tmp_path / "store"


@dataclass
class Page:
    """A page as a reader meets it: headings with their levels, links by address, tables as rows of words, all words."""

    html: str
    headings: list[tuple[int, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)
    words: str = ""

    def addresses(self, start: str) -> list[str]:
        """Addresses of links that start so, each once."""
        return list(dict.fromkeys(address for address, _ in self.links if address.startswith(start)))

    def row(self, name: str) -> list[str]:
        """The first row of any table whose first cell is the name."""
        return next(row for table in self.tables for row in table if row and row[0] == name)


class _Reading(HTMLParser):
    """Collects what a Page holds. Words for screen readers only are left out of cells, not of links."""

    VOID = frozenset(("br", "img", "input", "link", "meta", "hr", "source"))

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.open: list[tuple[str, bool]] = []
        self.heard: list[list[str]] = []
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.VOID:
            return
        given = dict(attrs)
        self.open.append((tag, "govuk-visually-hidden" in (given.get("class") or "")))
        if tag == "table":
            self.page.tables.append([])
        elif tag == "tr":
            self.page.tables[-1].append([])
        elif tag in {"a", "td", "th", "h1", "h2", "h3", "h4", "title"}:
            self.heard.append([given.get("href") or ""])

    def handle_endtag(self, tag: str) -> None:
        if tag in self.VOID:
            return
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1][0] == tag, f"</{tag}> closes <{self.open[-1][0]}>"
        self.open.pop()
        if tag not in {"a", "td", "th", "h1", "h2", "h3", "h4", "title"}:
            return
        address, *words = self.heard.pop()
        said = " ".join("".join(words).split())
        if tag == "a":
            self.page.links.append((address, said))
        elif tag in {"td", "th"}:
            self.page.tables[-1][-1].append(said)
        elif tag != "title":
            self.page.headings.append((int(tag[1]), said))

    def handle_data(self, data: str) -> None:
        self.said.append(data)
        if not any(hidden for _, hidden in self.open):
            for heard in self.heard:
                heard.append(data)

    def close(self) -> None:
        super().close()
        assert not self.open, f"not closed: {self.open}"
        self.page.words = re.sub(r"\s+", " ", " ".join(self.said))


@pytest.fixture
def read(client: Client) -> Callable[..., Page]:
    """Get an address and read the page; every tag must be closed in its turn."""

    def reading(address: str, status: int = 200) -> Page:
        answer = client.get(address)
        assert answer.status_code == status, f"{address} answered {answer.status_code}"
        page = Page(answer.content.decode())
        parser = _Reading(page)
        parser.feed(page.html)
        parser.close()
        return page

    return reading


@pytest.fixture(scope="session")
def edition_stores(live_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Stores:
    """The store of live figures before and after two editions were released."""
    # Its module loads models, which exist only once Django is set up.
    from tests.editions_world import Stores, release_two  # noqa: PLC0415

    after = copy_store(live_store, tmp_path_factory.mktemp("editions") / "store")
    return Stores(live_store, after, *release_two(after))
