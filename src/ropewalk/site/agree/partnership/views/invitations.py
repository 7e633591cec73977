"""Who is invited to a meeting: told by mail, named as a guest; moving a meeting and calling it off."""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ropewalk.core.errors import InputRefused
from ropewalk.site.agree.partnership.actions.letters import Sent, send_letters
from ropewalk.site.agree.partnership.actions.meetings import call_off
from ropewalk.site.agree.partnership.actions.moving import move, name_guest
from ropewalk.site.agree.partnership.forms import BecauseForm
from ropewalk.site.agree.partnership.meeting_forms import GuestForm, MoveForm, SendForm
from ropewalk.site.agree.partnership.models import Meeting
from ropewalk.site.agree.partnership.selectors.letters import told_of
from ropewalk.site.agree.partnership.selectors.meetings import with_agenda
from ropewalk.site.agree.partnership.views.frame import Here, Question, asked, run_here
from ropewalk.site.agree.partnership.views.meetings import PART, the_meeting, title_of
from ropewalk.site.foundation.permissions.guard import holding
from ropewalk.site.foundation.permissions.permission import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def invitations(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Who has heard of a meeting, and telling those who have not."""
    at = run_here(request, code)
    found = the_meeting(at, number)
    form, sent = SendForm(request.POST if request.method == "POST" else None), None
    if form.is_valid():
        try:
            sent = tell(at, found)
        except InputRefused as problem:
            form.add_error(None, str(problem))
    title = title_of(found)
    shown = {"meeting": found, "told": told_of(found), "sent": sent, "title": title, "first": "send"}
    status = 422 if form.errors else 200
    return at.page("invitations", PART, status=status, form=form, crumb=title, **shown)


def tell(at: Here, meeting: Meeting, *, only_known: bool = False) -> Sent:
    """Tell whoever has not heard how a meeting stands. Raises InputRefused without a mail server."""
    [(whole, agenda)] = with_agenda([meeting])
    address = at.request.build_absolute_uri(reverse("partnership:meeting", args=[at.place.code, meeting.pk]))
    return send_letters(meeting=whole, address=address, agenda=agenda, by=at.viewer, now=at.now, only_known=only_known)


def tell_those_who_knew(at: Here, meeting: Meeting) -> HttpResponse:
    """After a change: tell those who were invited before, and show who was reached."""
    if any(one.was_told for one in told_of(meeting)):
        # Without a mail server the page says who has not heard, and why once somebody tries.
        with suppress(InputRefused):
            tell(at, meeting, only_known=True)
        return redirect("partnership:invitations", code=at.place.code, number=meeting.pk)
    return redirect("partnership:meeting", code=at.place.code, number=meeting.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def move_meeting(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Move a meeting to another time or place."""
    at = run_here(request, code)
    found = the_meeting(at, number)
    starts, ends = timezone.localtime(found.starts_at), timezone.localtime(found.ends_at)
    known = {"day": starts.date().isoformat(), "starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}"}
    form = MoveForm(request.POST or None, initial={**known, "where": found.where})

    def do() -> HttpResponse:
        move(form.wanted(), meeting=found, by=at.viewer, now=at.now)
        return tell_those_who_knew(at, the_meeting(at, number))

    back = reverse("partnership:meeting", args=[code, found.pk])
    lede = "Whoever was invited by mail is told at once, and their calendar follows."
    return asked(at, form, Question(PART, f"Move {title_of(found)}", "Move it", back, lede), do)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def new_guest(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Name a guest of a meeting."""
    at = run_here(request, code)
    found = the_meeting(at, number)
    form = GuestForm(request.POST or None)

    def do() -> HttpResponse:
        name_guest(meeting=found, **form.cleaned_data, by=at.viewer, now=at.now)
        return redirect("partnership:invitations", code=code, number=found.pk)

    back = reverse("partnership:invitations", args=[code, found.pk])
    lede = "They are invited by mail with the others. The address is kept for two years, and seen by nobody else."
    return asked(at, form, Question(PART, f"Name a guest: {title_of(found)}", "Name them", back, lede), do)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def off(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Call a meeting off."""
    at = run_here(request, code)
    found = the_meeting(at, number)
    form = BecauseForm(request.POST or None)

    def do() -> HttpResponse:
        call_off(meeting=found, because=form.cleaned_data["because"], by=at.viewer, now=at.now)
        return tell_those_who_knew(at, the_meeting(at, number))

    back = reverse("partnership:meeting", args=[code, found.pk])
    lede = (
        "It stays in the calendar, called off, with the reason. Whoever was invited by mail is told. "
        "This cannot be undone."
    )
    question = Question(PART, f"Call off {title_of(found)}", "Call it off", back, lede, is_warning=True)
    return asked(at, form, question, do)
