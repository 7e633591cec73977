"""Due diligence on schools and trusts, for those it concerns."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ropewalk.site.agree.partnership.actions import diligence as actions
from ropewalk.site.agree.partnership.diligence_forms import AnswerForm, DiligenceForm, FindingForm, ReaderForm
from ropewalk.site.agree.partnership.forms import LastDayForm
from ropewalk.site.agree.partnership.members import people_of
from ropewalk.site.agree.partnership.models import Diligence, DiligenceReader, Finding, Meeting
from ropewalk.site.agree.partnership.selectors.belonging import looked_into
from ropewalk.site.agree.partnership.selectors.diligence import (
    answers_for,
    diligence_page,
    diligence_seen,
    seen_diligences,
)
from ropewalk.site.agree.partnership.tables import csv_file
from ropewalk.site.agree.partnership.views.frame import Here, Question, asked, here, run_here
from ropewalk.site.foundation.numbers import long_date
from ropewalk.site.foundation.papers.answers import download_response
from ropewalk.site.foundation.papers.limits import takes_a_paper
from ropewalk.site.foundation.permissions.guard import holding, with_role
from ropewalk.site.foundation.permissions.permission import Permission

PART = "diligences"
# How many meetings a finding may choose its minutes from: the latest.
MINUTES = 40


@require_safe
@with_role
def diligences(request: HttpRequest, code: str) -> HttpResponse:
    """Records that somebody may read."""
    at = here(request, code)
    found = seen_diligences(at.place, viewer=at.viewer, may_run=at.may_run, on=at.today)
    return at.page("diligences", PART, found=found, crumb="Due diligence")


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def new_diligence(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a record on a school or trust."""
    at = run_here(request, code)
    form = DiligenceForm(request.POST or None, organisations=looked_into(at.place, on=at.today))

    def do() -> HttpResponse:
        said = {"organisation": form.chosen, "why": form.cleaned_data["why"]}
        made = actions.begin_diligence(place=at.place, **said, by=at.viewer, now=at.now)
        return redirect("partnership:diligence", code=code, number=made.pk)

    back = reverse("partnership:diligences", args=[code])
    lede = "Read by the school or trust itself, by whoever runs the partnership, and by people you name."
    return asked(at, form, Question(PART, "Begin due diligence", "Begin it", back, lede), do)


