"""Downloading published files so that a broken line costs nothing and a wrong file never looks finished.

Pure: the network is a port (``Client``), waiting is a function, the moment is an argument. While a file comes it is
called NAME.part, with NAME.part.json beside it saying what was received; only a complete file with the right checksum
is renamed. ``fetched.json`` records what was fetched, and lets the next run ask only for what changed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from enum import Enum, StrEnum
from pathlib import Path
from typing import Protocol

from ropewalk.core.open_data.fetch_records import (
    Fetched,
    Received,
    fetched_before,
    forget_part,
    part_of,
    record_fetched,
    record_received,
    what_was_received,
)

MOST_BYTES = 2 * 1024**3
TRIES = 5
# After so many servers that never answered it is our own line that is down: the others are asked once.
MOST_SILENT = 2
LONGEST_WAIT = 120.0
FIRST_WAIT = 2.0
CHUNK = 256 * 1024
# The state beside a part is written after every so many bytes, so that little is lost when the machine stops.
REMEMBER_EVERY = 4 * 1024 * 1024
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)$")
_WHOLE = re.compile(r"bytes \*/(\d+)$")

# (what is being done, files done, files in all)
Progress = Callable[[str, int, int], None]
Sleep = Callable[[float], object]


@dataclass(frozen=True, slots=True)
class Download:
    """A file to fetch: id of its publication, name to save it under, address, checksum where it is known."""

    id: str
    name: str
    url: str
    sha256: str | None = None
    most_bytes: int = MOST_BYTES

    @property
    def server(self) -> str:
        """Name (and port) of the server in the address."""
        return self.url.partition("//")[2].partition("/")[0]


class Unreachable(Exception):
    """The port could not reach the server or the line broke; the text says which, for a reader."""


class Reply(Protocol):
    """An answer of a server: status, headers (names in lower case), body."""

    status: int
    headers: Mapping[str, str]

    def read(self, size: int) -> bytes:
        """At most ``size`` bytes more of the body; none at its end. Raises Unreachable when the line breaks."""


class Client(Protocol):
    """The port to the network."""

    def get(self, url: str, headers: Mapping[str, str]) -> AbstractContextManager[Reply]:
        """Ask for an address; the reply is open within the context. Raises Unreachable."""


class State(StrEnum):
    """How a download ended."""

    FETCHED = "fetched"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one download ended, in words for a reader; ``resumed_from`` is how many bytes were there already."""

    download: Download
    state: State
    words: str
    bytes: int = 0
    sha256: str | None = None
    resumed_from: int = 0


@dataclass(frozen=True, slots=True)
class FetchReport:
    """Outcomes in the order asked for."""

    outcomes: tuple[Outcome, ...]

    @property
    def failures(self) -> tuple[Outcome, ...]:
        """Downloads that did not end well."""
        return tuple(outcome for outcome in self.outcomes if outcome.state is State.FAILED)


class Action(Enum):
    """What an answer asks us to do."""

    SAVE = "save from the start"
    APPEND = "save after what is there"
    COMPLETE = "everything is there already"
    UNCHANGED = "nothing new"
    START_ANEW = "forget what is there and ask again"
    WAIT = "ask again later"
    GIVE_UP = "say why and go on"


class _GivenUp(Exception):
    """This download cannot be finished now; the text says why."""


@dataclass
class _Servers:
    """Which servers answered, and which never did however often they were asked."""

    answered: set[str] = field(default_factory=set)
    silent: set[str] = field(default_factory=set)

    def tries(self, server: str) -> int:
        """How often it is worth asking."""
        if server in self.answered:
            return TRIES
        return 1 if server in self.silent or len(self.silent) >= MOST_SILENT else TRIES


@dataclass(frozen=True, slots=True)
class _Context:
    folder: Path
    client: Client
    now: str
    sleep: Sleep
    say: Callable[[str], None]
    servers: _Servers


