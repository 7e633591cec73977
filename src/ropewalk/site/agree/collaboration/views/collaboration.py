"""Collaboration of a place: the whole, each member, common objectives beside, and what counts."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ropewalk.site.agree.collaboration.actions.counting import agree_what_counts
from ropewalk.site.agree.collaboration.forms import CountsForm
from ropewalk.site.agree.collaboration.kinds import ALWAYS_COUNTED, Counted
from ropewalk.site.agree.collaboration.rules import SchoolYear, year_of
from ropewalk.site.agree.collaboration.selectors.collaboration import Collaboration, collaboration_of
from ropewalk.site.agree.collaboration.selectors.records import (
    counted,
    help_lines,
    practice_lines,
    years_of,
)
from ropewalk.site.agree.collaboration.selectors.records import what_counts as versions_of
from ropewalk.site.agree.collaboration.workbooks import members_head, the_workbook
from ropewalk.site.agree.partnership.members import places_seen, spoken_for
from ropewalk.site.agree.partnership.tables import csv_file
from ropewalk.site.agree.partnership.views.frame import Here, Question, asked, here, run_here
from ropewalk.site.agree.plan.trajectory import RULE
from ropewalk.site.foundation.accounts.guard import the_account
from ropewalk.site.foundation.permissions.guard import holding, with_role
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.see.editions.pages import XLSX
from ropewalk.site.see.scorecard.files import attached

PART = "collaboration:place"


def year_asked(at: Here) -> SchoolYear:
    """The school year that is asked for; this one where none is, or none that can be."""
    said = at.request.GET.get("year", "")
    present = year_of(at.today)
    chosen = SchoolYear(int(said)) if said.isascii() and said.isdigit() and len(said) == len("2025") else present
    return chosen if chosen in years_of(at.place, on=at.today) else present


def _shown(at: Here) -> Collaboration:
    return collaboration_of(at.place, year=year_asked(at), on=at.today)


@require_safe
@with_role
def own(request: HttpRequest) -> HttpResponse:
    """The places whose partnership somebody sees: an only one at once."""
    places = places_seen(the_account(request), on=timezone.localdate())
    if len(places) == 1:
        return redirect("collaboration:place", code=places[0].code)
    return render(request, "collaboration/own.html", {"places": places})


@require_safe
@with_role
def place(request: HttpRequest, code: str) -> HttpResponse:
    """What is measured of a school year: help given first, as large as what came of common objectives."""
    at = here(request, code)
    found = _shown(at)
    return at.page(
        "collaboration/place",
        PART,
        found=found,
        years=years_of(at.place, on=at.today),
        definitions=[(one, one in found.kinds) for one in Counted],
        shown=_told(found),
        rule=RULE,
        speaks=bool(spoken_for(at.viewer, on=at.today)),
        crumb="Collaboration",
    )


def _told(found: Collaboration) -> Mapping[str, bool]:
    """What counts, by name: templates ask by it."""
    return {one.value: one in found.kinds for one in Counted}


@require_safe
@with_role
def members_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Members and what is measured of each, as CSV."""
    at = here(request, code)
    found = _shown(at)
    about = f"collaboration {at.place.code} {found.year.words}"
    return csv_file(members_head(found), found.rows, about=about)


@require_safe
@with_role
def place_workbook(request: HttpRequest, code: str) -> HttpResponse:
    """Everything the page shows, as a workbook."""
    at = here(request, code)
    found = _shown(at)
    practice = [one for one in practice_lines(at.place) if found.year.holds(one.day)]
    about = f"collaboration {at.place.code} {found.year.words}"
    return attached(the_workbook(found, practice), XLSX, about, "xlsx")


@require_safe
@with_role
def member(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One member: how it gave and took help, what it shared, how it kept what it promised."""
    at = here(request, code)
    found = _shown(at)
    line = next((one for one in found.members if one.member is not None and one.member.pk == number), None)
    if line is None or line.member is None:
        raise Http404
    records = help_lines(at.place, year=found.year, of=line.member)
    practice = [one for one in practice_lines(at.place) if one.practice.organisation_id == number]
    return at.page(
        "collaboration/member",
        PART,
        found=found,
        line=line,
        told=[(kind, line.words_of(kind)) for kind in found.of_members],
        gave=[one for one in records if one.help.giver_id == number],
        took=[one for one in records if one.help.taker_id == number],
        practice=practice,
        years=years_of(at.place, on=at.today),
        crumb=line.member.name,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def what_counts(request: HttpRequest, code: str) -> HttpResponse:
    """Write down what the partnership agreed that counts."""
    at = run_here(request, code)
    known = [one.value for one in counted(versions_of(at.place))]
    first = {"counted": known, "day": at.today.isoformat()}
    form = CountsForm(request.POST if request.method == "POST" else None, initial=first)

    def do() -> HttpResponse:
        said = form.cleaned_data
        kinds = {*form.kinds, *ALWAYS_COUNTED}
        agree_what_counts(kinds, said["words"], day=said["day"], place=at.place, by=at.viewer, now=at.now)
        return redirect("collaboration:place", code=code)

    back = reverse(PART, args=[code])
    lede = (
        "The partnership agrees what is shown as collaboration. Each version stays on record. Giving help always "
        "counts, and nothing is added up to a score."
    )
    question = Question(PART, "What counts", "Write it down", back, lede)
    meanings = {one.value: one.definition for one in Counted}
    return asked(at, form, question, do, meanings=meanings, crumb="What counts")