@require_safe
@with_role
def diligence(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One record: what was found, what shows it, what follows, what the school or trust says."""
    at = here(request, code)
    found = _seen(at, number)
    page = diligence_page(found, on=at.today)
    answers = answers_for(at.viewer, found.organisation, on=at.today)
    return at.page("diligence", PART, found=page, one=found, answers=answers, crumb=found.organisation.name)


@require_safe
@with_role
def diligence_csv(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The findings of a record as CSV, as they stand."""
    at = here(request, code)
    found = _seen(at, number)
    rows = []
    for shown in diligence_page(found, on=at.today).findings:
        one, said = shown.finding, " / ".join(word.words for word in shown.answers)
        days = (one.looked_on.isoformat(), one.due.isoformat() if one.due else "")
        rows.append([one.area_words, one.question, one.words, days[0], one.looked_by, one.link, one.follows])
        rows[-1] += [days[1], said, str(one.version)]
    head = ["About", "Question", "Found", "Looked at on", "By", "Link", "What follows", "By when", "Answer", "Version"]
    return csv_file(head, rows, about=f"due diligence {found.organisation.name}")


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
@takes_a_paper
def new_finding(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Write down what was found of another question."""
    at = run_here(request, code)
    return _ask_finding(at, _seen(at, number), None)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
@takes_a_paper
def change_finding(request: HttpRequest, code: str, number: int, finding: int) -> HttpResponse:
    """Write the next version of a finding; the one before stays beside it."""
    at = run_here(request, code)
    record = _seen(at, number)
    latest = Finding.objects.filter(diligence=record, number=finding).order_by("-version").first()
    if latest is None:
        raise Http404
    return _ask_finding(at, record, latest)


def _ask_finding(at: Here, record: Diligence, latest: Finding | None) -> HttpResponse:
    rows = Meeting.objects.filter(body__place=at.place, starts_at__lte=at.now, called_off_at=None)
    meetings = list(rows.select_related("body").order_by("-starts_at")[:MINUTES])
    if latest is not None and latest.minutes is not None and latest.minutes not in meetings:
        meetings.append(latest.minutes)
    request = at.request
    initial = {"looked_on": at.today.isoformat(), "looked_by": at.viewer.name}
    if latest is not None:
        initial = {name: getattr(latest, name) for name in ("area", "question", "words", "looked_by", "link")}
        initial |= {"looked_on": latest.looked_on.isoformat(), "minutes": str(latest.minutes_id or "")}
        initial |= {"follows": latest.follows, "due": latest.due.isoformat() if latest.due else ""}
    form = FindingForm(request.POST or None, request.FILES or None, request=request, meetings=meetings, initial=initial)

    def do() -> HttpResponse:
        number = latest.number if latest else None
        actions.find(form.found(), diligence=record, number=number, by=at.viewer, now=at.now)
        return redirect("partnership:diligence", code=at.place.code, number=record.pk)

    back = reverse("partnership:diligence", args=[at.place.code, record.pk])
    what = "Find anew" if latest else "What was found"
    lede = "What stood there before stays beside it." if latest else ""
    return asked(at, form, Question(PART, f"{what}: {record.organisation.name}", "Write it down", back, lede), do)


@require_safe
@with_role
def finding_paper(request: HttpRequest, code: str, number: int, finding: int) -> HttpResponse:
    """The file that shows a finding (by the id of its version), to take along."""
    at = here(request, code)
    found = get_object_or_404(Finding.objects.select_related("paper"), pk=finding, diligence=_seen(at, number))
    if found.paper is None:
        raise Http404
    return download_response(found.paper)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.ANSWER_DILIGENCE)
def answer(request: HttpRequest, code: str, number: int, finding: int) -> HttpResponse:
    """A school or trust answers a finding, or the whole record (0)."""
    at = here(request, code)
    record = _seen(at, number)
    if not answers_for(at.viewer, record.organisation, on=at.today):
        raise Http404
    latest = Finding.objects.filter(diligence=record, number=finding).order_by("-version").first()
    if finding and latest is None:
        raise Http404
    form = AnswerForm(request.POST or None)

    def do() -> HttpResponse:
        words = form.cleaned_data["words"]
        actions.answer(diligence=record, number=finding, words=words, by=at.viewer, now=at.now)
        return redirect("partnership:diligence", code=code, number=record.pk)

    back = reverse("partnership:diligence", args=[code, record.pk])
    title = f"Answer: {latest.question}" if latest else f"Answer for {record.organisation.name}"
    return asked(at, form, Question(PART, title, "Answer", back, latest.words if latest else ""), do)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def new_reader(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Let somebody else read a record."""
    at = run_here(request, code)
    record = _seen(at, number)
    people = people_of(at.place, on=at.today)
    form = ReaderForm(request.POST or None, people=people, initial={"begins": at.today.isoformat()})

    def do() -> HttpResponse:
        account = form.people[form.cleaned_data["account"]]
        actions.let_read(
            diligence=record, account=account, begins=form.cleaned_data["begins"], by=at.viewer, now=at.now
        )
        return redirect("partnership:diligence", code=code, number=record.pk)

    back = reverse("partnership:diligence", args=[code, record.pk])
    title = f"Who else may read: {record.organisation.name}"
    return asked(at, form, Question(PART, title, "Let them read it", back, "The school or trust sees their name."), do)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def end_reader(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Somebody may read a record no longer."""
    at = run_here(request, code)
    rows = DiligenceReader.objects.select_related("diligence__place", "diligence__organisation", "account")
    found = get_object_or_404(rows, pk=number, diligence__place=at.place)
    form = LastDayForm(request.POST or None, initial={"until": at.today.isoformat()})

    def do() -> HttpResponse:
        actions.end_reading(reader=found, until=form.cleaned_data["until"], by=at.viewer, now=at.now)
        return redirect("partnership:diligence", code=code, number=found.diligence_id)

    back = reverse("partnership:diligence", args=[code, found.diligence_id])
    title = f"{found.account.name} reads it no longer"
    lede = f"They may read it since {long_date(found.begins)}. From the day after the last day they do not see it."
    return asked(at, form, Question(PART, title, "Name the last day", back, lede, is_warning=True), do)


def _seen(at: Here, number: int) -> Diligence:
    return diligence_seen(at.place, number, viewer=at.viewer, may_run=at.may_run, on=at.today)
