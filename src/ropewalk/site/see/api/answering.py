"""Answers written down as JSON, lists in parts."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from ropewalk.core.disclosure import SafeTable
from ropewalk.site.foundation.cached_page import CACHE_CONTROL
from ropewalk.site.see.api.asking import Part, address_of


def figures_part(request: HttpRequest, asked: Part, released: SafeTable, about: dict[str, Any]) -> HttpResponse:
    """A part of some figures that may be seen, in their own order."""
    return json_answer(_where(request, asked, len(released)) | about | {"figures": written(released, asked)})


def written(released: SafeTable, asked: Part) -> list[dict[str, Any]]:
    """The figures of a part, as the contract spells them.

    Receipts of the returns behind a figure are left out: they are made from what was sent.
    """
    figures = [figure.as_json() for figure in released.figures[asked.offset : asked.offset + asked.limit]]
    for figure in figures:
        figure["source"].pop("submissions", None)
    return figures


def part(request: HttpRequest, asked: Part, whole: Mapping[str, Sequence[Any]], about: dict[str, Any]) -> HttpResponse:
    """A part of a list, told by its name."""
    [(name, entries)] = whole.items()
    shown = entries[asked.offset : asked.offset + asked.limit]
    return json_answer(_where(request, asked, len(entries)) | about | {name: shown})


def _where(request: HttpRequest, asked: Part, count: int) -> dict[str, Any]:
    end = asked.offset + asked.limit
    following = address_of(request, offset=end) if end < count else None
    return {"count": count, "offset": asked.offset, "limit": asked.limit, "next": following}


def json_answer(content: Mapping[str, Any]) -> HttpResponse:
    """An answer that may be kept."""
    response = HttpResponse(json.dumps(content, ensure_ascii=False), content_type="application/json")
    # The page cache adds the ETag: the fingerprint of what is answered, made once for a state of the store.
    response.headers["Cache-Control"] = CACHE_CONTROL
    return response
