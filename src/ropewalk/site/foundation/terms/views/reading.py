"""Reading terms: one's own places, the terms in force, any version, and a version as the file that is hashed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ropewalk.site.foundation.accounts.guard import the_account
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.models import Place
from ropewalk.site.foundation.permissions.guard import holding, with_role
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.reach import reach
from ropewalk.site.foundation.terms.headcounts import coverage, headcounts
from ropewalk.site.foundation.terms.models import Terms
from ropewalk.site.foundation.terms.selectors import own_places, sections, standings
from ropewalk.site.foundation.terms.sharing import sharing_by_school, terms_in_force
from ropewalk.site.foundation.terms.views.files import attached
from ropewalk.site.foundation.terms.wording import READ_IN


@require_safe
@with_role
def own(request: HttpRequest) -> HttpResponse:
    """The places whose terms concern whoever looks, and where their schools stand."""
    viewer = the_account(request)
    context = {"places": own_places(viewer=viewer, at=timezone.now())}
    return render(request, "terms/own.html", context)


@require_safe
@holding(Permission.SEE_TERMS)
def place(request: HttpRequest, code: str) -> HttpResponse:
    """The terms in force at a place, with how many schools share."""
    viewer, now = the_account(request), timezone.now()
    found = get_object_or_404(Place, code=code)
    terms = terms_in_force(code, at=now)
    context: dict[str, Any] = {"place": found, **_kept_by(viewer, found)}
    if terms is None:
        return render(request, "terms/none.html", context)
    shown = standings(terms, viewer=viewer, at=now)
    if shown:
        offered = frozenset(terms.wording.articles)
        context["coverage"] = coverage(offered, sharing_by_school(code, at=now), headcounts(code))
        counts = reach(viewer, Permission.SEE_COVERAGE, on=timezone.localdate())
        context["sees_counts"] = counts.holds_place(code)
    context["schools"] = [] if context["keeps"] else shown
    return render(request, "terms/place.html", {**context, **text_of(terms)})


@require_safe
@holding(Permission.SEE_TERMS)
def version(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """One version, in force or not; a draft for whoever keeps the terms."""
    viewer = the_account(request)
    found = _version(viewer, code, version)
    newest = terms_in_force(code, at=timezone.now())
    context = {
        "place": found.place,
        "is_draft": found.begins_at is None,
        "is_in_force": newest is not None and newest.pk == found.pk,
        **_kept_by(viewer, found.place),
        **text_of(found),
    }
    return render(request, "terms/version.html", context)


@require_safe
@holding(Permission.SEE_TERMS)
def version_json(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """The file whose SHA-256 stands on receipts."""
    found = _version(the_account(request), code, version)
    return attached(found.content, "application/json", f"terms-{code}-{version}.json")


def text_of(terms: Terms) -> dict[str, Any]:
    """What a page needs to show a version."""
    wording = terms.wording
    return {
        "terms": terms,
        "wording": wording,
        "sections": sections(wording),
        "minutes": "a minute" if wording.minutes == 1 else f"{wording.minutes} minutes",
        "too_long": wording.minutes > READ_IN,
    }


def _version(viewer: Account, code: str, version: int) -> Terms:
    found = get_object_or_404(Terms.objects.select_related("place", "begun_by"), place__code=code, number=version)
    if found.begins_at is None and not _kept_by(viewer, found.place)["keeps"]:
        raise Http404
    return found


def _kept_by(viewer: Account, place: Place) -> dict[str, Any]:
    keeps = reach(viewer, Permission.KEEP_TERMS, on=timezone.localdate()).holds_place(place.code)
    versions = Terms.objects.filter(place=place).order_by("-number")
    return {
        "keeps": keeps,
        "has_draft": keeps and versions.filter(begins_at=None).exists(),
        "versions": versions if keeps else versions.exclude(begins_at=None),
    }
