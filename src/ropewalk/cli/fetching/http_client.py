"""A polite HTTP client: says who it is, asks one thing at a time, pauses between requests to the same server."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import IO

from ropewalk import __version__
from ropewalk.core.open_data.fetching import Unreachable

USER_AGENT = f"ropewalk/{__version__} (reader of published school figures; contact in its README)"
TIMEOUT = 60.0
PAUSE = 1.0
MOST_REDIRECTS = 5
_SCHEMES = ("http", "https")


class HttpReply:
    """An open answer; faults of the line become Unreachable."""

    def __init__(self, stream: IO[bytes], status: int, headers: Mapping[str, str]) -> None:
        self.status = status
        self.headers: Mapping[str, str] = {name.lower(): value for name, value in headers.items()}
        self._stream = stream

    def read(self, size: int) -> bytes:
        try:
            return self._stream.read(size)
        except (OSError, http.client.HTTPException) as error:
            raise Unreachable(f"The line broke ({_words(error)}).") from error


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows only to http and https, and never from https down to http."""

    max_redirections = MOST_REDIRECTS

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        before, after = urllib.parse.urlsplit(req.full_url), urllib.parse.urlsplit(newurl)
        if after.scheme not in _SCHEMES or (before.scheme == "https" and after.scheme != "https"):
            # Not followed: the answer itself is handed on, which is one that cannot be used.
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener() -> urllib.request.OpenerDirector:
    """Only what HTTP needs: no files, no FTP, no data addresses."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _Redirects(),
    ):
        opener.add_handler(handler)
    opener.addheaders = []
    return opener


class HttpClient:
    """One connection at a time; at least ``pause`` seconds between two requests to the same server."""

    def __init__(
        self,
        *,
        pause: float = PAUSE,
        timeout: float = TIMEOUT,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._pause = pause
        self._timeout = timeout
        self._clock = clock
        self._sleep = sleep
        self._asked: dict[str, float] = {}
        self._opener = _opener()

    @contextmanager
    def get(self, url: str, headers: Mapping[str, str]) -> Iterator[HttpReply]:
        address = urllib.parse.urlsplit(url)
        if address.scheme not in _SCHEMES or not address.hostname:
            raise Unreachable(f"'{url}' is not an http or https address.")
        self._be_patient(address.netloc)
        request = urllib.request.Request(url, headers={**headers, "User-Agent": USER_AGENT})  # noqa: S310 - scheme checked above
        try:
            answer = self._opener.open(request, timeout=self._timeout)
        except urllib.error.HTTPError as error:
            # An answer that is not "here it is" is an answer all the same: the core decides what it means.
            answer = error
        except (OSError, http.client.HTTPException) as error:
            raise Unreachable(f"{address.netloc} could not be reached ({_words(error)}).") from error
        with answer:
            yield HttpReply(answer, answer.status or 0, answer.headers)

    def _be_patient(self, server: str) -> None:
        last = self._asked.get(server)
        if last is not None:
            rest = self._pause - (self._clock() - last)
            if rest > 0:
                self._sleep(rest)
        self._asked[server] = self._clock()


def _words(error: Exception) -> str:
    reason = getattr(error, "reason", None) or error
    return str(reason) or type(error).__name__
