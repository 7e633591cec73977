"""Targets by agreement: proposing, answering, and making one the target."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ropewalk.site.agree.partnership.views.frame import Here, Question, asked, here, run_here
from ropewalk.site.agree.plan.actions import targets as actions
from ropewalk.site.agree.plan.forms import AgreeForm, AnswerForm, ProposalForm
from ropewalk.site.agree.plan.models import Kpi, Proposal
from ropewalk.site.agree.plan.selectors.targets import target_words
from ropewalk.site.agree.plan.views.items import the_item
from ropewalk.site.agree.plan.views.plans import PART
from ropewalk.site.foundation.permissions.guard import holding, with_role
from ropewalk.site.foundation.permissions.permission import Permission


def _proposal(at: Here, number: int) -> tuple[Proposal, str, str]:
    """A proposal of the place, what it says, and the address of its KPI. Raises Http404 for any other."""
    rows = Proposal.objects.select_related("item__plan__place", "item__kpi")
    found: Proposal = get_object_or_404(rows, pk=number, item__plan__place=at.place)
    item = the_item(at, found.item_id)
    kpi = get_object_or_404(Kpi, item=item)
    words = f"Proposal {found.number}: {target_words(kpi, found)}"
    return found, f"{item.words}. {words}. {found.words}", reverse("plan:item", args=[at.place.code, item.pk])


@require_http_methods(["GET", "HEAD", "POST"])
@with_role
def propose(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Propose a target for a KPI, or revise the one proposed before."""
    at = here(request, code)
    found = the_item(at, number)
    back = reverse("plan:item", args=[code, found.pk])
    form = ProposalForm(request.POST or None)

    def do() -> HttpResponse:
        said = form.cleaned_data
        actions.propose(said["target"], said["words"], item=found, by=at.viewer, now=at.now)
        return redirect(back)

    return asked(at, form, Question(PART, "Propose a target", "Propose it", back, found.words), do)


@require_http_methods(["GET", "HEAD", "POST"])
@with_role
def answer(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Comment on a proposed target, or agree it."""
    at = here(request, code)
    found, lede, back = _proposal(at, number)
    form = AnswerForm(request.POST or None)

    def do() -> HttpResponse:
        said = form.cleaned_data
        actions.answer(said["answer"] == "agree", said["words"], proposal=found, by=at.viewer, now=at.now)
        return redirect(back)

    return asked(at, form, Question(PART, "What do you say to this target?", "Say so", back, lede), do)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def adopt(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Make a proposal the target."""
    at = run_here(request, code)
    found, lede, back = _proposal(at, number)
    form = AgreeForm(request.POST if request.method == "POST" else None, initial={"agrees": "yes"})

    def do() -> HttpResponse:
        actions.adopt(proposal=found, by=at.viewer, now=at.now)
        return redirect(back)

    return asked(at, form, Question(PART, "Make this the target?", "It is the target", back, lede), do)
