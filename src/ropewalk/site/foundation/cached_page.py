"""One finished page: compressed once, answered many times."""

import gzip
import hashlib
import json
import re
import zlib
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

# A page may be kept by anyone, but is asked for again each time: a correction must show at once. An unchanged page
# costs an answer without a body.
CACHE_CONTROL = "public, max-age=0, must-revalidate"
# Made anew for each answer, or true of one reader only.
NOT_KEPT = {"content-length", "content-encoding", "etag", "set-cookie", "cache-control", "vary", "date", "connection"}
COMPRESSION_LEVEL = 6

_ETAG = re.compile(r'(?:W/)?"([^"]*)"')
_GZIP = re.compile(r"(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q\s*=\s*([0-9.]+)\s*)?(?:,|$)", re.IGNORECASE)


class DamagedPage(ValueError):
    """Stored bytes are not a page of ours."""


@dataclass(frozen=True)
class CachedPage:
    """The body as stored (gzip when that makes it smaller), its headers, and the fingerprint of the plain body."""

    headers: tuple[tuple[str, str], ...]
    body: bytes
    gzipped: bool
    length: int
    fingerprint: str

    @classmethod
    def of(cls, response: HttpResponse) -> "CachedPage":
        """Keep a finished answer."""
        plain = response.content
        squeezed = gzip.compress(plain, COMPRESSION_LEVEL, mtime=0)
        gzipped = len(squeezed) < 0.9 * len(plain)
        kept = tuple((name, value) for name, value in response.items() if name.lower() not in NOT_KEPT)
        mark = hashlib.sha256(repr(kept).encode() + plain).hexdigest()[:32]
        return cls(kept, squeezed if gzipped else plain, gzipped, len(plain), mark)

    @property
    def size(self) -> int:
        """Bytes it takes in memory, about."""
        return len(self.body) + 1024

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The page for this reader: not modified, compressed or plain."""
        etag = f'W/"{self.fingerprint}"'
        if self._known_to(request.headers.get("If-None-Match", "")):
            response: HttpResponse = HttpResponseNotModified()
        else:
            response = HttpResponse()
            for name, value in self.headers:
                response.headers[name] = value
            self._fill(response, request)
        response.headers["ETag"] = etag
        response.headers["Cache-Control"] = CACHE_CONTROL
        response.headers["Vary"] = "Accept-Encoding"
        return response

    def _known_to(self, if_none_match: str) -> bool:
        return if_none_match.strip() == "*" or self.fingerprint in _ETAG.findall(if_none_match)

    def _fill(self, response: HttpResponse, request: HttpRequest) -> None:
        compressed = self.gzipped and accepts_gzip(request.headers.get("Accept-Encoding", ""))
        if compressed:
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(self.body) if compressed else self.length)
        if request.method != "HEAD":
            response.content = self.body if compressed or not self.gzipped else gzip.decompress(self.body)

    def to_bytes(self) -> bytes:
        """One line of JSON, then the body."""
        head = {
            "headers": self.headers,
            "gzipped": self.gzipped,
            "length": self.length,
            "fingerprint": self.fingerprint,
            "check": zlib.crc32(self.body),
        }
        return json.dumps(head).encode() + b"\n" + self.body

    @classmethod
    def from_bytes(cls, raw: bytes) -> "CachedPage":
        """Read what ``to_bytes`` wrote. Raises DamagedPage for anything else, such as a file cut short."""
        line, _, body = raw.partition(b"\n")
        try:
            head = json.loads(line)
            if zlib.crc32(body) != head["check"]:
                raise DamagedPage("the body does not match its checksum")
            headers = tuple((str(name), str(value)) for name, value in head["headers"])
            return cls(headers, body, bool(head["gzipped"]), int(head["length"]), str(head["fingerprint"]))
        except (ValueError, TypeError, KeyError) as problem:
            raise DamagedPage(str(problem)) from problem


def accepts_gzip(accept_encoding: str) -> bool:
    """Whether a reader's browser takes gzip (``gzip;q=0`` says that it does not)."""
    found = _GZIP.search(accept_encoding)
    if not found:
        return False
    try:
        return float(found.group(1) or 1) > 0
    except ValueError:
        return False
