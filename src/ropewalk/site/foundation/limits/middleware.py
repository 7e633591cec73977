"""Turns away, for some seconds, whoever asks too often for what costs."""

import math
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ropewalk.site.foundation.limits.counting import Limit, SharedCount
from ropewalk.site.foundation.limits.rules import counted

TOO_MANY = 429


class RateLimitMiddleware:
    """Counts before anything is read of what was sent. Made before the server forks, so that all processes count."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.count = SharedCount()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """An answer in place of the page for whoever must wait."""
        match = request.resolver_match
        if match is None or not settings.RATE_LIMITS:
            return None
        asked = counted(request, match.view_name)
        if asked is None or asked.cost not in settings.RATE_LIMITS:
            return None
        limit = Limit(*settings.RATE_LIMITS[asked.cost])
        wait = self.count.take(f"{asked.cost} {asked.who}", limit, now=time.time())
        return wait_first(request, math.ceil(wait)) if wait else None


def wait_first(request: HttpRequest, seconds: int) -> HttpResponse:
    """The page that says how long to wait."""
    words = f"You asked for more than one reader can be given at once. Wait {in_words(seconds)} and try again."
    response = render(request, "429.html", {"words": words, "made_up": False}, status=TOO_MANY)
    response.headers["Retry-After"] = str(seconds)
    response.headers["Cache-Control"] = "no-store"
    # For whoever answers in another form than a page.
    response.plain_words = words  # type: ignore[attr-defined]
    return response


def in_words(seconds: int) -> str:
    """A time as people say it."""
    if seconds <= 1:
        return "a second"
    minutes = math.ceil(seconds / 60)
    return f"{seconds} seconds" if seconds <= 90 else f"{minutes} minutes"
