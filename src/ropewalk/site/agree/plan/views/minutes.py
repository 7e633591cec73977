"""What meetings minuted: bringing it into the plan, and choosing under what an action of it stands."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ropewalk.site.agree.partnership.views.frame import Question, asked, run_here
from ropewalk.site.agree.plan.actions import minutes as actions
from ropewalk.site.agree.plan.forms import AgreeForm, UnderForm
from ropewalk.site.agree.plan.kinds import ItemKind
from ropewalk.site.agree.plan.models import Origin
from ropewalk.site.agree.plan.selectors.minutes import to_bring_in
from ropewalk.site.agree.plan.selectors.plans import nodes_of
from ropewalk.site.agree.plan.views.items import the_item
from ropewalk.site.agree.plan.views.plans import PART, back_to, the_plan
from ropewalk.site.foundation.permissions.guard import holding
from ropewalk.site.foundation.permissions.permission import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def bring_in(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Bring in what meetings minuted and the plan does not have."""
    at = run_here(request, code)
    found = the_plan(at, number)
    form = AgreeForm(request.POST if request.method == "POST" else None, initial={"agrees": "yes"})

    def do() -> HttpResponse:
        actions.bring_in(plan=found, by=at.viewer, now=at.now)
        return redirect(back_to(found))

    waiting = to_bring_in(found)
    title = "Bring in what meetings minuted?"
    question = Question(PART, title, "Bring it in", back_to(found), template="plan/bring_in")
    return asked(at, form, question, do, waiting=waiting, plan=found)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def under(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Choose under which part of the plan an action of a meeting stands."""
    at = run_here(request, code)
    found = the_item(at, number)
    if not Origin.objects.filter(item=found).exists():
        raise Http404
    nodes = [node for node in nodes_of(found.plan) if node.item.sort in {ItemKind.STRAND, ItemKind.OBJECTIVE}]
    form = UnderForm(request.POST or None, initial={"parent": str(found.parent_id or "")}, nodes=nodes)

    def do() -> HttpResponse:
        actions.stand_under(form.chosen, item=found, by=at.viewer, now=at.now)
        return redirect(back)

    back = reverse("plan:item", args=[code, found.pk])
    return asked(at, form, Question(PART, "Under what does it stand?", "Let it stand there", back, found.words), do)
