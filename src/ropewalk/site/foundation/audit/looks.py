"""Whoever looks at what schools have sent is written down: by the address, so that no page can forget it.

The rooms whose every page is about pupils or figures that nobody released are named in ``ROOMS``, each with where an
address says which school or place it is about. A look is written before the answer leaves; if it cannot be written,
nothing is shown.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ropewalk.site.foundation.accounts.guard import person_of
from ropewalk.site.foundation.audit.recording import Deed, record


@dataclass(frozen=True)
class About:
    """Schools (URNs) and the place an answer is about; ``what`` in words that name no child."""

    schools: tuple[int, ...] = ()
    place: str = ""
    what: str = ""


# What a request is about, from the named parts of its address; None where nothing is shown that was not before.
Finder = Callable[[HttpRequest, Mapping[str, object]], About | None]


@dataclass(frozen=True)
class Room:
    """A namespace of addresses: what its requests are about, and what its pages show, as it follows “looked at”."""

    finder: Finder
    words: Mapping[str, str]


ROOMS: dict[str, Room] = {}
# What an action of a room that is not written down by its addresses changed, by the name of the action.
DEEDS: dict[str, str] = {}


def room(namespace: str, words: Mapping[str, str]) -> Callable[[Finder], Finder]:
    """Name a room and what its pages show, by name of page, with the function that says what a request is about."""

    def named(finder: Finder) -> Finder:
        ROOMS[namespace] = Room(finder, words)
        return finder

    return named


def words_of(thing: str) -> str:
    """What a page shows or an action changes, in words."""
    if thing in DEEDS:
        return DEEDS[thing]
    namespace, _, page = thing.partition(":")
    known = ROOMS.get(namespace)
    return known.words.get(page, thing) if known else thing


class LooksMiddleware:
    """Writes down every answer of a room that was given to somebody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        here = ROOMS.get(match.namespace) if match else None
        if match is not None and here is not None and _was_given(request, response):
            _write(request, response, match.view_name, here.finder(request, match.kwargs))
        return response


def _was_given(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether something was shown or done: a page or file given, or a form that led on."""
    return response.status_code < (400 if request.method == "POST" else 300) and request.method != "HEAD"


def _write(request: HttpRequest, response: HttpResponse, thing: str, about: About | None) -> None:
    account = person_of(request)
    if account is None or about is None:
        return
    deed, now = _deed(request, response), timezone.now()
    with transaction.atomic():
        for school in about.schools or (None,):
            place = "" if school else about.place
            record(by=account, deed=deed, thing=thing, now=now, school=school, place=place, about=about.what)


def _deed(request: HttpRequest, response: HttpResponse) -> Deed:
    if request.method == "POST":
        return Deed.CHANGED
    return Deed.TOOK if response.headers.get("Content-Disposition", "").startswith("attachment") else Deed.LOOKED
