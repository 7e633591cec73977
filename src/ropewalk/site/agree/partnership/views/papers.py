"""Papers of a meeting and its minutes as a document."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ropewalk.core.publish.word_files import MEDIA_TYPE
from ropewalk.site.agree.partnership.actions.papers import put_paper, take_paper_away
from ropewalk.site.agree.partnership.minutes import minutes
from ropewalk.site.agree.partnership.models import MeetingPaper
from ropewalk.site.agree.partnership.selectors.meetings import meeting_page
from ropewalk.site.agree.partnership.views.frame import Here, Question, asked, here, run_here
from ropewalk.site.agree.partnership.views.meetings import PART, the_meeting, title_of
from ropewalk.site.foundation.papers.answers import download_response
from ropewalk.site.foundation.papers.forms import PaperForm, RemovalForm
from ropewalk.site.foundation.papers.limits import takes_a_paper
from ropewalk.site.foundation.permissions.guard import holding, with_role
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.see.scorecard.files import attached


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
@takes_a_paper
def new_paper(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Put a paper to a meeting."""
    at = run_here(request, code)
    found = the_meeting(at, number)
    form = PaperForm(request.POST or None, request.FILES or None, request=request)

    def do() -> HttpResponse:
        said = form.cleaned_data
        put_paper(said["file"], title=said["title"], meeting=found, by=at.viewer, now=at.now)
        return redirect(f"{back}#papers")

    back = reverse("partnership:meeting", args=[code, found.pk])
    lede = "Whoever sees the meeting sees it, with your name and the day."
    return asked(at, form, Question(PART, f"Put a paper: {title_of(found)}", "Put it there", back, lede), do)


@require_safe
@with_role
def paper(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A paper of a meeting, to take along."""
    return download_response(_the_paper(here(request, code), number).paper)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def delete_paper(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Delete a paper; that it was there stays."""
    at = run_here(request, code)
    found = _the_paper(at, number)
    form = RemovalForm(request.POST if request.method == "POST" else None)

    def do() -> HttpResponse:
        take_paper_away(found, because=form.cleaned_data["because"], by=at.viewer, now=at.now)
        return redirect(f"{back}#papers")

    back = reverse("partnership:meeting", args=[code, found.meeting_id])
    lede = "Its content goes and cannot be brought back. That it was here, and why it was deleted, stays."
    question = Question(PART, f"Delete “{found.paper.title}”", "Delete it", back, lede, is_warning=True)
    return asked(at, form, question, do)


@require_safe
@with_role
def minutes_file(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The minutes as a Word document."""
    at = here(request, code)
    found = meeting_page(the_meeting(at, number), now=at.now)
    if not found.has_begun or found.meeting.called_off_at is not None:
        raise Http404("There are no minutes of a meeting that was not held.")
    return attached(minutes(found, now=at.now), MEDIA_TYPE, f"minutes {title_of(found.meeting)}", "docx")


def _the_paper(at: Here, number: int) -> MeetingPaper:
    rows = MeetingPaper.objects.select_related("paper", "meeting__body__place")
    found: MeetingPaper = get_object_or_404(rows, pk=number, meeting__body__place=at.place)
    return found
