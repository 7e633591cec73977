"""Practice members share, and who took it up."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ropewalk.site.agree.collaboration.actions import practice as actions
from ropewalk.site.agree.collaboration.forms import PracticeForm, TakeUpForm
from ropewalk.site.agree.collaboration.models import Practice
from ropewalk.site.agree.collaboration.selectors.records import practice_lines
from ropewalk.site.agree.collaboration.views.collaboration import PART
from ropewalk.site.agree.collaboration.views.help import nobody_words, own_members
from ropewalk.site.agree.collaboration.workbooks import PRACTICE, practice_rows
from ropewalk.site.agree.partnership.members import spoken_for
from ropewalk.site.agree.partnership.tables import csv_file
from ropewalk.site.agree.partnership.views.frame import Question, asked, here, speaking_here
from ropewalk.site.foundation.permissions.guard import with_role


@require_safe
@with_role
def listed(request: HttpRequest, code: str) -> HttpResponse:
    """All practice that was shared, the newest first."""
    at = here(request, code)
    speaks = bool(spoken_for(at.viewer, on=at.today))
    return at.page(
        "collaboration/practice", PART, lines=practice_lines(at.place), speaks=speaks, crumb="Practice shared"
    )


@require_safe
@with_role
def practice_csv(request: HttpRequest, code: str) -> HttpResponse:
    """All practice that was shared as CSV."""
    at = here(request, code)
    return csv_file(PRACTICE, practice_rows(practice_lines(at.place)), about=f"practice {at.place.code}")


@require_http_methods(["GET", "HEAD", "POST"])
@with_role
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Share practice of one's own member."""
    at = speaking_here(request, code)
    own = own_members(at)
    form = PracticeForm(request.POST if request.method == "POST" else None, organisations=own)

    def do() -> HttpResponse:
        actions.share(form.wanted(), place=at.place, by=at.viewer, now=at.now)
        return redirect("collaboration:practice", code=code)

    lede = nobody_words(own, at) or "Share what works, with what shows it, so that others can take it up."
    back = reverse("collaboration:practice", args=[code])
    return asked(at, form, Question(PART, "Share practice", "Share it", back, lede), do, crumb="Practice shared")


@require_http_methods(["GET", "HEAD", "POST"])
@with_role
def take_up(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Say that one's own member took practice up."""
    at = speaking_here(request, code)
    rows = Practice.objects.select_related("place", "organisation")
    found: Practice = get_object_or_404(rows, pk=number, place=at.place)
    own = [one for one in own_members(at) if one.pk != found.organisation_id]
    form = TakeUpForm(request.POST if request.method == "POST" else None, organisations=own)

    def do() -> HttpResponse:
        words = form.cleaned_data["words"]
        actions.take_up(words, practice=found, organisation=form.chosen, by=at.viewer, now=at.now)
        return redirect("collaboration:practice", code=code)

    lede = f"{found.title}, shared by {found.organisation.name}: {found.words}"
    back = reverse("collaboration:practice", args=[code])
    return asked(at, form, Question(PART, "You took it up?", "Say so", back, lede), do, crumb="Practice shared")
