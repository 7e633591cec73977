"""Pages are made once for each state of the store, address and query."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client
from django.urls import path

from ropewalk.site.foundation import store as watched
from ropewalk.site.foundation.cached_page import CachedPage, DamagedPage, accepts_gzip
from ropewalk.site.foundation.page_shelves import FolderShelf, MemoryShelf
from ropewalk.site.foundation.store import StoreUnreadable, StoreWatcher

pytestmark = pytest.mark.urls(__name__)
made: list[str] = []


def page(request: HttpRequest) -> HttpResponse:
    made.append(request.get_full_path())
    generation = request.store_state.generation
    return HttpResponse(f"{generation} {request.get_full_path()} made {len(made)} times " + "filling " * 100)


def private(request: HttpRequest) -> HttpResponse:
    response = page(request)
    response.headers["Cache-Control"] = "no-store"
    return response


def with_cookie(request: HttpRequest) -> HttpResponse:
    response = page(request)
    response.set_cookie("who", "me")
    return response


def failing(request: HttpRequest) -> HttpResponse:
    page(request)
    return HttpResponse("not there", status=404)


def streamed(request: HttpRequest) -> StreamingHttpResponse:
    made.append(request.path)
    return StreamingHttpResponse([b"part"])


urlpatterns = [
    path("page/", page),
    path("private/", private),
    path("cookie/", with_cookie),
    path("failing/", failing),
    path("streamed/", streamed),
]


def import_as(folder: Path, generation: int) -> None:
    (folder / "manifest.json").write_text(json.dumps({"generation": generation}), encoding="utf-8")
    # The watcher looks at most once a second; a new one looks at once.
    watched._watchers.clear()


@pytest.fixture
def store(tmp_path: Path, settings) -> Path:
    settings.ROPEWALK_STORE = tmp_path
    import_as(tmp_path, 1)
    made.clear()
    return tmp_path


@pytest.fixture
def client(store: Path) -> Client:  # noqa: ARG001 - its settings
    return Client(headers={"host": "127.0.0.1"})


def test_a_page_is_made_once(client: Client) -> None:
    first, second = client.get("/page/"), client.get("/page/")
    assert made == ["/page/"]
    assert first.content == second.content
    assert first.headers["ETag"] == second.headers["ETag"]
    assert second.headers["Content-Type"] == "text/html; charset=utf-8"
    assert second.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert second.headers["Vary"] == "Accept-Encoding"


def test_a_known_page_is_answered_without_a_body(client: Client) -> None:
    etag = client.get("/page/").headers["ETag"]
    for said in (etag, f'"other", {etag}', "*"):
        answer = client.get("/page/", headers={"if-none-match": said})
        assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", etag)
    assert client.get("/page/", headers={"if-none-match": '"other"'}).status_code == 200


def test_an_import_shows_at_once(client: Client, store: Path) -> None:
    before = client.get("/page/")
    import_as(store, 2)
    after = client.get("/page/", headers={"if-none-match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.content.startswith(b"2 ")
    assert [folder.name.split("-")[0] for folder in (store / "cache" / "pages").iterdir()] == ["2"]


def test_each_query_is_a_page_of_its_own(client: Client) -> None:
    client.get("/page/?sort=a"), client.get("/page/?sort=b"), client.get("/page/"), client.get("/page/?sort=a")
    assert made == ["/page/?sort=a", "/page/?sort=b", "/page/"]


def test_the_body_is_compressed_once_and_only_for_those_who_take_it(client: Client) -> None:
    plain = client.get("/page/")
    squeezed = client.get("/page/", headers={"accept-encoding": "br, gzip"})
    assert "Content-Encoding" not in plain.headers
    assert squeezed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(squeezed.content) == plain.content
    assert int(squeezed.headers["Content-Length"]) == len(squeezed.content) < len(plain.content)
    assert "Content-Encoding" not in client.get("/page/", headers={"accept-encoding": "gzip;q=0"}).headers


@pytest.mark.parametrize(
    ("said", "takes"),
    [("gzip", True), ("br;q=1.0, gzip;q=0.5", True), ("*", True), ("", False), ("br", False), ("gzip; q=0", False)],
)
def test_which_browsers_take_gzip(said: str, takes: bool) -> None:
    assert accepts_gzip(said) is takes


def test_head_gives_the_headers_of_the_kept_page(client: Client) -> None:
    page_itself = client.get("/page/")
    head = client.head("/page/")
    assert head.content == b""
    assert head.headers["ETag"] == page_itself.headers["ETag"]
    assert made == ["/page/"]


@pytest.mark.parametrize("address", ["/private/", "/cookie/", "/failing/", "/streamed/"])
def test_what_is_not_a_whole_public_page_is_not_kept(client: Client, address: str) -> None:
    client.get(address), client.get(address)
    assert len(made) == 2


def test_nothing_is_kept_while_developing(client: Client, settings) -> None:
    settings.PAGE_CACHE = False
    client.get("/page/"), client.get("/page/")
    assert len(made) == 2


def test_another_worker_finds_the_page_on_disk(client: Client) -> None:
    first = client.get("/page/")
    another_worker = Client(headers={"host": "127.0.0.1"})
    assert another_worker.get("/page/").content == first.content
    assert made == ["/page/"]


def test_a_page_cut_short_on_disk_is_made_again(client: Client, store: Path) -> None:
    client.get("/page/")
    (file,) = (one for one in (store / "cache").rglob("*") if one.is_file())
    file.write_bytes(file.read_bytes()[:-5])
    assert Client(headers={"host": "127.0.0.1"}).get("/page/").status_code == 200
    assert len(made) == 2


def test_a_store_that_cannot_be_written_to_still_serves(client: Client, store: Path) -> None:
    (store / "cache").write_text("a file where the folder should be", encoding="utf-8")
    assert client.get("/page/").content == client.get("/page/").content
    assert made == ["/page/"]


def page_of(size: int) -> CachedPage:
    return CachedPage((("Content-Type", "text/html"),), bytes(size), gzipped=False, length=size, fingerprint="f")


def test_memory_keeps_the_pages_asked_for_last_within_its_limit() -> None:
    shelf = MemoryShelf(limit=3 * page_of(1000).size)
    for key in "abc":
        shelf.put(key, page_of(1000))
    shelf.get("a")
    shelf.put("d", page_of(1000))
    assert [key for key in "abcd" if shelf.get(key)] == ["a", "c", "d"]
    shelf.put("a", page_of(900))
    assert shelf.size == 2 * page_of(1000).size + page_of(900).size
    shelf.put("huge", page_of(10_000))
    assert shelf.get("huge") is None
    assert len(shelf) == 3


def test_the_folder_stays_within_its_limit(tmp_path: Path) -> None:
    one = len(page_of(10_000).to_bytes())
    shelf = FolderShelf(tmp_path, limit=5 * one)
    for number in range(40):
        shelf.put("edition", f"key {number}", page_of(10_000))
        assert sum(file.stat().st_size for file in tmp_path.rglob("*") if file.is_file()) <= 5 * one
    assert shelf.get("edition", "key 39") == page_of(10_000)
    assert shelf.get("edition", "key 0") is None


@pytest.mark.parametrize("raw", [b"", b"{}\n", b"[]\nbody", b'{"check": 1}\nbody', b"\xff\xfe"])
def test_bytes_that_are_no_page_are_refused(raw: bytes) -> None:
    with pytest.raises(DamagedPage):
        CachedPage.from_bytes(raw)


def test_the_manifest_is_looked_at_once_a_second(tmp_path: Path) -> None:
    now = [100.0]
    manifest = tmp_path / "manifest.json"
    watcher = StoreWatcher(tmp_path, clock=lambda: now[0])
    assert watcher.state().generation == 0
    manifest.write_text('{"generation": 7}', encoding="utf-8")
    now[0] += 0.5
    assert watcher.state().generation == 0
    now[0] += 0.6
    assert watcher.state().generation == 7
    manifest.write_text('{"generations": 7}', encoding="utf-8")
    now[0] += 2
    with pytest.raises(StoreUnreadable, match=r"manifest.json is damaged"):
        watcher.state()


def test_a_store_made_anew_at_the_same_generation_is_another_state(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"generation": 1, "files": ["a"]}', encoding="utf-8")
    first = watched.read_state(tmp_path)
    (tmp_path / "manifest.json").write_text('{"generation": 1, "files": ["b"]}', encoding="utf-8")
    assert watched.read_state(tmp_path).token != first.token
