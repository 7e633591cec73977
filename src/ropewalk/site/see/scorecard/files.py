"""Answers that browsers save as files."""

import re
import unicodedata
from datetime import date

from django.http import HttpResponse

from ropewalk.core.use_cases.store import Reader


def attached(content: bytes, kind: str, about: str, ending: str) -> HttpResponse:
    """A file to download, named after what it is about."""
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(about)}.{ending}"'
    return response


def file_name(about: str) -> str:
    """``plymouth-data-book-2026-11-23``: small letters, digits and hyphens, safe on every system."""
    plain = unicodedata.normalize("NFKD", about).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def as_of(reader: Reader) -> date:
    """The day of the newest import: files are functions of the store, so its day is theirs."""
    return max(date.fromisoformat(edition.imported_at[:10]) for edition in reader.editions.values())
