"""Plans of a place: reading one as it stands or stood, drafting, agreeing, and what was changed."""

from datetime import datetime, time
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_safe

from ropewalk.site.agree.partnership.members import people_of
from ropewalk.site.agree.partnership.models import Body
from ropewalk.site.agree.partnership.tables import csv_file
from ropewalk.site.agree.partnership.views.frame import Here, Question, asked, here, run_here
from ropewalk.site.agree.plan.actions import plans as actions
from ropewalk.site.agree.plan.forms import AgreeForm, MoveForm, PeopleForm, PlanForm
from ropewalk.site.agree.plan.kinds import State
from ropewalk.site.agree.plan.models import Plan
from ropewalk.site.agree.plan.selectors.changes import told
from ropewalk.site.agree.plan.selectors.minutes import decisions_of, to_bring_in
from ropewalk.site.agree.plan.selectors.plans import plan_page, plans_of
from ropewalk.site.agree.plan.ways import WAYS
from ropewalk.site.foundation.permissions.guard import holding, with_role
from ropewalk.site.foundation.permissions.permission import Permission

PART = "plan:plans"


def the_plan(at: Here, number: int) -> Plan:
    """A plan of the place. Raises Http404 for any other, and a draft for whoever does not run the partnership."""
    plan: Plan = get_object_or_404(Plan.objects.select_related("place"), pk=number, place=at.place)
    if plan.stage is State.DRAFT and not at.may_run:
        raise Http404
    return plan


def back_to(plan: Plan) -> str:
    """The address of a plan."""
    return reverse("plan:plan", args=[plan.place.code, plan.pk])


def bodies_of(at: Here) -> list[Body]:
    """Bodies in whose name something may be changed."""
    return list(Body.objects.filter(place=at.place, until=None).order_by("name"))


@require_safe
@with_role
def plans(request: HttpRequest, code: str) -> HttpResponse:
    """Every plan of a place."""
    at = here(request, code)
    found = [one for one in plans_of(at.place) if at.may_run or one.stage is not State.DRAFT]
    return at.page("plan/plans", PART, plans=found, crumb="Plans")


@require_safe
@with_role
def plan(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A plan as it stands, or with ``on`` as it stood at the end of a day."""
    at = here(request, code)
    found = the_plan(at, number)
    day = parse_date(request.GET.get("on", "")) if request.GET.get("on", "").isascii() else None
    moment = timezone.make_aware(datetime.combine(day, time.max)) if day else None
    shown = plan_page(found, on=day or at.today, at=moment)
    mine = is_asked(at, found)
    waits = at.may_run and found.stage.is_in_force and day is None
    beside: dict[str, Any] = {
        "waiting": to_bring_in(found) if waits else [],
        "decisions": [] if day else decisions_of(found),
    }
    return at.page("plan/plan", PART, found=shown, plan=found, crumb=found.title, day=day, may_agree=mine, **beside)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def new_plan(request: HttpRequest, code: str) -> HttpResponse:
    """Draft a plan."""
    at = run_here(request, code)
    form = PlanForm(request.POST or None)

    def do() -> HttpResponse:
        made = actions.draft(form.wanted(), place=at.place, by=at.viewer, now=at.now)
        return redirect("plan:plan", code=code, number=made.pk)

    back = reverse("plan:plans", args=[code])
    question = Question(PART, f"Draft a plan of {at.place.name}", "Draft it", back, template="plan/new")
    return asked(at, form, question, do, ways=WAYS)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def put(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Put a draft to those who agree it."""
    at = run_here(request, code)
    found = the_plan(at, number)
    people = {grant.account_id: grant for grant in people_of(at.place, on=at.today)}
    form = PeopleForm(request.POST or None, people=list(people.values()))

    def do() -> HttpResponse:
        actions.put(plan=found, to=form.chosen, by=at.viewer, now=at.now)
        return redirect(back_to(found))

    lede = (
        "While they are asked, nothing in it changes. It is agreed once all of them have said so, each for themselves."
    )
    question = Question(PART, f"Who agrees {found.title}", "Put it to them", back_to(found), lede)
    return asked(at, form, question, do)


@require_http_methods(["GET", "HEAD", "POST"])
@with_role
def agree(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Agree a plan, for whoever is asked; others read that they are not."""
    at = here(request, code)
    found = the_plan(at, number)
    form = AgreeForm(request.POST if request.method == "POST" else None, initial={"agrees": "yes"})
    mine = is_asked(at, found)

    def do() -> HttpResponse:
        if not mine:
            raise Http404
        actions.agree(plan=found, by=at.viewer, now=at.now)
        return redirect(back_to(found))

    lede = "You say that you agree this plan as it stands. Others see that you did, and when. It cannot be taken back."
    question = Question(PART, f"Agree {found.title}", "I agree it", back_to(found), lede, template="plan/agree")
    return asked(at, form, question, do, is_asked=mine)


def is_asked(at: Here, plan: Plan) -> bool:
    """Whether somebody is asked to agree a plan, and has not yet."""
    mine = plan.assents.filter(round=plan.round, account=at.viewer, agreed_at=None)
    return plan.stage is State.PUT and mine.exists()


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def move(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Take a plan to its next state."""
    at = run_here(request, code)
    found = the_plan(at, number)
    form = MoveForm(request.POST or None, state=found.stage, bodies=bodies_of(at))

    def do() -> HttpResponse:
        actions.move(plan=found, to=form.state, why=form.why(), by=at.viewer, now=at.now)
        return redirect(back_to(found))

    lede = f"It is {found.stage.words} now. A closed plan stays closed, and can be read."
    return asked(at, form, Question(PART, f"Where {found.title} goes", "It becomes so", back_to(found), lede), do)


@require_safe
@with_role
def changes(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What was changed in a plan, in words, the latest first."""
    at = here(request, code)
    found = the_plan(at, number)
    days = sorted({one.day for one in told(found)}, reverse=True)
    return at.page("plan/changes", PART, told=told(found), plan=found, days=days, crumb="What was changed")


@require_safe
@with_role
def changes_csv(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What was changed in a plan, to take along."""
    at = here(request, code)
    found = the_plan(at, number)
    rows = [(one.day.isoformat(), one.words, "after it was agreed" if one.later else "") for one in told(found)]
    return csv_file(("day", "change", "when"), rows, about=f"plan-{found.pk}-changes")
