"""Keeping the terms of a place: drafting, putting in force, and seeing who has answered."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ropewalk.core.errors import InputRefused
from ropewalk.site.foundation.accounts.guard import the_account
from ropewalk.site.foundation.organisations.models import Place
from ropewalk.site.foundation.permissions.guard import at_place, holding
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.terms import actions
from ropewalk.site.foundation.terms.forms import DraftForms, drawn_from, filled_in
from ropewalk.site.foundation.terms.models import Terms
from ropewalk.site.foundation.terms.selectors import effect_of, standings
from ropewalk.site.foundation.terms.sharing import terms_in_force
from ropewalk.site.foundation.terms.tables import answers_csv as as_csv
from ropewalk.site.foundation.terms.views.files import attached
from ropewalk.site.foundation.terms.views.reading import text_of
from ropewalk.site.foundation.terms.wording import first_wording


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.KEEP_TERMS)
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """The draft of the next version: drawn from the one in force, or from the words a first draft begins with."""
    place = _place(request, code)
    if request.method != "POST":
        return _draft_page(request, place, _drawn(place))
    forms = filled_in(request.POST)
    if not forms.is_valid():
        return _draft_page(request, place, forms, forms.errors())
    try:
        made = actions.write_draft(
            place=place,
            wording=forms.wording(),
            expected=forms.whole.cleaned_data["expected"],
            by=the_account(request),
            now=timezone.now(),
        )
    except InputRefused as problem:
        return _draft_page(request, place, forms, [str(one) for one in problem.problems])
    return redirect("terms:version", code=code, version=made.number)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.KEEP_TERMS)
def put_in_force(request: HttpRequest, code: str) -> HttpResponse:
    """Say what putting the draft in force does, and do it."""
    place = _place(request, code)
    errors: list[str] = []
    if request.method == "POST":
        digest = request.POST.get("digest", "")
        try:
            actions.put_in_force(place=place, expected=digest, by=the_account(request), now=timezone.now())
        except InputRefused as problem:
            errors = [str(one) for one in problem.problems]
        else:
            return redirect("terms:place", code=code)
    return _put_in_force_page(request, place, errors)


@require_safe
@holding(Permission.KEEP_TERMS)
def answers(request: HttpRequest, code: str) -> HttpResponse:
    """Which school answered what, and which has not answered yet."""
    place = _place(request, code)
    now = timezone.now()
    terms = terms_in_force(code, at=now)
    lines = standings(terms, viewer=the_account(request), at=now) if terms else []
    context = {
        "place": place,
        "terms": terms,
        "lines": lines,
        "offered": list(terms.wording.articles) if terms else [],
        "waiting": [one for one in lines if one.answer is None or one.changed],
    }
    return render(request, "terms/answers.html", context)


@require_safe
@holding(Permission.KEEP_TERMS)
def answers_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The same table as CSV."""
    _place(request, code)
    now = timezone.now()
    terms = terms_in_force(code, at=now)
    lines = standings(terms, viewer=the_account(request), at=now) if terms else []
    content = as_csv(lines, list(terms.wording.articles) if terms else [])
    return attached(content, "text/csv; charset=utf-8", f"answers-{code}.csv")


def _place(request: HttpRequest, code: str) -> Place:
    at_place(code, viewer=the_account(request), permission=Permission.KEEP_TERMS, on=timezone.localdate())
    return get_object_or_404(Place, code=code)


def _drawn(place: Place) -> DraftForms:
    draft = Terms.objects.filter(place=place, begins_at=None).first()
    first = first_wording(place.name)
    before = draft or terms_in_force(place.code, at=timezone.now())
    return drawn_from(before.wording if before else first, first, draft.digest if draft else "")


def _draft_page(request: HttpRequest, place: Place, forms: DraftForms, errors: list[str] | None = None) -> HttpResponse:
    context: dict[str, Any] = {
        "place": place,
        "forms": forms,
        "errors": errors or [],
        "in_force": terms_in_force(place.code, at=timezone.now()),
    }
    return render(request, "terms/draft.html", context, status=422 if errors else 200)


def _put_in_force_page(request: HttpRequest, place: Place, errors: list[str]) -> HttpResponse:
    draft = Terms.objects.filter(place=place, begins_at=None).select_related("place").first()
    if draft is None and not errors:
        return redirect("terms:draft", code=place.code)
    context: dict[str, Any] = {"place": place, "errors": errors}
    if draft is not None:
        context |= {**text_of(draft), "effects": effect_of(draft, viewer=the_account(request), at=timezone.now())}
    return render(request, "terms/put_in_force.html", context, status=422 if errors else 200)
