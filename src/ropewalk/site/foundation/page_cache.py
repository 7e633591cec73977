"""Pages are functions of the state of the store, the address and the query: each is made once.

What a view must keep to, for its pages to be kept: depend on nothing but ``request.store_state``, the path and the
query; set no cookie; hold no address built from the Host header. A view that cannot keep to this answers with
``Cache-Control: no-store`` or ``private``. Only answers 200 to GET are kept.
"""

import hashlib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponse, HttpResponseBase

import ropewalk
from ropewalk.site.foundation.cached_page import CachedPage
from ropewalk.site.foundation.page_shelves import FolderShelf, MemoryShelf
from ropewalk.site.foundation.store import StoreState, current_state

# Answered on every call: they speak of this moment, also when the store cannot be read.
NEVER_KEPT = ("/healthz",)
CODE_FILES = {".py", ".html", ".css", ".js", ".svg", ".json", ".txt"}


class PageCacheMiddleware:
    """Answers from memory, then from disk, and only then makes the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.memory = MemoryShelf(settings.PAGE_CACHE_MEMORY_BYTES)
        self.disks: dict[Path, FolderShelf] = {}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info in NEVER_KEPT:
            return self.get_response(request)
        # A page from the cache passes no later middleware, so the name the reader used is judged here.
        request.get_host()
        state = current_state()
        request.store_state = state  # type: ignore[attr-defined]
        if not settings.PAGE_CACHE or request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        page = self.find(state, request)
        if page is not None:
            return page.answer(request)
        response = self.get_response(request)
        if request.method != "GET" or not isinstance(response, HttpResponse) or not may_be_kept(response):
            return response
        if current_state().token != state.token:
            # An import ended while the page was being made: it may hold figures of both states.
            return response
        return self.keep(state, request, response).answer(request)

    def find(self, state: StoreState, request: HttpRequest) -> CachedPage | None:
        """The kept page for this address at this state of the store."""
        edition, key = edition_of(state), key_of(request)
        shelf_key = memory_key(state, key)
        page = self.memory.get(shelf_key)
        if page is None:
            page = self.disk(state).get(edition, key)
            if page is not None:
                self.memory.put(shelf_key, page)
        return page

    def keep(self, state: StoreState, request: HttpRequest, response: HttpResponse) -> CachedPage:
        """Keep a page just made."""
        page = CachedPage.of(response)
        if page.length <= settings.PAGE_CACHE_PAGE_BYTES:
            key = key_of(request)
            self.memory.put(memory_key(state, key), page)
            self.disk(state).put(edition_of(state), key, page)
        return page

    def disk(self, state: StoreState) -> FolderShelf:
        """The folder of pages beside the store."""
        shelf = self.disks.get(state.folder)
        if shelf is None:
            folder = state.folder / "cache" / "pages"
            shelf = self.disks.setdefault(state.folder, FolderShelf(folder, settings.PAGE_CACHE_DISK_BYTES))
        return shelf


def key_of(request: HttpRequest) -> str:
    """Address and query; the name of the site is no part of it, because no page may depend on it."""
    return f"{request.path}?{request.META.get('QUERY_STRING', '')}"


def memory_key(state: StoreState, key: str) -> str:
    """The same with the state of the store before it."""
    return f"{state.folder} {state.token} {key}"


def edition_of(state: StoreState) -> str:
    """Name of the folder for this state of the store and this version of the code."""
    return f"{state.token}-{code_version()}"


def may_be_kept(response: HttpResponse) -> bool:
    """Whether an answer is a whole, public page."""
    if response.status_code != 200 or response.cookies:
        return False
    control = response.headers.get("Cache-Control", "").lower()
    vary = response.headers.get("Vary", "").lower()
    return "no-store" not in control and "private" not in control and "cookie" not in vary and "*" not in vary


@lru_cache(maxsize=1)
def code_version() -> str:
    """Differs when any file of the package was changed: an upgrade must not show old pages."""
    root = Path(ropewalk.__file__).parent
    mark = hashlib.sha256()
    for file in sorted(root.rglob("*")):
        if file.suffix in CODE_FILES:
            stat = file.stat()
            mark.update(f"{file.relative_to(root)} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return mark.hexdigest()[:12]
