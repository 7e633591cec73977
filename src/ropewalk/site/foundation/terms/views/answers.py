"""Answers of a school: where it stands, answering for it, receipts."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ropewalk.core.errors import InputRefused
from ropewalk.site.foundation.accounts.guard import the_account
from ropewalk.site.foundation.organisations.models import Place
from ropewalk.site.foundation.permissions.guard import at_school, fetch, holding
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.reach import reach
from ropewalk.site.foundation.terms import actions
from ropewalk.site.foundation.terms.forms import AnswerForm
from ropewalk.site.foundation.terms.models import Answer, Terms
from ropewalk.site.foundation.terms.purposes import KEPT, Purpose
from ropewalk.site.foundation.terms.receipts import as_text, moment, parts_of
from ropewalk.site.foundation.terms.selectors import SchoolStanding, erase_by, history_of, standing_of
from ropewalk.site.foundation.terms.sharing import terms_in_force
from ropewalk.site.foundation.terms.views.files import attached
from ropewalk.site.foundation.terms.views.reading import text_of


@require_safe
@holding(Permission.SEE_TERMS)
def school(request: HttpRequest, code: str, urn: int) -> HttpResponse:
    """What a school shares for at a place, and everything it answered."""
    viewer, now = the_account(request), timezone.now()
    day = timezone.localdate()
    at_school(urn, viewer=viewer, permission=Permission.SEE_TERMS, on=day)
    place, terms, standing = _standing(request, code, urn)
    context = {
        "place": place,
        "terms": terms,
        "standing": standing,
        "offered": [(one, one in standing.shared, one in standing.changed) for one in terms.wording.articles],
        "history": [(one, moment(one)) for one in history_of(urn, place, viewer=viewer)],
        "may_answer": reach(viewer, Permission.ANSWER_TERMS, on=day).holds_school(urn),
        "kept": KEPT,
        "now": now,
    }
    return render(request, "terms/school.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.ANSWER_TERMS)
def answer(request: HttpRequest, code: str, urn: int) -> HttpResponse:
    """Answer the terms: choose, read what follows, confirm."""
    by = the_account(request)
    at_school(urn, viewer=by, permission=Permission.ANSWER_TERMS, on=timezone.localdate())
    place, terms, standing = _standing(request, code, urn)
    form = AnswerForm(request.POST or None, offered=frozenset(terms.wording.articles))
    if request.method != "POST" or not form.is_valid():
        errors = [str(error) for errors in form.errors.values() for error in errors]
        if request.method == "POST" and not errors:
            errors = ["Choose what your school shares"]
        return _answer_page(request, terms, standing, errors)
    said = actions.Said(urn, form.accepted(), form.cleaned_data["digest"], form.cleaned_data["note"])
    try:
        if "confirmed" not in request.POST:
            actions.check_answer(said, place=place, now=timezone.now())
            return _confirm_page(request, terms, standing, said)
        made = actions.answer(said, place=place, by=by, now=timezone.now())
    except InputRefused as problem:
        return _answer_page(request, terms, standing, [str(one) for one in problem.problems])
    return redirect("terms:receipt", number=made.pk)


@require_safe
@holding(Permission.SEE_TERMS)
def receipt(request: HttpRequest, number: int) -> HttpResponse:
    """The receipt of an answer."""
    found = _receipt(request, number)
    context = {
        "answer": found,
        "place": found.place,
        "moment": moment(found),
        "parts": parts_of(found),
        "kept": KEPT,
        "erase_by": None if found.accepted else erase_by(found),
    }
    return render(request, "terms/receipt.html", context)


@require_safe
@holding(Permission.SEE_TERMS)
def receipt_text(request: HttpRequest, number: int) -> HttpResponse:
    """The receipt as plain text."""
    found = _receipt(request, number)
    return attached(as_text(found), "text/plain; charset=utf-8", f"receipt-{found.receipt}.txt")


def _receipt(request: HttpRequest, number: int) -> Answer:
    viewer = the_account(request)
    return fetch(Answer, number, viewer=viewer, permission=Permission.SEE_TERMS, on=timezone.localdate())


def _standing(request: HttpRequest, code: str, urn: int) -> tuple[Place, Terms, SchoolStanding]:
    """The place, its terms and where the school stands. Raises Http404 without terms, and for a school elsewhere."""
    now = timezone.now()
    place = get_object_or_404(Place, code=code)
    terms = terms_in_force(code, at=now)
    standing = standing_of(urn, terms, viewer=the_account(request), at=now) if terms else None
    if terms is None or standing is None:
        raise Http404
    return place, terms, standing


def _answer_page(request: HttpRequest, terms: Terms, standing: SchoolStanding, errors: list[str]) -> HttpResponse:
    chosen = request.POST.getlist("purposes") if request.method == "POST" else [one.value for one in standing.shared]
    context = {
        "place": terms.place,
        "standing": standing,
        "errors": errors,
        "choice": request.POST.get("choice", ""),
        "chosen": chosen,
        "note": request.POST.get("note", ""),
        "in_parts": len(terms.wording.articles) > 1,
        **text_of(terms),
    }
    return render(request, "terms/answer.html", context, status=422 if errors else 200)


def _confirm_page(request: HttpRequest, terms: Terms, standing: SchoolStanding, said: actions.Said) -> HttpResponse:
    accepted = frozenset(said.purposes)
    before = standing.answer.accepted if standing.answer else frozenset[Purpose]()
    context: dict[str, Any] = {
        "place": terms.place,
        "terms": terms,
        "standing": standing,
        "said": said,
        "choice": request.POST["choice"],
        "accepted": [one for one in Purpose if one in accepted],
        "stops": [one for one in Purpose if one in before - accepted],
        "kept": KEPT,
    }
    return render(request, "terms/confirm.html", context)
