"""Which schools somebody sees, one school's plans together, and its self-evaluation with claims and evidence."""

from datetime import date, datetime, time, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ropewalk.core.errors import NotAllowed
from ropewalk.core.publish.word_files import MEDIA_TYPE
from ropewalk.site.agree.partnership.members import places_seen
from ropewalk.site.agree.partnership.views.frame import Question, asked
from ropewalk.site.agree.school_plans.actions import claims as actions
from ropewalk.site.agree.school_plans.documents import evaluation_word
from ropewalk.site.agree.school_plans.forms import AskForm, ClaimForm, EvidenceForm, SureForm, ValidateForm
from ropewalk.site.agree.school_plans.kinds import Agreed, Area
from ropewalk.site.agree.school_plans.models import Evidence, Need, SchoolPlan, Spending, Validation
from ropewalk.site.agree.school_plans.people import lookers, school_of, schools_seen
from ropewalk.site.agree.school_plans.selectors.claims import claim_lines, claims_of, evaluation
from ropewalk.site.agree.school_plans.selectors.figures import offered
from ropewalk.site.agree.school_plans.selectors.waiting import waiting_for
from ropewalk.site.agree.school_plans.views.frame import FORM, HEAD, SEE, WRITE, Here, here
from ropewalk.site.foundation.accounts.guard import the_account
from ropewalk.site.foundation.permissions.guard import holding, with_role
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.reach import reach
from ropewalk.site.see.scorecard.files import attached

POSTS = ["GET", "HEAD", "POST"]
SURE = {"sure": "yes"}


@require_safe
@with_role
def own(request: HttpRequest) -> HttpResponse:
    """The schools whose plans somebody sees, the places whose needs they see, and what waits for them."""
    viewer, today = the_account(request), timezone.localdate()
    runs = reach(viewer, Permission.RUN_PARTNERSHIP, on=today)
    places = [one for one in places_seen(viewer, on=today) if runs.holds_place(one.code)]
    schools = schools_seen(viewer, on=today)
    context = {"schools": schools, "places": places, "waiting": waiting_for(viewer, today)}
    return render(request, "school_plans/own.html", context)


@require_safe
@holding(SEE)
def school(request: HttpRequest, urn: int) -> HttpResponse:
    """One school: its self-evaluation in numbers of claims, its needs, its plans."""
    at = here(request, urn)
    plans = SchoolPlan.objects.visible_to(at.viewer, SEE, on=at.today).filter(urn=urn).order_by("-at", "-pk")
    spending = Spending.objects.visible_to(at.viewer, SEE, on=at.today).filter(urn=urn).order_by("-year")
    needs = Need.objects.visible_to(at.viewer, SEE, on=at.today).filter(urn=urn, ended_at=None).count()
    claims = claims_of(urn, viewer=at.viewer, on=at.today).filter(withdrawn_at=None).count()
    return at.page("school", plans=list(plans), spending=list(spending), needs=needs, claims=claims)


def _day(request: HttpRequest) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return None


@require_safe
@holding(SEE)
def evaluation_page(request: HttpRequest, urn: int) -> HttpResponse:
    """The self-evaluation as it stands, or stood at the end of a day."""
    at = here(request, urn)
    day = _day(request)
    moment = timezone.make_aware(datetime.combine(day + timedelta(days=1), time())) if day else None
    found = evaluation(urn, viewer=at.viewer, on=at.today, own=at.sees_own, at=moment)
    return at.page("evaluation", found=found, day=day)


@require_safe
@holding(SEE)
def evaluation_file(request: HttpRequest, urn: int) -> HttpResponse:
    """The self-evaluation as a Word file."""
    at = here(request, urn)
    found = evaluation(urn, viewer=at.viewer, on=at.today, own=at.sees_own)
    return attached(evaluation_word(found, at.school.name), MEDIA_TYPE, f"self-evaluation {at.school.name}", "docx")


@require_http_methods(POSTS)
@holding(WRITE)
def new_claim(request: HttpRequest, urn: int) -> HttpResponse:
    """Make a claim."""
    at = here(request, urn, WRITE)
    form = ClaimForm(request.POST or None, initial={"area": request.GET.get("area", "")})

    def do() -> HttpResponse:
        area = Area(form.cleaned_data["area"])
        made = actions.claim(area, form.said(), urn=urn, by=at.viewer, now=at.now)
        return at.to("claim", made.pk)

    lede = "Say one thing that the school knows of itself. Evidence is added next."
    return asked(at, form, Question(FORM, "Make a claim", "Make it", at.address("evaluation"), lede), do)


@require_safe
@holding(SEE)
def claim(request: HttpRequest, urn: int, number: int) -> HttpResponse:
    """One claim: its words, evidence, what others say, and its earlier versions."""
    at = here(request, urn)
    found = at.claim(number)
    [line] = claim_lines(urn, [found], own=at.sees_own)
    versions = found.versions.select_related("by").order_by("-number")
    rests = found.priorities.filter(priority__struck_out=False).select_related("priority__plan").order_by("pk")
    return at.page("claim", line=line, versions=list(versions), rests=list(rests))


