"""What every live page does alike: for the local administrator alone, kept by nobody, 404 for what is not there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ropewalk.core.errors import NotFound
from ropewalk.core.schema.places import Place
from ropewalk.core.use_cases.live_state import LiveState, NothingSentError
from ropewalk.core.use_cases.store import Reader
from ropewalk.core.views.live import Scope, ScopeKind
from ropewalk.site.foundation.accounts.guard import local_administrator
from ropewalk.site.foundation.accounts.private_answers import PRIVATE
from ropewalk.site.see.live.addresses import Address, with_query
from ropewalk.site.see.live.states import STATES
from ropewalk.site.see.scorecard.pages import about_place
from ropewalk.site.see.scorecard.reader import reader

# No choice is longer.
LONGEST = 100


@dataclass(frozen=True)
class Asked:
    """A request with what was known at the moment it asks about."""

    request: HttpRequest
    as_of: str
    state: LiveState

    def get(self, name: str) -> str | None:
        """A choice the address names; None where it does not."""
        return self.request.GET.get(name, "").strip()[:LONGEST] or None


def live_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of what returns say: called with what is asked and what the address names."""

    @require_safe
    @local_administrator
    @wraps(view)
    def answer(request: HttpRequest, **named: str) -> HttpResponse:
        as_of = request.GET.get("as_of", "").strip()
        try:
            asked = Asked(request, _day(as_of), STATES.get(_day(as_of) or None))
            response = view(asked, **named)
        except NothingSentError as problem:
            response = render(request, "live/nothing.html", {"said": str(problem), **moment(request)})
        except NotFound as problem:
            raise Http404(str(problem)) from problem
        response.headers["Cache-Control"] = PRIVATE
        return response

    return answer


def _day(text: str) -> str:
    """The day as of which figures are wanted. Raises NotFound for what is none."""
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise NotFound(f"“{text[:20]}” is no day. Write it as 2026-03-01.") from None


def published() -> Reader | None:
    """The published figures, where any are imported."""
    try:
        return reader()
    except NotFound:
        return None


def about(asked: Asked, scope: Scope) -> dict[str, object]:
    """What every page of a place, trust or school tells its template."""
    here = Address(scope, asked.as_of)
    context = {"scope": scope, "here": here, "known": asked.state.known(scope)}
    return {**about_place(scope.place), **moment(asked.request), **context, "trail": _trail(here, scope.place)}


def moment(request: HttpRequest) -> dict[str, object]:
    """The day asked about, what else the address says, and the address of the same page as things are known now."""
    kept = {name: str(value) for name, value in request.GET.items() if name != "as_of" and len(str(value)) < LONGEST}
    as_of = request.GET.get("as_of", "").strip()
    return {"as_of": as_of, "kept": kept.items(), "now": with_query(request.path, kept)}


def _trail(here: Address, place: Place) -> dict[str, str]:
    """Where a page hangs: the place above a trust or school."""
    above = "" if here.scope.kind is ScopeKind.PLACE else here.of_place()
    return {"place": place.name, "address": above}
