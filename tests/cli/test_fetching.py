"""Downloading from a real server on this machine: resume, checks, politeness; nothing half-finished looks whole."""

from __future__ import annotations

import hashlib
import json
import random
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from ropewalk.cli.fetching.http_client import USER_AGENT, HttpClient
from ropewalk.core.open_data.fetching import Download, FetchReport, State, Unreachable, fetch_all

NOW = "2026-01-31T09:00:00+00:00"
BODY = random.Random(7).randbytes(1_500_000)  # noqa: S311 - only bytes that do not repeat
Fetch = Callable[..., FetchReport]


@dataclass
class Shelf:
    """What the server does for one path; ``asked`` keeps the headers of every request."""

    body: bytes = b""
    etag: str | None = '"v1"'
    last_modified: str | None = None
    status: int | None = None  # answer with this and nothing else
    times: int = 10**9  # how often ``status`` is answered before the file is given
    headers: dict[str, str] = field(default_factory=dict)
    cut_after: list[int] = field(default_factory=list)  # bytes sent in each of the first answers before the line breaks
    ignores_range: bool = False
    silent: bool = False  # say no length: the end is where the line is closed
    location: str | None = None
    asked: list[dict[str, str]] = field(default_factory=list)


class FileServer:
    """Shelves by path and the server that gives them out."""

    def __init__(self) -> None:
        self.shelves: dict[str, Shelf] = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Counter)
        self.server.shelves = self.shelves  # type: ignore[attr-defined]
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def put(self, path: str, shelf: Shelf) -> str:
        """Put a shelf behind a path; gives its address."""
        self.shelves[path] = shelf
        return self.address + path