def fetch_all(
    downloads: Sequence[Download], folder: Path, *, client: Client, now: str, sleep: Sleep, progress: Progress
) -> FetchReport:
    """Fetch every file, one after the other; one that fails does not stop the others.

    ``now`` (ISO 8601) is recorded as the time of fetching; ``sleep`` waits so many seconds. Raises OSError when the
    folder cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    outcomes: list[Outcome] = []
    servers = _Servers()
    for index, download in enumerate(downloads):

        def say(what: str, done: int = index) -> None:
            progress(what, done, len(downloads))

        say(f"fetching {download.name}")
        outcomes.append(_fetch(download, _Context(folder, client, now, sleep, say, servers)))
    return FetchReport(tuple(outcomes))


def _fetch(download: Download, context: _Context) -> Outcome:
    wait, reason = FIRST_WAIT, "The server did not answer."
    tries = context.servers.tries(download.server)
    for attempt in range(tries):
        if attempt:
            context.say(f"fetching {download.name}, waiting {wait:.0f} s to ask again")
            context.sleep(wait)
        try:
            outcome, wait, reason = _try_once(download, context, wait)
        except Unreachable as error:
            wait, reason = min(wait * 2, LONGEST_WAIT), f"{error}"
            continue
        except _GivenUp as error:
            return Outcome(download, State.FAILED, f"{error}")
        if outcome is not None:
            return outcome
    if download.server not in context.servers.answered:
        context.servers.silent.add(download.server)
    kept = what_was_received(context.folder, download.name)
    rest = " What came is kept; run the command again to go on from there." if kept and kept.received else ""
    return Outcome(download, State.FAILED, f"{reason} Tried {tries} time{'s'[: tries > 1]}.{rest}")


def _try_once(download: Download, context: _Context, wait: float) -> tuple[Outcome | None, float, str]:
    """One request: an outcome, or None with how long to wait and why."""
    received = what_was_received(context.folder, download.name)
    if received and received.url != download.url:
        forget_part(context.folder, download.name)
        received = None
    before = fetched_before(context.folder, download.name, download.url)
    with context.client.get(download.url, request_headers(received, before)) as reply:
        context.servers.answered.add(download.server)
        action = decide(reply.status, reply.headers, received)
        if action is Action.WAIT:
            return None, _how_long(reply, wait, context.now), f"The server is busy (answer {reply.status})."
        if action is Action.GIVE_UP:
            raise _GivenUp(_why(reply.status, download))
        if action is Action.START_ANEW:
            forget_part(context.folder, download.name)
            return None, wait, "The file changed while it was being fetched."
        if action is Action.UNCHANGED:
            return _unchanged(download, before, reply.status), wait, ""
        start = received.received if received and action in (Action.APPEND, Action.COMPLETE) else 0
        if action is not Action.COMPLETE:
            _save(download, context, reply, start)
    return _finish(download, context, start), wait, ""


def _unchanged(download: Download, before: Fetched | None, status: int) -> Outcome:
    if before is None:
        raise _GivenUp(_why(status, download))
    words = "Nothing new since it was last fetched."
    return Outcome(download, State.UNCHANGED, words, before.bytes, before.sha256)


def request_headers(received: Received | None, before: Fetched | None) -> dict[str, str]:
    """Headers that ask for the rest of a file, or only for a newer one, or for all of it.

    A rest is asked for only where the server gave a mark (strong ETag or date) that tells whether it is still the same.
    """
    headers = {"Accept-Encoding": "identity"}
    if received and received.received and received.mark:
        return headers | {"Range": f"bytes={received.received}-", "If-Range": received.mark}
    if before and before.etag:
        headers["If-None-Match"] = before.etag
    elif before and before.last_modified:
        headers["If-Modified-Since"] = before.last_modified
    return headers


def decide(status: int, headers: Mapping[str, str], received: Received | None) -> Action:
    """What to do with an answer, given what is there already."""
    if status == 200:
        return Action.SAVE
    if status == 206:
        return _decide_on_part(headers, received)
    if status == 304:
        return Action.UNCHANGED
    if status == 416 and received:
        whole = _WHOLE.match(headers.get("content-range", ""))
        same = whole and int(whole.group(1)) == received.received and received.is_same(headers)
        return Action.COMPLETE if same else Action.START_ANEW
    if status in (408, 425, 429) or status >= 500:
        return Action.WAIT
    return Action.GIVE_UP


def _decide_on_part(headers: Mapping[str, str], received: Received | None) -> Action:
    found = _RANGE.match(headers.get("content-range", ""))
    if not received or not found or int(found.group(1)) != received.received or not received.is_same(headers):
        return Action.START_ANEW
    return Action.APPEND


def _why(status: int, download: Download) -> str:
    if status in (404, 410):
        return (
            f"There is no file at {download.url} (answer {status}). Publishers move files: look for it on the "
            "publication's page and name its address in a list (--from FILE)."
        )
    if status in (401, 403):
        return f"The server does not give {download.url} away (answer {status})."
    return f"The server gave an answer that cannot be used ({status}) for {download.url}."


def _how_long(reply: Reply, wait: float, now: str) -> float:
    """Seconds to wait: what the server asks for, else twice the last wait. Gives up where it asks for too many."""
    asked = reply.headers.get("retry-after", "").strip()
    seconds = min(wait * 2, LONGEST_WAIT)
    if asked.isdigit():
        seconds = float(asked)
    elif asked:
        try:
            seconds = max((parsedate_to_datetime(asked) - datetime.fromisoformat(now)).total_seconds(), 0.0)
        except (TypeError, ValueError):
            return seconds
    if seconds > LONGEST_WAIT:
        raise _GivenUp(f"The server asks to wait {seconds:,.0f} seconds (answer {reply.status}). Try again later.")
    return seconds


def _save(download: Download, context: _Context, reply: Reply, start: int) -> None:
    """Write the body after ``start`` bytes of the part. Raises Unreachable when it ends too early."""
    if reply.headers.get("content-encoding", "identity") not in ("", "identity"):
        raise _GivenUp(f"The server sent {download.url} packed in a way it was not asked to.")
    announced = reply.headers.get("content-length", "")
    expected = start + int(announced) if announced.isdigit() else None
    if expected is not None and expected > download.most_bytes:
        raise _GivenUp(_too_large(download, context))
    size = start
    with part_of(context.folder, download.name).open("ab" if start else "wb") as file:
        remembered = Received.of(download.url, start, reply.headers)
        record_received(context.folder, download.name, remembered)
        try:
            while chunk := reply.read(CHUNK):
                size += len(chunk)
                if size > download.most_bytes:
                    break
                file.write(chunk)
                if size - remembered.received >= REMEMBER_EVERY:
                    remembered = _remember(context, download, file.flush, remembered, size)
        finally:
            _remember(context, download, file.flush, remembered, min(size, file.tell()))
    if size > download.most_bytes:
        raise _GivenUp(_too_large(download, context))
    if expected is not None and size < expected:
        raise Unreachable(f"The line broke after {size:,} of {expected:,} bytes.")


def _remember(
    context: _Context, download: Download, flush: Callable[[], None], remembered: Received, size: int
) -> Received:
    flush()
    now = remembered.with_bytes(size)
    record_received(context.folder, download.name, now)
    context.say(f"fetching {download.name}, {size / 1024**2:,.1f} MiB")
    return now


def _too_large(download: Download, context: _Context) -> str:
    forget_part(context.folder, download.name)
    return f"{download.url} is larger than {download.most_bytes:,} bytes, more than any publication; it was left alone."


def _finish(download: Download, context: _Context, resumed_from: int) -> Outcome:
    """Check the part, give it its name and record it."""
    part = part_of(context.folder, download.name)
    digest = hashlib.sha256()
    with part.open("rb") as file:
        while chunk := file.read(1024 * 1024):
            digest.update(chunk)
    found, size = digest.hexdigest(), part.stat().st_size
    received = what_was_received(context.folder, download.name)
    if download.sha256 and found != download.sha256.lower():
        forget_part(context.folder, download.name)
        raise _GivenUp(
            f"What came from {download.url} is not the file expected (SHA-256 {found}, expected "
            f"{download.sha256.lower()}); it was thrown away."
        )
    part.replace(context.folder / download.name)
    forget_part(context.folder, download.name)
    etag, modified = (received.etag, received.last_modified) if received else (None, None)
    record_fetched(
        context.folder, download.name, Fetched(download.id, download.url, context.now, found, size, etag, modified)
    )
    words = f"Fetched {size:,} bytes" + (f", the first {resumed_from:,} earlier." if resumed_from else ".")
    return Outcome(download, State.FETCHED, words, size, found, resumed_from)
