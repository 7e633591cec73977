"""The parts of a plan: one of them, adding, changing, saying how it stands, striking out, evidence."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ropewalk.site.agree.partnership.members import people_of
from ropewalk.site.agree.partnership.models import Meeting
from ropewalk.site.agree.partnership.views.frame import Here, Question, asked, here, run_here
from ropewalk.site.agree.plan.actions import items as actions
from ropewalk.site.agree.plan.forms import EvidenceForm, ItemForm, ReportForm, WhyForm, first_said
from ropewalk.site.agree.plan.kinds import Status
from ropewalk.site.agree.plan.models import Item, Kpi, Plan
from ropewalk.site.agree.plan.selectors.changes import told
from ropewalk.site.agree.plan.selectors.measuring import described, measured, table_of
from ropewalk.site.agree.plan.selectors.plans import item_page, nodes_of
from ropewalk.site.agree.plan.selectors.targets import proposals_of
from ropewalk.site.agree.plan.trajectory import RULE
from ropewalk.site.agree.plan.views.plans import PART, back_to, bodies_of, the_plan
from ropewalk.site.foundation.organisations.membership import members_of
from ropewalk.site.foundation.permissions.guard import holding, with_role
from ropewalk.site.foundation.permissions.permission import Permission


@require_safe
@with_role
def item(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One part of a plan: who promised it, by when, how it stands, what shows it, what was changed."""
    at = here(request, code)
    found = the_item(at, number)
    shown = item_page(found, on=at.today)
    mine = at.may_run or found.owner_id == at.viewer.pk
    kpi = Kpi.objects.filter(item=found).select_related("item").first()
    shown_kpi = measured(kpi) if kpi else None
    drawn = described(shown_kpi) if kpi and shown_kpi and table_of(kpi) else ""
    context: dict[str, Any] = {"measured": shown_kpi, "drawn": drawn, "rule": RULE, "is_mine": mine}
    context["proposals"] = proposals_of(kpi) if kpi else []
    log, crumb = told(found.plan, of=found), found.words[:60]
    return at.page("plan/item", PART, crumb=crumb, found=shown, item=found, plan=found.plan, told=log, **context)


def the_item(at: Here, number: int) -> Item:
    """A part of a plan of the place. Raises Http404 for any other."""
    rows = Item.objects.select_related("plan__place", "owner", "organisation", "waits_for")
    found: Item = get_object_or_404(rows, pk=number, plan__place=at.place)
    the_plan(at, found.plan_id)
    return found


def own_item(at: Here, number: int) -> Item:
    """A part of a plan that somebody owns, or whose plan they run. Raises Http404 for any other."""
    found = the_item(at, number)
    if not at.may_run and found.owner_id != at.viewer.pk:
        raise Http404
    return found


def _back(item: Item) -> str:
    return reverse("plan:item", args=[item.plan.place.code, item.pk])


def _form(at: Here, plan: Plan, own: Item | None = None) -> ItemForm:
    people = {grant.account_id: grant for grant in people_of(at.place, on=at.today)}
    return ItemForm(
        at.request.POST if at.request.method == "POST" else None,
        initial=first_said(own) if own else {"parent": at.request.GET.get("under", "")},
        people=list(people.values()),
        organisations=members_of(at.place, at.today),
        nodes=nodes_of(plan),
        bodies=bodies_of(at),
        own=own,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def new_item(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Add a part to a plan."""
    at = run_here(request, code)
    plan = the_plan(at, number)
    form = _form(at, plan)

    def do() -> HttpResponse:
        made = actions.add(form.sort, form.promise(), plan=plan, why=form.why(), by=at.viewer, now=at.now)
        return redirect(_back(made))

    return asked(at, form, Question(PART, f"Add to {plan.title}", "Add it", back_to(plan)), do)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def change_item(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Change what a part of a plan says."""
    at = run_here(request, code)
    found = the_item(at, number)
    form = _form(at, found.plan, found)

    def do() -> HttpResponse:
        actions.change(form.promise(), item=found, why=form.why(), by=at.viewer, now=at.now)
        return redirect(_back(found))

    lede = "What it said before stays on record."
    return asked(at, form, Question(PART, f"Change the {found.sort.words}", "Keep it", _back(found), lede), do)


@require_http_methods(["GET", "HEAD", "POST"])
@with_role
def report(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Say how a part of a plan stands: whoever owns it, or runs the partnership."""
    at = here(request, code)
    found = own_item(at, number)
    form = ReportForm(request.POST or None, initial={"status": found.status, "words": found.note})

    def do() -> HttpResponse:
        status, words = form.cleaned_data["status"], form.cleaned_data["words"]
        actions.report(Status(status), words, item=found, by=at.viewer, now=at.now)
        return redirect(_back(found))

    return asked(at, form, Question(PART, "How does it stand?", "Say so", _back(found), found.words), do)


@require_http_methods(["GET", "HEAD", "POST"])
@with_role
def evidence(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Add what shows that something was done: whoever owns it, or runs the partnership."""
    at = here(request, code)
    found = own_item(at, number)
    meetings = Meeting.objects.filter(body__place=at.place, starts_at__lte=at.now).select_related("body")
    form = EvidenceForm(request.POST or None, meetings=list(meetings.order_by("-starts_at")[:100]))

    def do() -> HttpResponse:
        actions.show(form.shown(), item=found, by=at.viewer, now=at.now)
        return redirect(_back(found))

    return asked(at, form, Question(PART, "What shows it?", "Add it", _back(found), found.words), do)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def strike_out(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Strike out a part of a plan, with what stands under it."""
    at = run_here(request, code)
    found = the_item(at, number)
    form = WhyForm(request.POST or None, bodies=bodies_of(at))

    def do() -> HttpResponse:
        actions.strike_out(item=found, why=form.why(), by=at.viewer, now=at.now)
        return redirect(back_to(found.plan))

    lede = f"“{found.words}” and all that stands under it. It stays on record, and this cannot be undone."
    question = Question(PART, "Strike this out?", "Strike it out", _back(found), lede, is_warning=True)
    return asked(at, form, question, do)
