"""Meetings for calendar programs: one as a file, all of one's places at a secret address."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ropewalk.core.errors import InputRefused
from ropewalk.site.agree.partnership.actions.calendar import end_link, make_link, mark_of
from ropewalk.site.agree.partnership.ical import KIND, calendar
from ropewalk.site.agree.partnership.members import places_seen
from ropewalk.site.agree.partnership.models import CalendarLink, Meeting
from ropewalk.site.agree.partnership.selectors.meetings import with_agenda
from ropewalk.site.agree.partnership.views.frame import here
from ropewalk.site.agree.partnership.views.meetings import the_meeting
from ropewalk.site.foundation.accounts.guard import the_account
from ropewalk.site.foundation.permissions.guard import with_role
from ropewalk.site.see.scorecard.files import attached


@require_safe
@with_role
def meeting_file(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One meeting, to be opened in a calendar program."""
    at = here(request, code)
    found = the_meeting(at, number)
    return attached(_calendar(request, [found], str(found.body)), KIND, str(found), "ics")


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The meetings of all places that the owner of a secret address sees today. Nobody signs in: programs cannot."""
    rows = CalendarLink.objects.filter(mark=mark_of(secret), ended_at=None).select_related("account")
    link = rows.first()
    if link is None or not link.account.is_active or link.account.is_local_administrator:
        raise Http404
    places = places_seen(link.account, on=timezone.localdate())
    meetings = list(Meeting.objects.filter(body__place__in=places).order_by("starts_at", "pk"))
    answer = HttpResponse(_calendar(request, meetings, "Partnership meetings"), content_type=KIND)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _calendar(request: HttpRequest, meetings: list[Meeting], name: str) -> bytes:
    listed = [
        (
            one,
            request.build_absolute_uri(reverse("partnership:meeting", args=[one.body.place.code, one.pk])),
            agenda,
        )
        for one, agenda in with_agenda(meetings)
    ]
    return calendar(listed, name=name, now=timezone.now())


@require_http_methods(["GET", "HEAD", "POST"])
@with_role
def subscribe(request: HttpRequest) -> HttpResponse:
    """One's own secret address: made, shown this once, ended."""
    viewer, address, error = the_account(request), "", ""
    if request.method == "POST":
        try:
            secret = make_link(by=viewer, now=timezone.now())
            address = request.build_absolute_uri(reverse("partnership:feed", args=[secret]))
        except InputRefused as problem:
            error = str(problem)
    link = CalendarLink.objects.filter(account=viewer, ended_at=None).first()
    context = {"address": address, "link": link, "error": error}
    return render(request, "partnership/subscribe.html", context, status=422 if error else 200)


@require_POST
@with_role
def unsubscribe(request: HttpRequest) -> HttpResponse:
    """End one's secret address."""
    end_link(by=the_account(request), now=timezone.now())
    return redirect("partnership:subscribe")