@require_http_methods(POSTS)
@holding(WRITE)
def change_claim(request: HttpRequest, urn: int, number: int) -> HttpResponse:
    """Say a claim anew."""
    at = here(request, urn, WRITE)
    found = at.claim(number)
    newest = found.versions.order_by("-number")[0]
    first = {"words": newest.words, "judgement": newest.judgement}
    form = ClaimForm(request.POST if request.method == "POST" else None, initial=first, with_area=False)

    def do() -> HttpResponse:
        actions.change(form.said(), claim=found, by=at.viewer, now=at.now)
        return at.to("claim", number)

    lede = "What it said before is kept. Whoever validated it validated those words."
    return asked(at, form, Question(FORM, "Say the claim anew", "Keep it", at.address("claim", number), lede), do)


@require_http_methods(POSTS)
@holding(WRITE)
def withdraw_claim(request: HttpRequest, urn: int, number: int) -> HttpResponse:
    """Withdraw a claim."""
    at = here(request, urn, WRITE)
    found = at.claim(number)
    form = SureForm(request.POST if request.method == "POST" else None, initial=SURE)

    def do() -> HttpResponse:
        actions.withdraw(claim=found, by=at.viewer, now=at.now)
        return at.to("evaluation")

    lede = "It no longer stands in the self-evaluation. What it said, and on which days, is kept."
    question = Question(FORM, "Withdraw the claim?", "Withdraw it", at.address("claim", number), lede, is_warning=True)
    return asked(at, form, question, do)


@require_http_methods(POSTS)
@holding(WRITE)
def evidence(request: HttpRequest, urn: int, number: int) -> HttpResponse:
    """Add evidence to a claim."""
    at = here(request, urn, WRITE)
    found = at.claim(number)
    form = EvidenceForm(request.POST if request.method == "POST" else None, figures=offered(urn, own=at.sees_own))

    def do() -> HttpResponse:
        actions.show(form.shown(), claim=found, by=at.viewer, now=at.now)
        return at.to("claim", number)

    return asked(at, form, Question(FORM, "Add evidence", "Add it", at.address("claim", number)), do)


@require_http_methods(POSTS)
@holding(WRITE)
def take_back(request: HttpRequest, urn: int, number: int) -> HttpResponse:
    """Take evidence back."""
    at = here(request, urn, WRITE)
    found = get_object_or_404(Evidence.objects.select_related("claim"), pk=number, claim__urn=urn)
    form = SureForm(request.POST if request.method == "POST" else None, initial=SURE)

    def do() -> HttpResponse:
        actions.take_back(evidence=found, by=at.viewer, now=at.now)
        return at.to("claim", found.claim_id)

    back = at.address("claim", found.claim_id)
    return asked(at, form, Question(FORM, "Take this evidence back?", "Take it back", back, is_warning=True), do)


@require_http_methods(POSTS)
@holding(HEAD)
def ask(request: HttpRequest, urn: int, number: int) -> HttpResponse:
    """The head asks somebody to look at a claim."""
    at = here(request, urn, HEAD)
    found = at.claim(number)
    form = AskForm(request.POST if request.method == "POST" else None, people=lookers(urn, at.today))

    def do() -> HttpResponse:
        who = form.people[form.cleaned_data["who"]].account
        actions.ask(who, form.cleaned_data["due"], claim=found, by=at.viewer, now=at.now)
        return at.to("claim", number)

    lede = (
        "They see this claim and its evidence, and nothing else of the school. Figures of your own returns stay closed."
    )
    return asked(
        at, form, Question(FORM, "Ask somebody to look at it", "Ask them", at.address("claim", number), lede), do
    )


@require_http_methods(POSTS)
@with_role
def validate(request: HttpRequest, urn: int, number: int) -> HttpResponse:
    """Whoever was asked says whether they agree with a claim; whoever sees the school's plans reads what was asked."""
    viewer, today = the_account(request), timezone.localdate()
    rows = Validation.objects.select_related("version__claim", "asked", "by")
    found = get_object_or_404(rows, pk=number, version__claim__urn=urn)
    sees = reach(viewer, SEE, on=today).holds_school(urn)
    if found.asked_id != viewer.pk and not sees:
        raise Http404
    at = Here(request, urn, school_of(urn), viewer, today)
    form = ValidateForm(request.POST if request.method == "POST" else None)

    def do() -> HttpResponse:
        said = form.cleaned_data
        try:
            actions.validate(Agreed(said["agreed"]), said["words"], validation=found, by=viewer, now=at.now)
        except NotAllowed as problem:
            raise Http404 from problem
        return redirect("school_plans:validate", urn, number)

    [line] = claim_lines(urn, [found.version.claim], own=sees and at.sees_own)
    back = at.address("claim", found.version.claim_id) if sees else "/school-plans/"
    question = Question(FORM, f"A claim of {at.school.name}", "Say so", back, template="validate")
    may_say = found.asked_id == viewer.pk and not found.agreed and found.version.claim.withdrawn_at is None
    shown = {"found": found, "line": line, "may_say": may_say, "sees": sees}
    return asked(at, form, question, do, **shown)
