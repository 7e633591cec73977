"""Who has sent what."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ropewalk.core.errors import InputRefused, NotFound
from ropewalk.core.schema.places import Place, PlaceKind, find_place, place_by_code, search_places
from ropewalk.core.use_cases.linking import proposals
from ropewalk.core.use_cases.returns import PlaceCoverage, status
from ropewalk.core.use_cases.school_returns import places_with_returns
from ropewalk.site.foundation.accounts.guard import local_administrator
from ropewalk.site.see.scorecard.files import attached
from ropewalk.site.see.scorecard.pages import about_place
from ropewalk.site.see.scorecard.reader import reader
from ropewalk.site.see.sharing import coverage_page, uploads
from ropewalk.site.see.sharing.facts import facts


@require_safe
@local_administrator
def coverage(request: HttpRequest) -> HttpResponse:
    """Which schools of a place share, what they sent and what is missing."""
    uploads.forget()
    asked = request.GET.get("place", "").strip()
    if not asked:
        return _choose(request)
    place, found = _found(asked)
    order = coverage_page.order_of(request)
    context = {
        **about_place(place),
        "headline": coverage_page.headline(found),
        "counts": coverage_page.counts(found),
        "registered": found.registered,
        "proposals": len(proposals(facts())),
        "parts": coverage_page.titles(),
        "order": order,
        "lines": coverage_page.lines(found, order, today=timezone.localdate()),
        "csv": f"{reverse('sharing:coverage-csv')}?{request.GET.urlencode()}",
    }
    return render(request, "sharing/coverage.html", context)


@require_safe
@local_administrator
def coverage_csv(request: HttpRequest) -> HttpResponse:
    """The same table as CSV."""
    place, found = _found(request.GET.get("place", "").strip())
    shown = coverage_page.lines(found, coverage_page.order_of(request), today=timezone.localdate())
    return attached(coverage_page.as_csv(shown), "text/csv; charset=utf-8", f"returns of {place.name}", "csv")


def _found(asked: str) -> tuple[Place, PlaceCoverage]:
    try:
        place = find_place(asked)
        return place, status(facts(), place.code)
    except NotFound as problem:
        raise Http404(f"There is no place called “{asked}”.") from problem
    except InputRefused as problem:
        raise Http404(f"{asked} is not a council area. Choose one of its councils.") from problem


def _choose(request: HttpRequest) -> HttpResponse:
    """The only place with returns at once; where there are several, or none yet, a choice."""
    sharing = [place_by_code(code) for code in places_with_returns(facts())]
    if len(sharing) == 1 and "choose" not in request.GET:
        return redirect(f"{reverse('sharing:coverage')}?place={sharing[0].code}")
    return render(request, "sharing/choose.html", {"sharing": sharing, "places": _councils(sharing)})


def _councils(sharing: list[Place]) -> list[Place]:
    """Councils with figures, made-up ones too, and those with returns; by name."""
    try:
        known = reader().places_with_figures()
    except NotFound:
        known = set()
    codes = known | {place.code for place in sharing}
    return [place for place in search_places("") if place.kind is PlaceKind.COUNCIL and place.code in codes]
