"""What every page of the scorecard does alike: reads the store, and answers in words when something is not there."""

import re
from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from ropewalk.core.errors import NotFound
from ropewalk.core.schema.places import Place, find_place, place_by_code
from ropewalk.core.use_cases.store import Reader
from ropewalk.site.see.scorecard.reader import reader

# Advice to type a command helps on the command line only.
_COMMAND = re.compile(r"\s*Try 'ropewalk [^']*'[^.]*\.")


class ElsewhereError(Exception):
    """The page stands at another address."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of the store: called with the request, a reader and what the address names."""

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, **named: str) -> HttpResponse:
        try:
            opened = reader()
        except NotFound:
            # The first page is there all the same: it says what to do.
            return render(request, "scorecard/no_figures.html", status=200 if request.path == "/" else 404)
        try:
            return view(request, opened, **named)
        except ElsewhereError as other:
            return redirect(other.address)
        except NotFound as problem:
            raise Http404(without_commands(str(problem))) from problem

    return answer


def without_commands(words: str) -> str:
    """What the core says, without advice to type a command."""
    return _COMMAND.sub("", words)


def place_at(request: HttpRequest, code: str) -> Place:
    """The place an address names by its code. A number, a name or a former code leads to the address with the code.

    Raises NotFound when there is no such place.
    """
    try:
        return place_by_code(code)
    except NotFound:
        place = find_place(code)
    query = request.META.get("QUERY_STRING", "")
    address = request.path.replace(f"/places/{code}/", f"/places/{place.code}/", 1)
    raise ElsewhereError(f"{address}?{query}" if query else address)


def about_place(place: Place) -> dict[str, object]:
    """What every page of a place tells its template."""
    return {"place": place, **({"made_up": True} if place.made_up else {})}


__all__ = ["Reader", "about_place", "page", "place_at"]


def is_narrow(request: HttpRequest) -> bool:
    """Whether a drawing is wanted for a telephone."""
    return request.GET.get("narrow") == "1"
