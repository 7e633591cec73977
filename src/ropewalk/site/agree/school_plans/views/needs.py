"""Needs of a school and of a place, and joint objectives made of needs that several schools share."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ropewalk.core.errors import InputRefused
from ropewalk.site.agree.partnership.members import place_run
from ropewalk.site.agree.partnership.tables import csv_file
from ropewalk.site.agree.partnership.views.frame import Question, asked
from ropewalk.site.agree.plan.kinds import State as PlanState
from ropewalk.site.agree.plan.models import Plan
from ropewalk.site.agree.school_plans.actions import needs as actions
from ropewalk.site.agree.school_plans.forms import NeedForm, ObjectiveForm, SureForm
from ropewalk.site.agree.school_plans.kinds import Topic
from ropewalk.site.agree.school_plans.rules import RULES, TOGETHER
from ropewalk.site.agree.school_plans.selectors.needs import place_needs, school_needs
from ropewalk.site.agree.school_plans.views.frame import FORM, HEAD, SEE, WRITE, here
from ropewalk.site.agree.school_plans.views.schools import POSTS, SURE
from ropewalk.site.foundation.accounts.guard import the_account
from ropewalk.site.foundation.permissions.guard import holding
from ropewalk.site.foundation.permissions.permission import Permission

OPEN = (PlanState.DRAFT, PlanState.AGREED, PlanState.LIVE, PlanState.REVIEW)
COLUMNS = ("Need", "Why", "In words", "Source")


@require_safe
@holding(SEE)
def needs(request: HttpRequest, urn: int) -> HttpResponse:
    """Needs of a school with the reasons in words, and what cannot be told."""
    at = here(request, urn)
    found = school_needs(urn, viewer=at.viewer, on=at.today)
    return at.page("needs", found=found, rules=RULES.values())


@require_safe
@holding(SEE)
def needs_csv(request: HttpRequest, urn: int) -> HttpResponse:
    """Needs of a school as CSV."""
    at = here(request, urn)
    found = school_needs(urn, viewer=at.viewer, on=at.today)
    rows = [(topic.words, one.because.words, one.words, one.source) for topic, listed in found.topics for one in listed]
    return csv_file(COLUMNS, rows, about=f"needs of {at.school.name}")


@require_http_methods(POSTS)
@holding(WRITE)
def new_need(request: HttpRequest, urn: int) -> HttpResponse:
    """Name a need."""
    at = here(request, urn, WRITE)
    form = NeedForm(request.POST or None)

    def do() -> HttpResponse:
        said = form.cleaned_data
        actions.name(Topic(said["topic"]), said["words"], urn=urn, by=at.viewer, now=at.now)
        return at.to("needs")

    lede = "Your school and its trust leader see it. The partnership sees it only if the head shares it."
    return asked(at, form, Question(FORM, "Name a need", "Name it", at.address("needs"), lede), do)


@require_http_methods(POSTS)
@holding(HEAD)
def share(request: HttpRequest, urn: int, number: int) -> HttpResponse:
    """The head shares a need with whoever runs the partnership, or takes that back."""
    at = here(request, urn, HEAD)
    found = at.need(number)
    shares = found.shared_at is None
    form = SureForm(request.POST if request.method == "POST" else None, initial=SURE)

    def do() -> HttpResponse:
        actions.share(shares, need=found, by=at.viewer, now=at.now)
        return at.to("needs")

    lede = f"“{found.words}” Whoever runs the partnership {'then reads' if shares else 'no longer reads'} these words."
    title = "Share this need with the partnership?" if shares else "Share this need no longer?"
    button = "Share it" if shares else "Share it no longer"
    return asked(at, form, Question(FORM, title, button, at.address("needs"), lede), do)


@require_http_methods(POSTS)
@holding(WRITE)
def end_need(request: HttpRequest, urn: int, number: int) -> HttpResponse:
    """A need is one no longer."""
    at = here(request, urn, WRITE)
    found = at.need(number)
    form = SureForm(request.POST if request.method == "POST" else None, initial=SURE)

    def do() -> HttpResponse:
        actions.end(need=found, by=at.viewer, now=at.now)
        return at.to("needs")

    question = Question(
        FORM, "Is this need over?", "It is over", at.address("needs"), f"“{found.words}”", is_warning=True
    )
    return asked(at, form, question, do)


@require_safe
@holding(Permission.RUN_PARTNERSHIP)
def place(request: HttpRequest, code: str) -> HttpResponse:
    """Needs of a place: what is published, and what heads share."""
    today = timezone.localdate()
    here_ = place_run(code, viewer=the_account(request), on=today)
    found = place_needs(here_, on=today)
    plans = Plan.objects.filter(place=here_, state__in=OPEN).exists()
    context = {"place": here_, "found": found, "rules": RULES.values(), "together": TOGETHER, "has_plan": plans}
    return render(request, "school_plans/place.html", context)


@require_safe
@holding(Permission.RUN_PARTNERSHIP)
def place_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Needs of a place as CSV."""
    today = timezone.localdate()
    here_ = place_run(code, viewer=the_account(request), on=today)
    rows = [
        (line.topic.words, school.school.name, one.because.words, one.words, one.source)
        for line in place_needs(here_, on=today).topics
        for school in line.schools
        for one in school.reasons
    ]
    return csv_file((COLUMNS[0], "School", *COLUMNS[1:]), rows, about=f"needs of {here_.name}")


@require_http_methods(POSTS)
@holding(Permission.RUN_PARTNERSHIP)
def objective(request: HttpRequest, code: str, topic: str) -> HttpResponse:
    """Make a joint objective of a need that several schools share."""
    viewer, today = the_account(request), timezone.localdate()
    here_ = place_run(code, viewer=viewer, on=today)
    if topic not in set(Topic):
        raise Http404
    about = Topic(topic)
    line = next((one for one in place_needs(here_, on=today).topics if one.topic is about), None)
    plans = list(Plan.objects.filter(place=here_, state__in=OPEN).order_by("-pk"))
    first = {
        "words": f"Schools of {here_.name} work together on {about.words}.",
        "plan": str(plans[0].pk) if plans else "",
    }
    form = ObjectiveForm(request.POST if request.method == "POST" else None, initial=first, plans=plans)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_objective(form.wanted(about), place=here_, by=viewer, now=timezone.now())
            return redirect("plan:item", code=code, number=made.pk)
        except InputRefused as problem:
            form.add_error(None, str(problem))
    back = reverse("school_plans:place", args=[code])
    question = Question(FORM, "Make a joint objective", "Make it an objective", back)
    context = {"place": here_, "form": form, "question": question, "line": line, "plans": plans, "first": "id_plan"}
    status = 422 if request.method == "POST" else 200
    return render(request, "school_plans/objective.html", context, status=status)
