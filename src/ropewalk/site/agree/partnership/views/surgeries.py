"""Slots of a surgery: listed, booked by a school, given back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ropewalk.site.agree.partnership.actions.surgeries import book, give_back
from ropewalk.site.agree.partnership.kinds import BodyKind
from ropewalk.site.agree.partnership.meeting_forms import BookingForm, SendForm
from ropewalk.site.agree.partnership.models import Booking
from ropewalk.site.agree.partnership.rules import slots
from ropewalk.site.agree.partnership.selectors.surgeries import may_give_back, schools_for
from ropewalk.site.agree.partnership.views.frame import Question, asked, here
from ropewalk.site.agree.partnership.views.meetings import PART, the_meeting, title_of
from ropewalk.site.foundation.permissions.guard import holding
from ropewalk.site.foundation.permissions.permission import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.BOOK_SURGERY)
def new_booking(request: HttpRequest, code: str, number: int, slot: int) -> HttpResponse:
    """Book a slot for one's school."""
    at = here(request, code)
    found = the_meeting(at, number)
    there = slots(found.starts_at, found.ends_at)
    if found.body.kind != BodyKind.SURGERY or slot >= len(there):
        raise Http404
    schools = schools_for(at.viewer, at.place, on=at.today)
    form = BookingForm(request.POST or None, organisations=schools)

    def do() -> HttpResponse:
        said = {"number": slot, "school": form.chosen, "about": form.cleaned_data["about"]}
        book(meeting=found, **said, by=at.viewer, now=at.now)
        return redirect(f"{back}#slots")

    starts, ends = (timezone.localtime(one) for one in there[slot])
    back = reverse("partnership:meeting", args=[code, found.pk])
    title = f"Book {starts:%H:%M} to {ends:%H:%M}: {title_of(found)}"
    lede = "" if schools else "Only people of a school of this place book slots."
    return asked(at, form, Question(PART, title, "Book it", back, lede), do)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.BOOK_SURGERY, Permission.RUN_PARTNERSHIP)
def end_booking(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Give a slot back."""
    at = here(request, code)
    rows = Booking.objects.select_related("meeting__body__place", "school", "by")
    found = get_object_or_404(rows, pk=number, meeting__body__place=at.place)
    if not may_give_back(at.viewer, found, on=at.today):
        raise Http404
    form = SendForm(request.POST if request.method == "POST" else None)

    def do() -> HttpResponse:
        give_back(booking=found, by=at.viewer, now=at.now)
        return redirect(f"{back}#slots")

    back = reverse("partnership:meeting", args=[code, found.meeting_id])
    starts = timezone.localtime(slots(found.meeting.starts_at, found.meeting.ends_at)[found.number][0])
    title = f"Give back {starts:%H:%M} of {found.school.name}: {title_of(found.meeting)}"
    lede = f"Another school may then book it. It was about: {found.about}"
    return asked(at, form, Question(PART, title, "Give it back", back, lede, is_warning=True), do)
