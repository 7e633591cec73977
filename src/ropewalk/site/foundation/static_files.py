"""Addresses of static files that change when the file changes."""

import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class FingerprintedStaticFiles(StaticFilesStorage):
    """Adds ``?v=fingerprint`` to each address, so that browsers may keep a file for a year.

    The files stay where the package was installed: nothing is collected, renamed or written when the site starts.
    A file that was not built yet keeps its plain address, so that pages still open, unstyled.
    """

    def url(self, name: str | None) -> str:
        address = super().url(name)
        mark = fingerprint(name or "", fresh=settings.DEBUG)
        return f"{address}?v={mark}" if mark else address


def fingerprint(name: str, *, fresh: bool = False) -> str:
    """Ten hexadecimal characters of the file's SHA-256, or nothing when there is no such file."""
    return _fingerprint(name) if fresh else _kept_fingerprint(name)


def _fingerprint(name: str) -> str:
    found = finders.find(name)
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:10] if found else ""


_kept_fingerprint = lru_cache(maxsize=256)(_fingerprint)
