"""Who has sent what."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ropewalk.core.errors import NotFound
from ropewalk.core.schema.places import Place as Council
from ropewalk.core.schema.places import PlaceKind, place_by_code, search_places
from ropewalk.core.use_cases.linking import pairs_waiting
from ropewalk.core.use_cases.returns import PlaceCoverage
from ropewalk.core.use_cases.school_returns import places_with_returns
from ropewalk.site.foundation.accounts.guard import the_account
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.models import Place
from ropewalk.site.foundation.permissions.guard import at_place, holding, with_role
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.reach import reach
from ropewalk.site.see.scorecard.files import attached
from ropewalk.site.see.scorecard.pages import about_place
from ropewalk.site.see.scorecard.reader import reader
from ropewalk.site.see.sharing import coverage_page, sharing_terms, uploads
from ropewalk.site.see.sharing.facts import facts
from ropewalk.site.see.sharing.places import coverage_of, place_called
from ropewalk.site.see.sharing.schools import school_named


@require_safe
@with_role
def coverage(request: HttpRequest) -> HttpResponse:
    """Which schools of a place share, what they sent and what is missing."""
    uploads.forget()
    viewer = the_account(request)
    asked = request.GET.get("place", "").strip()
    if not asked:
        return _choose(request) if viewer.is_local_administrator else _own(request, viewer)
    place, found = _found(asked, viewer)
    order, terms = coverage_page.order_of(request), sharing_terms.of_place(found, at=timezone.now())
    context = {
        **(about_place(place) if isinstance(place, Council) else {"place": place}),
        "headline": coverage_page.headline(found),
        "counts": coverage_page.counts(found),
        "registered": found.registered,
        "everything": viewer.is_local_administrator,
        "is_council": isinstance(place, Council),
        "proposals": pairs_waiting(facts()) if viewer.is_local_administrator else 0,
        "parts": coverage_page.titles(),
        "order": order,
        "terms": terms,
        "keeps_terms": _keeps_terms(viewer, place.code),
        "lines": coverage_page.lines(found, order, terms=terms, viewer=viewer, today=timezone.localdate()),
        "csv": f"{reverse('sharing:coverage-csv')}?{request.GET.urlencode()}",
    }
    return render(request, "sharing/coverage.html", context)


@require_safe
@holding(Permission.SEE_COVERAGE)
def coverage_csv(request: HttpRequest) -> HttpResponse:
    """The same table as CSV."""
    viewer = the_account(request)
    place, found = _found(request.GET.get("place", "").strip(), viewer)
    order, terms = coverage_page.order_of(request), sharing_terms.of_place(found, at=timezone.now())
    shown = coverage_page.lines(found, order, terms=terms, viewer=viewer, today=timezone.localdate())
    content = coverage_page.as_csv(shown, with_terms=terms is not None)
    return attached(content, "text/csv; charset=utf-8", f"returns of {place.name}", "csv")


def _found(asked: str, viewer: Account) -> tuple[Council | Place, PlaceCoverage]:
    today = timezone.localdate()
    try:
        place = place_called(asked)
    except Http404:
        # What is not there and what somebody may not see are told alike; an administrator is helped along.
        if viewer.is_local_administrator:
            raise
        raise Http404 from None
    at_place(place.code, viewer=viewer, permission=Permission.SEE_COVERAGE, on=today)
    return place, coverage_of(place, today=today)


def _keeps_terms(viewer: Account, code: str) -> bool:
    """Whether somebody keeps the terms of a place; a council area that was not brought in can have none."""
    kept = reach(viewer, Permission.KEEP_TERMS, on=timezone.localdate())
    return kept.holds_place(code) and Place.objects.filter(code=code).exists()


def _own(request: HttpRequest, viewer: Account) -> HttpResponse:
    """The schools and places of somebody who has a role at them: the only one at once, else a choice."""
    today = timezone.localdate()
    urns = sorted(reach(viewer, Permission.SEE_RETURNS, on=today).schools)
    codes = reach(viewer, Permission.SEE_COVERAGE, on=today).places
    places = list(Place.objects.filter(code__in=codes).order_by("name"))
    if len(urns) + len(places) == 1:
        address = (
            reverse("sharing:school", args=urns) if urns else f"{reverse('sharing:coverage')}?place={places[0].code}"
        )
        return redirect(address)
    schools = sorted((school_named(urn) for urn in urns), key=lambda school: school.name.casefold())
    return render(request, "sharing/own.html", {"schools": schools, "places": places})


def _choose(request: HttpRequest) -> HttpResponse:
    """The only place with returns at once; where there are several, or none yet, a choice."""
    sharing = [place_by_code(code) for code in places_with_returns(facts())]
    if len(sharing) == 1 and "choose" not in request.GET:
        return redirect(f"{reverse('sharing:coverage')}?place={sharing[0].code}")
    return render(request, "sharing/choose.html", {"sharing": sharing, "places": _councils(sharing)})


def _councils(sharing: list[Council]) -> list[Council]:
    """Councils with figures, made-up ones too, and those with returns; by name."""
    try:
        known = reader().places_with_figures()
    except NotFound:
        known = set()
    codes = known | {place.code for place in sharing}
    return [place for place in search_places("") if place.kind is PlaceKind.COUNCIL and place.code in codes]
