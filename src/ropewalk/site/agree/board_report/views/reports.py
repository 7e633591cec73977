"""Board reports for members of the partnership: those that were made, one, and how it stands now."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ropewalk.core.publish.board_report.content import canonical, digest_of
from ropewalk.site.agree.board_report.actions import reports as actions
from ropewalk.site.agree.board_report.forms import NO, YES, MakeForm, PublishForm, WithdrawForm
from ropewalk.site.agree.board_report.selectors.gathering import meeting_words, plan_reported
from ropewalk.site.agree.board_report.selectors.reports import (
    for_everybody,
    meetings_to_name,
    public_of,
    reports_of,
    said_in,
)
from ropewalk.site.agree.board_report.views.documents import as_json, as_pdf, as_slides
from ropewalk.site.agree.board_report.views.frame import PART, about, day_of, shown, standing_now, the_report
from ropewalk.site.agree.partnership.members import places_seen
from ropewalk.site.agree.partnership.views.frame import Question, asked, here, run_here
from ropewalk.site.foundation.accounts.guard import the_account
from ropewalk.site.foundation.permissions.guard import holding, with_role
from ropewalk.site.foundation.permissions.permission import Permission

RUN = Permission.RUN_PARTNERSHIP
FORM, PUBLISH = "board_report/form", "board_report/publish"


@require_safe
@with_role
def own(request: HttpRequest) -> HttpResponse:
    """The places whose board reports somebody sees: an only one at once."""
    places = places_seen(the_account(request), on=timezone.localdate())
    if len(places) == 1:
        return redirect("board_report:reports", code=places[0].code)
    return render(request, "board_report/own.html", {"places": places})


@require_safe
@with_role
def reports(request: HttpRequest, code: str) -> HttpResponse:
    """The reports of a place that were made."""
    at = here(request, code)
    return at.page("board_report/reports", PART, lines=reports_of(at.place), plan=plan_reported(at.place))


@require_safe
@with_role
def now(request: HttpRequest, code: str) -> HttpResponse:
    """How the plan stands now, as a report would tell it."""
    at = here(request, code)
    report = standing_now(at)
    return at.page("board_report/now", PART, report=report, body=shown(report), crumb="As it stands now")


@require_safe
@with_role
def now_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """How the plan stands now, as PDF."""
    at = here(request, code)
    report = standing_now(at)
    return as_pdf(report, day=at.today, digest="", about=about(report, of=at.today.isoformat()))


@require_safe
@with_role
def now_slides(request: HttpRequest, code: str) -> HttpResponse:
    """How the plan stands now, as slides."""
    at = here(request, code)
    report = standing_now(at)
    return as_slides(report, day=at.today, about=about(report, of=at.today.isoformat()))


@require_http_methods(["GET", "HEAD", "POST"])
@holding(RUN)
def make(request: HttpRequest, code: str) -> HttpResponse:
    """Make a report: what it says is kept as it is now."""
    at = run_here(request, code)
    posted = request.POST if request.method == "POST" else None
    form = MakeForm(posted, meetings=meetings_to_name(at.place, now=at.now))

    def do() -> HttpResponse:
        made = actions.make(place=at.place, meeting=form.chosen, by=at.viewer, now=at.now)
        return redirect("board_report:report", code=code, number=made.number)

    lede = "It keeps how the plan stands at this moment. It is not changed afterwards, and it is not deleted."
    back = reverse("board_report:reports", args=[code])
    question = Question(PART, f"Make a board report of {at.place.name}", "Make it", back, lede, template=FORM)
    return asked(at, form, question, do, crumb="Make one")


@require_safe
@with_role
def report(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A report as it was made."""
    at = here(request, code)
    row = the_report(at, number)
    said, public = said_in(row), public_of(row)
    context: dict[str, Any] = {"row": row, "report": said, "body": shown(said), "public": public}
    meeting = meeting_words(row.meeting) if row.meeting else ""
    return at.page("board_report/report", PART, **context, meeting=meeting, crumb=f"Report {row.number}")


@require_safe
@with_role
def report_pdf(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A report as PDF."""
    row = the_report(here(request, code), number)
    said = said_in(row)
    return as_pdf(said, day=timezone.localtime(row.at).date(), digest=row.digest, about=about(said, of=day_of(row)))


@require_safe
@with_role
def report_slides(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A report as slides."""
    row = the_report(here(request, code), number)
    said = said_in(row)
    return as_slides(said, day=timezone.localtime(row.at).date(), about=about(said, of=day_of(row)))


@require_safe
@with_role
def report_json(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The content of a report as it was kept and hashed."""
    row = the_report(here(request, code), number)
    said = said_in(row)
    return as_json(said, about=about(said, of=day_of(row)))


@require_http_methods(["GET", "HEAD", "POST"])
@holding(RUN)
def publish(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Publish the version for everybody, after seeing exactly what will be public."""
    at = run_here(request, code)
    row = the_report(at, number)
    said = said_in(row)
    money = (request.POST if request.method == "POST" else request.GET).get("money") == YES
    public = for_everybody(said, at.place, on=at.today, money=money)
    posted = request.POST if request.method == "POST" else None
    form = PublishForm(posted, initial={"digest": digest_of(canonical(public)), "money": YES if money else NO})

    def do() -> HttpResponse:
        kept = form.cleaned_data
        actions.publish(report=row, expected=kept["digest"], money=form.with_money, by=at.viewer, now=at.now)
        return redirect("board_report:report", code=code, number=number)

    back = reverse("board_report:report", args=[code, number])
    question = Question(PART, f"Publish a version of report {number}", "Publish it", back, template=PUBLISH)
    context = {"public": public, "body": shown(public), "money": money, "said": said, "row": row}
    return asked(at, form, question, do, **context, crumb="Publish")


@require_http_methods(["GET", "HEAD", "POST"])
@holding(RUN)
def withdraw(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Withdraw the public version of a report."""
    at = run_here(request, code)
    row = the_report(at, number)
    form = WithdrawForm(request.POST if request.method == "POST" else None)

    def do() -> HttpResponse:
        actions.withdraw(report=row, because=form.cleaned_data["because"], by=at.viewer, now=at.now)
        return redirect("board_report:report", code=code, number=number)

    lede = "Nobody outside the partnership can read it here any more. Who has taken it along keeps it."
    back = reverse("board_report:report", args=[code, number])
    title = f"Withdraw the public version of report {number}"
    question = Question(PART, title, "Withdraw it", back, lede, is_warning=True, template=FORM)
    return asked(at, form, question, do, crumb="Withdraw")
