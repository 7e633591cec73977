"""A school's plan: priorities, actions, support, where it stands, and its files."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_safe

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.publish.word_files import MEDIA_TYPE
from ropewalk.site.agree.partnership.views.frame import Question, asked
from ropewalk.site.agree.plan.kinds import Status
from ropewalk.site.agree.school_plans.actions import plans as actions
from ropewalk.site.agree.school_plans.documents import SHEET, plan_sheet, plan_word
from ropewalk.site.agree.school_plans.forms import (
    ActionForm,
    BecauseForm,
    MoveForm,
    PlanForm,
    PriorityForm,
    ReportForm,
    SupportForm,
)
from ropewalk.site.agree.school_plans.kinds import Comes, State
from ropewalk.site.agree.school_plans.models import Action, Priority
from ropewalk.site.agree.school_plans.people import places_of, staff_of
from ropewalk.site.agree.school_plans.selectors.claims import evaluation
from ropewalk.site.agree.school_plans.selectors.figures import Chosen, measurable
from ropewalk.site.agree.school_plans.selectors.plans import objectives_of, plan_page
from ropewalk.site.agree.school_plans.views.frame import FORM, HEAD, SEE, WRITE, Here, here
from ropewalk.site.agree.school_plans.views.schools import POSTS
from ropewalk.site.foundation.organisations.membership import members_of
from ropewalk.site.foundation.organisations.models import Organisation
from ropewalk.site.foundation.permissions.guard import holding
from ropewalk.site.see.scorecard.files import attached


@require_safe
@holding(SEE)
def plan(request: HttpRequest, urn: int, number: int) -> HttpResponse:
    """A plan as it stands, and every change in words."""
    at = here(request, urn)
    found = at.plan(number)
    may_change = at.may(HEAD) or (at.may(WRITE) and found.stage is State.DRAFT)
    may_change = may_change and found.stage is not State.CLOSED
    return at.page("plan", found=plan_page(found, on=at.today), plan=found, may_change=may_change)


@require_safe
@holding(SEE)
def plan_word_file(request: HttpRequest, urn: int, number: int) -> HttpResponse:
    """A plan as a Word file."""
    at = here(request, urn)
    found = at.plan(number)
    content = plan_word(plan_page(found, on=at.today), at.school.name)
    return attached(content, MEDIA_TYPE, f"{found.title} {at.school.name}", "docx")


@require_safe
@holding(SEE)
def plan_sheet_file(request: HttpRequest, urn: int, number: int) -> HttpResponse:
    """A plan as a spreadsheet."""
    at = here(request, urn)
    found = at.plan(number)
    return attached(plan_sheet(plan_page(found, on=at.today)), SHEET, f"{found.title} {at.school.name}", "xlsx")


@require_http_methods(POSTS)
@holding(WRITE)
def new_plan(request: HttpRequest, urn: int) -> HttpResponse:
    """Begin a plan."""
    at = here(request, urn, WRITE)
    form = PlanForm(request.POST or None)

    def do() -> HttpResponse:
        return at.to("plan", actions.draft(form.cleaned_data["title"], urn=urn, by=at.viewer, now=at.now).pk)

    lede = "A draft is seen by your school and its trust leader. It counts once the head approves it."
    return asked(at, form, Question(FORM, "Begin a school plan", "Begin it", at.address("school"), lede), do)


def _priority_form(at: Here, first: dict[str, object] | None = None, own: Priority | None = None) -> PriorityForm:
    posted = at.request.POST if at.request.method == "POST" else None
    figures = measurable(at.urn)
    if own is not None and own.measure:
        key = _begins(own)
        figures = [*figures, *([(key, "As it is now")] if key not in dict(figures) else [])]
    lines = evaluation(at.urn, viewer=at.viewer, on=at.today, own=at.sees_own).lines
    objectives = objectives_of(at.urn, on=at.today)
    return PriorityForm(posted, initial=first, lines=lines, objectives=objectives, figures=figures)


def _begins(own: Priority) -> str:
    return Chosen(Comes.PUBLISHED, own.measure, own.phase, own.group, own.period).key


@require_http_methods(POSTS)
@holding(WRITE)
def new_priority(request: HttpRequest, urn: int, number: int) -> HttpResponse:
    """Add a priority to a plan."""
    at = here(request, urn, WRITE)
    found = at.plan(number)
    form = _priority_form(at)

    def do() -> HttpResponse:
        actions.prioritise(form.wanted(), plan=found, by=at.viewer, now=at.now)
        return at.to("plan", number)

    lede = "Few priorities are followed. Each rests on what the school says of itself."
    return asked(at, form, Question(FORM, "Add a priority", "Add it", at.address("plan", number), lede), do)


def _priority(at: Here, number: int) -> Priority:
    """A priority of the school. Raises Http404 for any other."""
    found: Priority = get_object_or_404(Priority.objects.select_related("plan"), pk=number, plan__urn=at.urn)
    at.plan(found.plan_id)
    return found


@require_http_methods(POSTS)
@holding(WRITE)
def change_priority(request: HttpRequest, urn: int, number: int) -> HttpResponse:
    """Say a priority anew."""
    at = here(request, urn, WRITE)
    own = _priority(at, number)
    first: dict[str, object] = {
        "words": own.words,
        "expected": own.expected,
        "claims": [str(pk) for pk in own.links.values_list("claim", flat=True)],
        "objective": str(own.objective_id or ""),
        "figure": _begins(own) if own.measure else "",
        "target": own.target,
        "by_period": own.by_period,
    }
    form = _priority_form(at, first, own)

    def do() -> HttpResponse:
        actions.change_priority(form.wanted(), priority=own, by=at.viewer, now=at.now)
        return at.to("plan", own.plan_id)

    return asked(
        at, form, Question(FORM, f"Change priority {own.number}", "Keep it", at.address("plan", own.plan_id)), do
    )


@require_http_methods(POSTS)
@holding(WRITE)
def strike_out(request: HttpRequest, urn: int, number: int) -> HttpResponse:
    """Strike a priority out."""
    at = here(request, urn, WRITE)
    own = _priority(at, number)
    form = BecauseForm(request.POST or None)

    def do() -> HttpResponse:
        actions.strike_out(priority=own, because=form.cleaned_data["because"], by=at.viewer, now=at.now)
        return at.to("plan", own.plan_id)

    back, lede = at.address("plan", own.plan_id), f"“{own.words}” It stays on record with your reason."
    return asked(at, form, Question(FORM, f"Strike priority {own.number} out", "Strike it out", back, lede, True), do)


@require_http_methods(POSTS)
@holding(WRITE)
def new_action(request: HttpRequest, urn: int, number: int) -> HttpResponse:
    """Add an action to a priority."""
    at = here(request, urn, WRITE)
    own = _priority(at, number)
    form = ActionForm(request.POST or None, staff=staff_of(urn, at.today))

    def do() -> HttpResponse:
        actions.act(form.promise(), priority=own, by=at.viewer, now=at.now)
        return at.to("plan", own.plan_id)

    return asked(at, form, Question(FORM, "Add an action", "Add it", at.address("plan", own.plan_id), own.words), do)


def _action(at: Here, number: int) -> Action:
    """An action of the school. Raises Http404 for any other."""
    rows = Action.objects.select_related("priority__plan", "owner")
    found: Action = get_object_or_404(rows, pk=number, priority__plan__urn=at.urn)
    at.plan(found.priority.plan_id)
    return found


@require_http_methods(POSTS)
@holding(WRITE)
def change_action(request: HttpRequest, urn: int, number: int) -> HttpResponse:
    """Say an action anew."""
    at = here(request, urn, WRITE)
    own = _action(at, number)
    first = {
        "words": own.words,
        "owner": str(own.owner_id or ""),
        "begins": own.begins.isoformat() if own.begins else "",
        "due": own.due.isoformat() if own.due else "",
        "pence": "" if own.pence is None else f"{own.pence // 100}.{own.pence % 100:02}",
    }
    posted = request.POST if request.method == "POST" else None
    form = ActionForm(posted, initial=first, staff=staff_of(urn, at.today))

    def do() -> HttpResponse:
        actions.change_action(form.promise(), action=own, by=at.viewer, now=at.now)
        return at.to("plan", own.priority.plan_id)

    return asked(at, form, Question(FORM, "Change an action", "Keep it", at.address("plan", own.priority.plan_id)), do)


@require_http_methods(POSTS)
@holding(WRITE)
def report(request: HttpRequest, urn: int, number: int) -> HttpResponse:
    """Say how an action stands."""
    at = here(request, urn, WRITE)
    own = _action(at, number)
    posted = request.POST if request.method == "POST" else None
    form = ReportForm(posted, initial={"status": own.status, "words": own.note})

    def do() -> HttpResponse:
        if own.owner_id != at.viewer.pk and not at.may(HEAD):
            raise InputRefused(
                [Problem("This is somebody else’s.", "Whoever does it, or the head, says how it stands.")]
            )
        said = form.cleaned_data
        actions.report(Status(said["status"]), said["words"], action=own, by=at.viewer, now=at.now)
        return at.to("plan", own.priority.plan_id)

    question = Question(FORM, "How does it stand?", "Say so", at.address("plan", own.priority.plan_id), own.words)
    return asked(at, form, question, do)


def _helpers(at: Here) -> list[Organisation]:
    found = {one.pk: one for place in places_of(at.urn, at.today) for one in members_of(place, at.today)}
    return sorted((one for one in found.values() if one.pk != at.school.pk), key=lambda one: one.name.casefold())


@require_http_methods(POSTS)
@holding(WRITE)
def support(request: HttpRequest, urn: int, number: int) -> HttpResponse:
    """Write down support that was received."""
    at = here(request, urn, WRITE)
    own = _priority(at, number)
    form = SupportForm(request.POST or None, organisations=_helpers(at))

    def do() -> HttpResponse:
        actions.receive(form.helped(), priority=own, by=at.viewer, now=at.now)
        return at.to("plan", own.plan_id)

    question = Question(FORM, "Write down support", "Write it down", at.address("plan", own.plan_id), own.words)
    return asked(at, form, question, do)


@require_http_methods(POSTS)
@holding(HEAD)
def move(request: HttpRequest, urn: int, number: int) -> HttpResponse:
    """The head approves, reviews or closes a plan."""
    at = here(request, urn, HEAD)
    found = at.plan(number)
    form = MoveForm(request.POST or None, states=found.stage.next)

    def do() -> HttpResponse:
        actions.move(form.move(), plan=found, by=at.viewer, now=at.now)
        return at.to("plan", number)

    lede = "When it is approved, what each measure begins from is frozen. It cannot be a draft again."
    return asked(
        at, form, Question(FORM, "Where does the plan go next?", "Say so", at.address("plan", number), lede), do
    )