class Counter(BaseHTTPRequestHandler):
    """Gives a file from its shelf, with the faults ordered."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer as the shelf says (the name is the one http.server asks for)."""
        shelf: Shelf | None = self.server.shelves.get(self.path)  # type: ignore[attr-defined]
        if shelf is None:
            self.short(404, {})
            return
        shelf.asked.append({name.lower(): value for name, value in self.headers.items()})
        if shelf.location:
            self.short(302, {"Location": shelf.location})
        elif shelf.status and shelf.times > 0:
            shelf.times -= 1
            self.short(shelf.status, shelf.headers)
        elif self.is_known(shelf):
            self.short(304, {})
        else:
            self.file(shelf)

    def is_known(self, shelf: Shelf) -> bool:
        by_etag = shelf.etag and self.headers.get("If-None-Match") == shelf.etag
        by_date = shelf.last_modified and self.headers.get("If-Modified-Since") == shelf.last_modified
        return bool(by_etag or by_date)

    def short(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": "0"}.items():
            self.send_header(name, value)
        self.end_headers()

    def file(self, shelf: Shelf) -> None:
        start, size = 0, len(shelf.body)
        wanted, guard = self.headers.get("Range"), self.headers.get("If-Range")
        if wanted and not shelf.ignores_range and guard in (None, shelf.etag, shelf.last_modified):
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
            if start >= size:
                marks = {"ETag": shelf.etag} if shelf.etag else {}
                self.short(416, {"Content-Range": f"bytes */{size}", **marks})
                return
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{size - 1}/{size}")
        else:
            self.send_response(200)
        self.send(shelf, shelf.body[start:])

    def send(self, shelf: Shelf, rest: bytes) -> None:
        length = None if shelf.silent else str(len(rest))
        marks = {"ETag": shelf.etag, "Last-Modified": shelf.last_modified, "Content-Length": length}
        self.close_connection = shelf.silent
        for name, value in {**shelf.headers, **marks}.items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        if shelf.cut_after:
            self.wfile.write(rest[: shelf.cut_after.pop(0)])
            self.close_connection = True
        else:
            self.wfile.write(rest)


@pytest.fixture
def file_server() -> Iterator[FileServer]:
    """A running server; every test has its own."""
    files = FileServer()
    thread = threading.Thread(target=files.server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield files
    files.server.shutdown()
    thread.join()
    files.server.server_close()


@pytest.fixture
def waits() -> list[float]:
    """Seconds the core wanted to wait."""
    return []


@pytest.fixture
def fetch(tmp_path: Path, waits: list[float]) -> Fetch:
    """Fetch into the test's folder with the real client; waiting is only noted."""

    def run(*downloads: Download) -> FetchReport:
        return fetch_all(
            downloads,
            tmp_path,
            client=HttpClient(pause=0, timeout=10),
            now=NOW,
            sleep=waits.append,
            progress=lambda _what, _done, _of: None,
        )

    return run


def file(url: str, **more: object) -> Download:
    return Download("exclusions_by_place", "exclusions.csv", url, **more)  # type: ignore[arg-type]


def left_over(folder: Path) -> set[str]:
    """Everything in the folder but the record."""
    return {path.name for path in folder.iterdir()} - {"fetched.json"}


def test_a_whole_file_comes_with_its_record(file_server: FileServer, fetch: Fetch, tmp_path: Path) -> None:
    shelf = Shelf(BODY)
    outcome = fetch(file(file_server.put("/a.csv", shelf))).outcomes[0]
    assert (tmp_path / "exclusions.csv").read_bytes() == BODY
    assert (outcome.state, outcome.bytes) == (State.FETCHED, len(BODY))
    assert left_over(tmp_path) == {"exclusions.csv"}
    record = json.loads((tmp_path / "fetched.json").read_text(encoding="utf-8"))["exclusions.csv"]
    assert record == {
        "id": "exclusions_by_place",
        "url": f"{file_server.address}/a.csv",
        "fetched_at": NOW,
        "sha256": hashlib.sha256(BODY).hexdigest(),
        "bytes": len(BODY),
        "etag": '"v1"',
        "last_modified": None,
    }
    assert shelf.asked[0]["user-agent"] == USER_AGENT
    assert USER_AGENT.startswith("ropewalk/")
    assert shelf.asked[0]["accept-encoding"] == "identity"


def test_a_broken_line_is_picked_up_where_it_broke(file_server: FileServer, fetch: Fetch, tmp_path: Path) -> None:
    shelf = Shelf(BODY, cut_after=[700_000, 300_000])
    outcome = fetch(file(file_server.put("/a.csv", shelf))).outcomes[0]
    assert (tmp_path / "exclusions.csv").read_bytes() == BODY
    assert outcome.resumed_from == 1_000_000
    assert [asked.get("range") for asked in shelf.asked] == [None, "bytes=700000-", "bytes=1000000-"]
    assert shelf.asked[1]["if-range"] == '"v1"'
    assert left_over(tmp_path) == {"exclusions.csv"}


def test_the_next_run_goes_on_from_there(file_server: FileServer, fetch: Fetch, tmp_path: Path) -> None:
    shelf = Shelf(BODY, cut_after=[400_000, 0, 0, 0, 0])
    url = file_server.put("/a.csv", shelf)
    first = fetch(file(url)).outcomes[0]
    assert first.state is State.FAILED
    assert "run the command again" in first.words
    assert left_over(tmp_path) == {"exclusions.csv.part", "exclusions.csv.part.json"}
    second = fetch(file(url)).outcomes[0]
    assert (second.state, second.resumed_from) == (State.FETCHED, 400_000)
    assert (tmp_path / "exclusions.csv").read_bytes() == BODY


def test_bytes_the_state_does_not_know_are_not_trusted(file_server: FileServer, fetch: Fetch, tmp_path: Path) -> None:
    shelf = Shelf(BODY, cut_after=[400_000, 0, 0, 0, 0])
    url = file_server.put("/a.csv", shelf)
    fetch(file(url))
    with (tmp_path / "exclusions.csv.part").open("ab") as part:
        part.write(b"half a sector of something else")
    fetch(file(url))
    assert (tmp_path / "exclusions.csv").read_bytes() == BODY


def test_a_server_that_ignores_ranges_sends_all_again(file_server: FileServer, fetch: Fetch, tmp_path: Path) -> None:
    shelf = Shelf(BODY, cut_after=[700_000], ignores_range=True)
    outcome = fetch(file(file_server.put("/a.csv", shelf))).outcomes[0]
    assert (tmp_path / "exclusions.csv").read_bytes() == BODY
    assert outcome.resumed_from == 0
    assert shelf.asked[1]["range"] == "bytes=700000-"


def test_a_file_that_changed_meanwhile_starts_anew(file_server: FileServer, fetch: Fetch, tmp_path: Path) -> None:
    shelf = Shelf(BODY, cut_after=[700_000, 0, 0, 0, 0])
    url = file_server.put("/a.csv", shelf)
    fetch(file(url))
    newer = BODY[::-1]
    shelf.body, shelf.etag = newer, '"v2"'
    outcome = fetch(file(url)).outcomes[0]
    assert (tmp_path / "exclusions.csv").read_bytes() == newer
    assert outcome.resumed_from == 0


def test_a_careless_server_that_sends_the_rest_of_another_version_is_noticed(
    file_server: FileServer, fetch: Fetch, tmp_path: Path
) -> None:
    shelf = Shelf(BODY, cut_after=[700_000, 0, 0, 0, 0])
    url = file_server.put("/a.csv", shelf)
    fetch(file(url))
    state = tmp_path / "exclusions.csv.part.json"
    content = json.loads(state.read_text(encoding="utf-8"))
    newer = BODY[::-1]
    # The guard matches by date, but the ETag of the answer shows another version.
    state.write_text(json.dumps({**content, "etag": 'W/"v1"', "last_modified": "Sat, 31 Jan 2026 08:00:00 GMT"}))
    shelf.body, shelf.etag, shelf.last_modified = newer, '"v2"', "Sat, 31 Jan 2026 08:00:00 GMT"
    fetch(file(url))
    assert (tmp_path / "exclusions.csv").read_bytes() == newer


def test_without_marks_of_versions_nothing_is_resumed(file_server: FileServer, fetch: Fetch, tmp_path: Path) -> None:
    shelf = Shelf(BODY, etag=None, cut_after=[700_000])
    fetch(file(file_server.put("/a.csv", shelf)))
    assert (tmp_path / "exclusions.csv").read_bytes() == BODY
    assert "range" not in shelf.asked[1]


def test_a_part_that_is_already_whole_is_only_checked(file_server: FileServer, fetch: Fetch, tmp_path: Path) -> None:
    shelf = Shelf(BODY)
    url = file_server.put("/a.csv", shelf)
    (tmp_path / "exclusions.csv.part").write_bytes(BODY)
    state = {"url": url, "received": len(BODY), "etag": '"v1"', "last_modified": None}
    (tmp_path / "exclusions.csv.part.json").write_text(json.dumps(state))
    outcome = fetch(file(url)).outcomes[0]
    assert (outcome.state, outcome.resumed_from) == (State.FETCHED, len(BODY))
    assert len(shelf.asked) == 1


def test_a_wrong_checksum_leaves_nothing_and_keeps_the_old_file(
    file_server: FileServer, fetch: Fetch, tmp_path: Path
) -> None:
    (tmp_path / "exclusions.csv").write_bytes(b"the good old file")
    url = file_server.put("/a.csv", Shelf(BODY))
    outcome = fetch(file(url, sha256="0" * 64)).outcomes[0]
    assert outcome.state is State.FAILED
    assert "not the file expected" in outcome.words
    assert left_over(tmp_path) == {"exclusions.csv"}
    assert (tmp_path / "exclusions.csv").read_bytes() == b"the good old file"
    assert not (tmp_path / "fetched.json").exists()
    right = fetch(file(url, sha256=hashlib.sha256(BODY).hexdigest().upper())).outcomes[0]
    assert right.state is State.FETCHED


def test_a_file_that_is_not_there_does_not_stop_the_others(
    file_server: FileServer, fetch: Fetch, tmp_path: Path
) -> None:
    gone = Download("lait", "gone.csv", f"{file_server.address}/gone.csv")
    report = fetch(gone, file(file_server.put("/a.csv", Shelf(BODY))))
    assert [outcome.state for outcome in report.outcomes] == [State.FAILED, State.FETCHED]
    assert [outcome.download for outcome in report.failures] == [gone]
    assert "404" in report.failures[0].words
    assert "--from" in report.failures[0].words
    assert left_over(tmp_path) == {"exclusions.csv"}


def test_a_busy_server_is_given_the_time_it_asks_for(file_server: FileServer, fetch: Fetch, waits: list[float]) -> None:
    shelf = Shelf(BODY, status=429, times=2, headers={"Retry-After": "7"})
    outcome = fetch(file(file_server.put("/a.csv", shelf))).outcomes[0]
    assert outcome.state is State.FETCHED
    assert waits == [7.0, 7.0]


def test_a_moment_to_come_back_at_is_understood(file_server: FileServer, fetch: Fetch, waits: list[float]) -> None:
    shelf = Shelf(BODY, status=503, times=1, headers={"Retry-After": "Sat, 31 Jan 2026 09:00:30 GMT"})
    assert fetch(file(file_server.put("/a.csv", shelf))).outcomes[0].state is State.FETCHED
    assert waits == [30.0]


def test_a_server_that_wants_to_be_left_alone_for_long_is(
    file_server: FileServer, fetch: Fetch, waits: list[float]
) -> None:
    shelf = Shelf(BODY, status=429, headers={"Retry-After": "86400"})
    outcome = fetch(file(file_server.put("/a.csv", shelf))).outcomes[0]
    assert outcome.state is State.FAILED
    assert "86,400 seconds" in outcome.words
    assert (waits, len(shelf.asked)) == ([], 1)


def test_a_server_with_a_fault_is_asked_five_times_ever_more_slowly(
    file_server: FileServer, fetch: Fetch, waits: list[float]
) -> None:
    shelf = Shelf(BODY, status=500)
    outcome = fetch(file(file_server.put("/a.csv", shelf))).outcomes[0]
    assert outcome.state is State.FAILED
    assert "500" in outcome.words
    assert len(shelf.asked) == 5
    assert waits == sorted(waits)
    assert len(set(waits)) == 4


def test_what_did_not_change_is_not_downloaded_again(file_server: FileServer, fetch: Fetch, tmp_path: Path) -> None:
    for shelf in (Shelf(BODY), Shelf(BODY, etag=None, last_modified="Sat, 31 Jan 2026 08:00:00 GMT")):
        url = file_server.put("/a.csv", shelf)
        (tmp_path / "exclusions.csv").unlink(missing_ok=True)
        fetch(file(url))
        stamp = (tmp_path / "exclusions.csv").stat().st_mtime_ns
        outcome = fetch(file(url)).outcomes[0]
        assert (outcome.state, outcome.bytes) == (State.UNCHANGED, len(BODY))
        assert (tmp_path / "exclusions.csv").stat().st_mtime_ns == stamp
        (tmp_path / "exclusions.csv").unlink()
        assert fetch(file(url)).outcomes[0].state is State.FETCHED


def test_a_newer_edition_takes_the_place_of_the_old(file_server: FileServer, fetch: Fetch, tmp_path: Path) -> None:
    shelf = Shelf(BODY)
    url = file_server.put("/a.csv", shelf)
    fetch(file(url))
    shelf.body, shelf.etag = b"a,b\n1,2\n", '"v2"'
    assert fetch(file(url)).outcomes[0].state is State.FETCHED
    assert (tmp_path / "exclusions.csv").read_bytes() == b"a,b\n1,2\n"


def test_a_file_larger_than_any_publication_is_left_alone(
    file_server: FileServer, fetch: Fetch, tmp_path: Path
) -> None:
    outcome = fetch(file(file_server.put("/a.csv", Shelf(BODY)), most_bytes=1_000_000)).outcomes[0]
    assert outcome.state is State.FAILED
    assert "larger than 1,000,000 bytes" in outcome.words
    assert left_over(tmp_path) == set()


def test_a_file_that_hides_its_size_is_stopped_at_the_limit(
    file_server: FileServer, fetch: Fetch, tmp_path: Path
) -> None:
    outcome = fetch(file(file_server.put("/a.csv", Shelf(BODY, silent=True)), most_bytes=1_000_000)).outcomes[0]
    assert outcome.state is State.FAILED
    assert "larger than 1,000,000 bytes" in outcome.words
    assert left_over(tmp_path) == set()


def test_a_file_whose_size_nobody_says_comes_whole(file_server: FileServer, fetch: Fetch, tmp_path: Path) -> None:
    assert fetch(file(file_server.put("/a.csv", Shelf(BODY, silent=True)))).outcomes[0].state is State.FETCHED
    assert (tmp_path / "exclusions.csv").read_bytes() == BODY


def test_redirects_lead_to_the_file_but_nowhere_else(file_server: FileServer, fetch: Fetch, tmp_path: Path) -> None:
    target = file_server.put("/real.csv", Shelf(BODY))
    assert fetch(file(file_server.put("/a.csv", Shelf(location=target)))).outcomes[0].state is State.FETCHED
    for elsewhere in ("file:///etc/passwd", "ftp://127.0.0.1/x.csv"):
        outcome = fetch(file(file_server.put("/b.csv", Shelf(location=elsewhere)))).outcomes[0]
        assert outcome.state is State.FAILED
        assert "302" in outcome.words
    assert left_over(tmp_path) == {"exclusions.csv"}


def test_a_server_that_is_not_there_is_said_plainly(fetch: Fetch, file_server: FileServer) -> None:
    file_server.server.server_close()
    outcome = fetch(file(f"{file_server.address}/a.csv")).outcomes[0]
    assert outcome.state is State.FAILED
    assert "could not be reached" in outcome.words


def test_without_a_network_it_gives_up_soon_and_says_so_for_every_file(fetch: Fetch, waits: list[float]) -> None:
    # Nobody listens at these ports.
    wanted = [file(f"http://127.0.0.1:{port}/{name}.csv") for port in (1, 2, 3, 4) for name in ("a", "b")]
    failures = fetch(*wanted).failures
    tries = [5, 1, 5, 1, 1, 1, 1, 1]
    assert len(waits) == sum(tries) - len(tries)
    for outcome, number in zip(failures, tries, strict=True):
        assert f"Tried {number} time" in outcome.words


def test_a_server_that_answers_is_asked_though_others_are_silent(fetch: Fetch, file_server: FileServer) -> None:
    silent = [file(f"http://127.0.0.1:{port}/x.csv") for port in (1, 2)]
    states = [one.state for one in fetch(*silent, file(file_server.put("/a.csv", Shelf(BODY)))).outcomes]
    assert states == [State.FAILED, State.FAILED, State.FETCHED]


def test_packed_answers_nobody_asked_for_are_refused(file_server: FileServer, fetch: Fetch, tmp_path: Path) -> None:
    shelf = Shelf(BODY, headers={"Content-Encoding": "gzip"})
    assert fetch(file(file_server.put("/a.csv", shelf))).outcomes[0].state is State.FAILED
    assert left_over(tmp_path) == set()


def test_the_client_pauses_between_requests_to_one_server(file_server: FileServer) -> None:
    moments, pauses = iter([100.0, 100.25, 103.0, 110.0, 111.0]), []
    client = HttpClient(pause=3.0, clock=lambda: next(moments), sleep=pauses.append)
    for path in ("/a.csv", "/b.csv", "/c.csv"):
        with client.get(file_server.put(path, Shelf(b"x")), {}) as reply:
            assert reply.read(10) == b"x"
    assert pauses == [2.75]


def test_the_client_asks_only_for_web_addresses() -> None:
    with pytest.raises(Unreachable, match="not an http or https address"), HttpClient().get("file:///etc/passwd", {}):
        pass
