"""Who belongs to the partnership of a place; the head's decision to join or leave."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ropewalk.site.agree.partnership.actions.belonging import Choice, decide
from ropewalk.site.agree.partnership.actions.others import bring, take_leave
from ropewalk.site.agree.partnership.forms import DecisionForm, LastDayForm, MemberForm
from ropewalk.site.agree.partnership.members import places_seen
from ropewalk.site.agree.partnership.selectors.belonging import SchoolLine, belonging, decisions_of
from ropewalk.site.agree.partnership.tables import csv_file
from ropewalk.site.agree.partnership.views.frame import Here, Question, asked, here, run_here
from ropewalk.site.foundation.accounts.guard import the_account
from ropewalk.site.foundation.organisations.models import PlaceMembership
from ropewalk.site.foundation.permissions.guard import at_school, holding, with_role
from ropewalk.site.foundation.permissions.permission import Permission


@require_safe
@with_role
def own(request: HttpRequest) -> HttpResponse:
    """The partnerships somebody sees: an only one at once."""
    places = places_seen(the_account(request), on=timezone.localdate())
    if len(places) == 1:
        return redirect("partnership:place", code=places[0].code)
    return render(request, "partnership/own.html", {"places": places})


@require_safe
@with_role
def place(request: HttpRequest, code: str) -> HttpResponse:
    """Who belongs, since when, in which phase and under which trust; coverage; every decision."""
    at = here(request, code)
    found = belonging(at.place, viewer=at.viewer, on=at.today)
    mine = [line for line in (*found.members, *found.outside) if line.may_decide]
    return at.page("place", "place", found=found, mine=mine, decisions=decisions_of(at.place))


@require_safe
@with_role
def members_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The schools of the place and the other members as CSV."""
    at = here(request, code)
    found = belonging(at.place, viewer=None, on=at.today)
    schools = sorted((*found.members, *found.outside), key=lambda line: line.school.name.casefold())
    rows = [
        *([str(line.urn), line.school.name, "school", line.phase, line.trust_words, _day(line)] for line in schools),
        *(
            [one.organisation.key, one.organisation.name, one.organisation.kind_words, "", "", str(one.since or "")]
            for one in found.others
        ),
    ]
    head = ["Number", "Name", "What it is", "Phase", "Trust", "In the partnership since"]
    return csv_file(head, rows, about=f"partnership of {at.place.name}")


def _day(line: SchoolLine) -> str:
    return str(line.since) if line.since else "not in it"


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.JOIN_PARTNERSHIP)
def decision(request: HttpRequest, code: str, urn: int) -> HttpResponse:
    """A head joins the partnership for a school, or leaves it."""
    at = here(request, code)
    at_school(urn, viewer=at.viewer, permission=Permission.JOIN_PARTNERSHIP, on=at.today)
    taken = [one for one in decisions_of(at.place) if one.school.key == str(urn)]
    joins = not (taken and taken[0].joins)
    form = DecisionForm(request.POST or None, initial={"day": at.today.isoformat()})

    def do() -> HttpResponse:
        said = form.cleaned_data
        decide(Choice(urn, joins, said["day"], said["words"]), place=at.place, by=at.viewer, now=at.now)
        return redirect("partnership:place", code=code)

    return asked(at, form, _question(at, urn, joins=joins), do)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def new_member(request: HttpRequest, code: str) -> HttpResponse:
    """An organisation besides a school comes to the place."""
    at = run_here(request, code)
    form = MemberForm(request.POST or None, initial={"begins": at.today.isoformat()})

    def do() -> HttpResponse:
        bring(form.wanted(), place=at.place, by=at.viewer, now=at.now)
        return redirect("partnership:place", code=code)

    back = reverse("partnership:place", args=[code])
    lede = "Whoever holds a role at it then sees this partnership. Schools join by their heads, trusts through schools."
    return asked(at, form, Question("place", f"Bring an organisation to {at.place.name}", "Bring it", back, lede), do)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def end_member(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """An organisation besides a school leaves the place."""
    at = run_here(request, code)
    rows = PlaceMembership.objects.select_related("organisation", "place")
    found = get_object_or_404(rows, pk=number, place=at.place)
    form = LastDayForm(request.POST or None, initial={"until": at.today.isoformat()})

    def do() -> HttpResponse:
        take_leave(membership=found, until=form.cleaned_data["until"], by=at.viewer, now=at.now)
        return redirect("partnership:place", code=code)

    back = reverse("partnership:place", args=[code])
    lede = "From the day after, whoever holds a role there sees nothing of this partnership. That it belonged is kept."
    title = f"{found.organisation.name} leaves {at.place.name}"
    return asked(at, form, Question("place", title, "It leaves", back, lede, is_warning=True), do)


def _question(at: Here, urn: int, *, joins: bool) -> Question:
    found = belonging(at.place, viewer=None, on=at.today)
    name = next((line.school.name for line in (*found.members, *found.outside) if line.urn == urn), None)
    if name is None:
        raise Http404
    partnership = f"the partnership of {at.place.name}"
    back = reverse("partnership:place", args=[at.place.code])
    if joins:
        lede = f"{name} is then a member of {partnership}. You may leave again at any time."
        return Question("place", f"Join {partnership} for {name}", "Join the partnership", back, lede)
    lede = f"{name} then belongs to {partnership} until the day before. What it signed and did stays on record."
    return Question("place", f"Leave {partnership} for {name}", "Leave the partnership", back, lede, is_warning=True)
