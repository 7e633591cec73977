"""What everybody may read: public versions of board reports, without signing in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ropewalk.site.agree.board_report.models import PublicVersion
from ropewalk.site.agree.board_report.selectors.reports import said_in
from ropewalk.site.agree.board_report.views.documents import as_json, as_pdf, as_slides
from ropewalk.site.agree.board_report.views.frame import about, day_of, shown

# What is withdrawn is gone at once.
NOT_KEPT = "no-store"


def the_version(code: str, number: int) -> PublicVersion:
    """The public version of a report of a place. Raises Http404 for none, and for one that was withdrawn."""
    rows = PublicVersion.objects.standing().select_related("report__place")
    found = rows.filter(report__place__code=code, report__number=number).first()
    if found is None:
        raise Http404
    return found


def _open(answer: HttpResponse) -> HttpResponse:
    answer.headers["Cache-Control"] = NOT_KEPT
    return answer


@require_safe
def public_list(request: HttpRequest, code: str) -> HttpResponse:
    """Every report of a place that is public, the newest first."""
    rows = PublicVersion.objects.standing().filter(report__place__code=code).defer("content", "report__content")
    found = list(rows.select_related("report__place").order_by("-report__number"))
    if not found:
        raise Http404
    return _open(render(request, "board_report/public_list.html", {"lines": found, "place": found[0].report.place}))


@require_safe
def public(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The public version of a report."""
    found = the_version(code, number)
    said = said_in(found)
    context = {"version": found, "report": said, "body": shown(said), "place": found.report.place}
    return _open(render(request, "board_report/public.html", context))


@require_safe
def public_pdf(_request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The public version of a report as PDF."""
    found = the_version(code, number)
    said, day = said_in(found), timezone.localtime(found.report.at).date()
    return _open(as_pdf(said, day=day, digest=found.digest, about=about(said, of=day_of(found.report))))


@require_safe
def public_slides(_request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The public version of a report as slides."""
    found = the_version(code, number)
    said, day = said_in(found), timezone.localtime(found.report.at).date()
    return _open(as_slides(said, day=day, about=about(said, of=day_of(found.report))))


@require_safe
def public_json(_request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The content of a public version as it was kept and hashed."""
    found = the_version(code, number)
    said = said_in(found)
    return _open(as_json(said, about=about(said, of=day_of(found.report))))
