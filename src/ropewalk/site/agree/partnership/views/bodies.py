"""Bodies of a partnership: what they are for, who is on them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ropewalk.site.agree.partnership.actions import bodies as actions
from ropewalk.site.agree.partnership.forms import BodyForm, LastDayForm, SeatForm, TermsOfReferenceForm
from ropewalk.site.agree.partnership.members import people_of
from ropewalk.site.agree.partnership.models import Body, Seat, TermsOfReference
from ropewalk.site.agree.partnership.selectors.bodies import bodies_of, body_page
from ropewalk.site.agree.partnership.views.frame import Here, Question, asked, here, run_here
from ropewalk.site.foundation.permissions.guard import holding, with_role
from ropewalk.site.foundation.permissions.permission import Permission

PART = "bodies"


@require_safe
@with_role
def bodies(request: HttpRequest, code: str) -> HttpResponse:
    """Every body, who leads it and how many are on it."""
    at = here(request, code)
    lines, others = bodies_of(at.place, on=at.today)
    return at.page("bodies", PART, lines=lines, others=others, crumb="Bodies")


@require_safe
@with_role
def body(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One body: who is on it, what it is for, in all its versions."""
    at = here(request, code)
    found = body_page(_body(at, number), on=at.today)
    return at.page("body", PART, found=found, body=found.body, crumb=found.body.name)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def new_body(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a body."""
    at = run_here(request, code)
    form = BodyForm(request.POST or None, initial={"begins": at.today.isoformat()})

    def do() -> HttpResponse:
        made = actions.begin(form.wanted(), place=at.place, by=at.viewer, now=at.now)
        return redirect("partnership:body", code=code, number=made.pk)

    back = reverse("partnership:bodies", args=[code])
    return asked(at, form, Question(PART, f"Begin a body of {at.place.name}", "Begin it", back), do)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def end_body(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """End a body with a last day."""
    at = run_here(request, code)
    found = _body(at, number)
    form = LastDayForm(request.POST or None, initial={"until": at.today.isoformat()})

    def do() -> HttpResponse:
        actions.end(body=found, until=form.cleaned_data["until"], by=at.viewer, now=at.now)
        return redirect("partnership:bodies", code=code)

    lede = "Everybody leaves it with the same day. It stays on record, and cannot be begun again under the same entry."
    return asked(at, form, Question(PART, f"End {found.name}", "End it", _back(found), lede, is_warning=True), do)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def terms(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Write the next version of a body's terms of reference."""
    at = run_here(request, code)
    found = _body(at, number)
    newest = TermsOfReference.objects.filter(body=found).order_by("-number").first()
    initial = {"text": newest.text if newest else "", "agreed_on": at.today.isoformat()}
    form = TermsOfReferenceForm(request.POST or None, initial=initial)

    def do() -> HttpResponse:
        said = form.cleaned_data
        actions.agree_terms(body=found, text=said["text"], agreed_on=said["agreed_on"], by=at.viewer, now=at.now)
        return redirect("partnership:body", code=code, number=found.pk)

    lede = "The version before stays on record."
    return asked(
        at, form, Question(PART, f"Terms of reference of {found.name}", "Keep this version", _back(found), lede), do
    )


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def new_seat(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Somebody joins a body."""
    at = run_here(request, code)
    found, people = _body(at, number), people_of(at.place, on=at.today)
    form = SeatForm(request.POST or None, people=people, initial={"begins": at.today.isoformat()})

    def do() -> HttpResponse:
        actions.take_seat(form.wanted(), body=found, by=at.viewer, now=at.now)
        return redirect("partnership:body", code=code, number=found.pk)

    return asked(at, form, Question(PART, f"Who joins {found.name}", "Add them", _back(found)), do)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def end_seat(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Somebody leaves a body."""
    at = run_here(request, code)
    rows = Seat.objects.select_related("body__place", "account")
    seat = get_object_or_404(rows, pk=number, body__place=at.place)
    form = LastDayForm(request.POST or None, initial={"until": at.today.isoformat()})

    def do() -> HttpResponse:
        actions.leave_seat(seat=seat, until=form.cleaned_data["until"], by=at.viewer, now=at.now)
        return redirect("partnership:body", code=code, number=seat.body_id)

    title = f"{seat.who} leaves {seat.body.name}"
    lede = f"As {seat.part_words}. That they were on it stays on record."
    return asked(at, form, Question(PART, title, "They leave", _back(seat.body), lede), do)


def _body(at: Here, number: int) -> Body:
    found: Body = get_object_or_404(Body.objects.select_related("place"), pk=number, place=at.place)
    return found


def _back(body: Body) -> str:
    return reverse("partnership:body", args=[body.place.code, body.pk])
