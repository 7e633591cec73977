"""Workstreams of a place: all of them, one with its four stages, and its tables to take along."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ropewalk.core.errors import InputRefused
from ropewalk.site.agree.partnership.tables import csv_file
from ropewalk.site.agree.workstreams.actions.baseline import propose
from ropewalk.site.agree.workstreams.forms import WorkstreamForm
from ropewalk.site.agree.workstreams.members import places_with_workstreams
from ropewalk.site.agree.workstreams.models import Workstream
from ropewalk.site.agree.workstreams.selectors.impact import described, frozen_content, impact_of
from ropewalk.site.agree.workstreams.selectors.regional import released_within
from ropewalk.site.agree.workstreams.selectors.state import newest_picture, state_of
from ropewalk.site.agree.workstreams.selectors.workstreams import (
    baseline_part,
    figures_of,
    ideas_of,
    work_part,
    workstreams_of,
    workstreams_within,
)
from ropewalk.site.agree.workstreams.stages import Stage, next_words
from ropewalk.site.agree.workstreams.views.frame import Question, asked, here, leading_here
from ropewalk.site.agree.workstreams.workbooks import the_workbook
from ropewalk.site.foundation.accounts.guard import the_account
from ropewalk.site.foundation.permissions.guard import holding, with_role
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.see.editions.pages import XLSX
from ropewalk.site.see.scorecard.files import attached
from ropewalk.site.see.scorecard.pages import is_narrow


@require_safe
@with_role
def own(request: HttpRequest) -> HttpResponse:
    """The places whose workstreams somebody sees: an only one at once."""
    places = places_with_workstreams(the_account(request), on=timezone.localdate())
    if len(places) == 1:
        return redirect("workstreams:place", code=places[0].code)
    return render(request, "workstreams/own.html", {"places": places})


@require_safe
@with_role
def place(request: HttpRequest, code: str) -> HttpResponse:
    """All workstreams of a place, where each stands and what is next."""
    at = here(request, code)
    return at.page(
        "place",
        lines=workstreams_of(at.place, on=at.today),
        within=workstreams_within(at.place, on=at.today),
        seen=places_with_workstreams(at.viewer, on=at.today),
    )


@require_safe
@with_role
def place_csv(request: HttpRequest, code: str) -> HttpResponse:
    """All workstreams of a place as CSV."""
    at = here(request, code)
    head = ("Workstream", "Question", "What it wants", "Stage", "End date", "Next")
    rows = [
        (
            *(one.workstream.title, one.workstream.question, one.workstream.aim_words, one.state.stage.words),
            *(one.state.ends.isoformat() if one.state.ends else "", one.next),
        )
        for one in workstreams_of(at.place, on=at.today)
    ]
    return csv_file(head, rows, about=f"workstreams {at.place.code}")


@require_safe
@with_role
def workstream(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One workstream with its four stages."""
    at = here(request, code)
    found = at.workstream(number)
    state = state_of(found)
    work, part = work_part(found, state, on=at.today), baseline_part(found)
    stages = [(one, one.number < state.stage.number, one is state.stage) for one in Stage if one is not Stage.OVER]
    return at.page(
        "workstream",
        workstream=found,
        state=state,
        stages=stages,
        next=next_words(state, on=at.today),
        is_late=state.is_late(at.today),
        baseline=part,
        work=work,
        chart=described(work.impact, part.measure) if work.impact and work.impact.has_value else "",
        released=released_within(found, on=at.today),
        seen=places_with_workstreams(at.viewer, on=at.today),
        crumb=found.title,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Propose a workstream."""
    at = leading_here(request, code)
    form = WorkstreamForm(request.POST or None)

    def do() -> HttpResponse:
        made = propose(form.wanted(), place=at.place, by=at.viewer, now=at.now)
        return redirect("workstreams:workstream", code=code, number=made.pk)

    back = reverse("workstreams:place", args=[code])
    question = Question(f"Propose a workstream of {at.place.name}", "Propose it", back)
    return asked(at, form, question, do, crumb="A new one")


@require_safe
@with_role
def figures_csv(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The figures contributors submitted as CSV."""
    found = here(request, code).workstream(number)
    head = ("Figure", "Contributor", "Value", "Period", "Definition", "Source", "Evidence", "From published statistics")
    rows = [
        (
            *(one.title, one.contributor.name, one.value, one.period, one.definition, one.source, one.evidence),
            "yes" if one.is_published else "no",
        )
        for one in figures_of(found)
    ]
    return csv_file(head, rows, about=_about(found, "baseline"))


@require_safe
@with_role
def baseline_json(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The frozen picture: the very bytes whose check sum was signed."""
    found = here(request, code).workstream(number)
    picture = newest_picture(found)
    if picture is None:
        raise Http404
    return attached(frozen_content(picture), "application/json", _about(found, f"baseline-{picture.number}"), "json")


@require_safe
@with_role
def ideas_csv(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Ideas with owner, evidence, cost and votes as CSV."""
    found = here(request, code).workstream(number)
    head = ("Number", "Idea", "What", "Owner", "Evidence", "Link", "Cost", "Votes", "Shortlisted")
    rows = [
        (
            *(str(one.idea.number), one.idea.title, one.idea.words, one.idea.owner, one.idea.evidence_words),
            *(one.idea.link, one.cost, str(one.votes), "yes" if one.is_chosen else "no"),
        )
        for one in ideas_of(found)
    ]
    return csv_file(head, rows, about=_about(found, "ideas"))


@require_safe
@with_role
def impact_csv(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The frozen baseline against now as CSV."""
    at = here(request, code)
    found = at.workstream(number)
    impact = work_part(found, state_of(found), on=at.today).impact
    head = ("Where", "Frozen baseline", "Now", "Change", "95% interval", "What may be said")
    return csv_file(head, impact.rows if impact else [], about=_about(found, "impact"))


@require_safe
@with_role
def whole_workbook(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The whole workstream as a workbook: baseline, figures, ideas with votes, charter, impact."""
    at = here(request, code)
    found = at.workstream(number)
    work = work_part(found, state_of(found), on=at.today)
    return attached(the_workbook(found, baseline_part(found), work), XLSX, _about(found, "workstream"), "xlsx")


@require_safe
@with_role
def chart_image(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The frozen baseline against now as SVG."""
    # Drawing engines take a second to load: the pages themselves do without them.
    from ropewalk.site.agree.workstreams.drawing import svg  # noqa: PLC0415

    chart = _drawn(request, code, number)
    return HttpResponse(svg(chart, narrow=is_narrow(request)), content_type="image/svg+xml; charset=utf-8")


@require_safe
@with_role
def chart_spec(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The frozen baseline against now as a Vega-Lite specification."""
    return JsonResponse(_drawn(request, code, number).spec)


def _drawn(request: HttpRequest, code: str, number: int) -> Any:
    from ropewalk.site.agree.workstreams.drawing import drawn  # noqa: PLC0415

    at = here(request, code)
    found = at.workstream(number)
    try:
        impact = impact_of(found, on=at.today)
    except InputRefused as problem:
        raise Http404 from problem
    if impact is None or not impact.has_value:
        raise Http404
    return drawn(impact, baseline_part(found).measure)


def _about(found: Workstream, what: str) -> str:
    return f"{found.place.code} {found.title} {what}"
