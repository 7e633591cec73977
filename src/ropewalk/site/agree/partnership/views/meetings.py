"""Meetings of a partnership: the calendar of all bodies, one meeting and its minutes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ropewalk.site.agree.partnership.actions import meetings as actions
from ropewalk.site.agree.partnership.forms import (
    AgendaForm,
    AttendanceForm,
    DoneForm,
    MeetingForm,
    OutcomeForm,
)
from ropewalk.site.agree.partnership.models import Body, Meeting, Outcome
from ropewalk.site.agree.partnership.rooms_above import to_be_spoken_of
from ropewalk.site.agree.partnership.rules import text_lines
from ropewalk.site.agree.partnership.selectors.meetings import calendar_of, meeting_page, seats_at
from ropewalk.site.agree.partnership.selectors.surgeries import schools_for, slots_of
from ropewalk.site.agree.partnership.views.frame import Here, Question, asked, here, run_here
from ropewalk.site.foundation.numbers import long_date
from ropewalk.site.foundation.permissions.guard import holding, with_role
from ropewalk.site.foundation.permissions.permission import Permission

PART = "meetings"


@require_safe
@with_role
def meetings(request: HttpRequest, code: str) -> HttpResponse:
    """Meetings of all bodies, side by side, and actions that are not done."""
    at = here(request, code)
    found = calendar_of(at.place, now=at.now, year=request.GET.get("year", ""), page=request.GET.get("page", ""))
    return at.page("meetings", PART, found=found, crumb="Meetings")


@require_safe
@with_role
def meeting(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One meeting: agenda, who was there, decisions, actions; printed, its minutes."""
    at = here(request, code)
    found = the_meeting(at, number)
    title = title_of(found)
    listed = slots_of(found, viewer=at.viewer, may_run=at.may_run, on=at.today, now=at.now)
    books = bool(listed) and bool(schools_for(at.viewer, at.place, on=at.today))
    page = meeting_page(found, now=at.now)
    return at.page("meeting", PART, found=page, meeting=found, slots=listed, books=books, crumb=title, title=title)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def new_meeting(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Call a meeting of a body, or a series."""
    at = run_here(request, code)
    body = get_object_or_404(Body.objects.select_related("place"), pk=number, place=at.place)
    form = MeetingForm(request.POST or None)

    def do() -> HttpResponse:
        actions.call(form.called(), body=body, by=at.viewer, now=at.now)
        return redirect("partnership:meetings", code=code)

    back = reverse("partnership:body", args=[code, body.pk])
    return asked(at, form, Question(PART, f"Call a meeting: {body.name}", "Call it", back), do)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def agenda(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Set what a meeting is to speak of; it starts from what is late."""
    at = run_here(request, code)
    found = the_meeting(at, number)
    shown = meeting_page(found, now=at.now)
    items = shown.agenda or [f"Late since {long_date(one.due)}: {one.words}"[:500] for one in shown.late]
    proposed = [words for words in to_be_spoken_of(found.body, on=at.today) if words not in items]
    posted = request.POST if request.method == "POST" else None
    form = AgendaForm(posted, initial={"items": "\n".join(items)}, proposed=proposed)

    def do() -> HttpResponse:
        listed = [*text_lines(form.cleaned_data["items"]), *form.cleaned_data["proposed"]]
        actions.set_agenda(meeting=found, items=listed, by=at.viewer, now=at.now)
        return redirect("partnership:meeting", code=code, number=found.pk)

    lede = "While there is none, what is late stands here to begin with."
    question = Question(PART, f"Agenda: {title_of(found)}", "Keep the agenda", _back(found), lede)
    return asked(at, form, question, do)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def attendance(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Say who was there."""
    at = run_here(request, code)
    found = the_meeting(at, number)
    seats = seats_at(found.body, timezone.localtime(found.starts_at).date())
    known = dict(found.attendance.values_list("seat", "presence"))
    form = AttendanceForm(request.POST if request.method == "POST" else None, seats=seats, known=known)

    def do() -> HttpResponse:
        actions.set_attendance(meeting=found, there=form.there, by=at.viewer, now=at.now)
        return redirect("partnership:meeting", code=code, number=found.pk)

    lede = "" if seats else "Nobody was on this body that day. Add them on the page of the body first."
    return asked(at, form, Question(PART, f"Who was there: {title_of(found)}", "Keep it", _back(found), lede), do)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def outcome(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Write down a decision or an action."""
    at = run_here(request, code)
    found = the_meeting(at, number)
    form = OutcomeForm(request.POST or None)

    def do() -> HttpResponse:
        actions.resolve(form.resolved(), meeting=found, by=at.viewer, now=at.now)
        return redirect("partnership:meeting", code=code, number=found.pk)

    title = f"Decision or action: {title_of(found)}"
    return asked(at, form, Question(PART, title, "Write it down", _back(found)), do)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def done(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """An action was done."""
    at = run_here(request, code)
    rows = Outcome.objects.select_related("meeting__body__place")
    found = get_object_or_404(rows, pk=number, meeting__body__place=at.place)
    form = DoneForm(request.POST or None, initial={"day": at.today.isoformat()})

    def do() -> HttpResponse:
        actions.finish(outcome=found, day=form.cleaned_data["day"], by=at.viewer, now=at.now)
        return redirect("partnership:meetings", code=code)

    back = reverse("partnership:meetings", args=[code])
    return asked(at, form, Question(PART, "Is this done?", "It is done", back, f"{found.words} ({found.owner})"), do)


def the_meeting(at: Here, number: int) -> Meeting:
    """A meeting of the place. Raises Http404 for any other."""
    rows = Meeting.objects.select_related("body__place", "called_off_by")
    found: Meeting = get_object_or_404(rows, pk=number, body__place=at.place)
    return found


def title_of(meeting: Meeting) -> str:
    """A meeting by its body and day."""
    return f"{meeting.body.name}, {long_date(timezone.localtime(meeting.starts_at).date())}"


def _back(meeting: Meeting) -> str:
    return reverse("partnership:meeting", args=[meeting.body.place.code, meeting.pk])
