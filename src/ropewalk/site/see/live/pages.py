"""What every live page does alike: for whoever may see it, kept by nobody, 404 for what is not there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ropewalk.core.errors import NotFound
from ropewalk.core.schema.places import Place
from ropewalk.core.use_cases.live_state import LiveState, NothingSentError
from ropewalk.core.use_cases.store import Reader
from ropewalk.core.views.live import Scope, ScopeKind
from ropewalk.site.foundation.accounts.guard import local_administrator, the_account
from ropewalk.site.foundation.accounts.private_answers import PRIVATE
from ropewalk.site.foundation.permissions.guard import holding, with_role
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.reach import Reach, reach
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
    reach: Reach

    def get(self, name: str) -> str | None:
        """A choice the address names; None where it does not."""
        return self.request.GET.get(name, "").strip()[:LONGEST] or None


View = Callable[..., HttpResponse]


def live_page(view: View) -> View:
    """A view of what returns say, for local administrators alone: called with what is asked and the address names."""
    return _page(view, local_administrator)


def school_live_page(view: View) -> View:
    """The same for whoever may see figures of a school too. Its ``scope_of`` says whether they may see this scope."""
    return _page(view, holding(Permission.SEE_SCHOOL_FIGURES))


def live_home(view: View) -> View:
    """The same for whoever holds any role: it shows each what is theirs."""
    return _page(view, with_role)


def _page(view: View, guard: Callable[[View], View]) -> View:
    @require_safe
    @guard
    @wraps(view)
    def answer(request: HttpRequest, **named: str) -> HttpResponse:
        as_of = request.GET.get("as_of", "").strip()
        # Who belongs to a trust or place today sees all of its past, and who left sees none of it.
        seen = reach(the_account(request), Permission.SEE_SCHOOL_FIGURES, on=timezone.localdate())
        try:
            asked = Asked(request, _day(as_of), STATES.get(_day(as_of) or None), seen)
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
    everything = asked.reach.everywhere
    own = scope.kind is ScopeKind.SCHOOL and _sees_returns(asked.request, int(scope.id))
    seen = {"everything": everything, "sees_returns": everything or own}
    trail = _trail(here, scope.place, leads_on=everything)
    return {**about_place(scope.place), **moment(asked.request), **context, **seen, "trail": trail}


def _sees_returns(request: HttpRequest, urn: int) -> bool:
    return reach(the_account(request), Permission.SEE_RETURNS, on=timezone.localdate()).holds_school(urn)


def moment(request: HttpRequest) -> dict[str, object]:
    """The day asked about, what else the address says, and the address of the same page as things are known now."""
    kept = {name: str(value) for name, value in request.GET.items() if name != "as_of" and len(str(value)) < LONGEST}
    as_of = request.GET.get("as_of", "").strip()
    return {"as_of": as_of, "kept": kept.items(), "now": with_query(request.path, kept)}


def _trail(here: Address, place: Place, *, leads_on: bool) -> dict[str, str]:
    """Where a page hangs: the place above a trust or school, where the reader may see that."""
    above = here.of_place() if leads_on and here.scope.kind is not ScopeKind.PLACE else ""
    return {"place": place.name, "address": above}
