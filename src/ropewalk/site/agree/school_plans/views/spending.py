"""A school's disadvantage plan: the amount, challenges, choices with costs, review."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_safe

from ropewalk.core.publish.word_files import MEDIA_TYPE
from ropewalk.site.agree.partnership.views.frame import Question, asked
from ropewalk.site.agree.plan.forms import measures_offered
from ropewalk.site.agree.school_plans.actions import spending as actions
from ropewalk.site.agree.school_plans.documents import spending_word
from ropewalk.site.agree.school_plans.forms import ChallengeForm, ChoiceForm, MoveForm, SpendingForm, SureForm
from ropewalk.site.agree.school_plans.kinds import State
from ropewalk.site.agree.school_plans.models import Challenge, Choice
from ropewalk.site.agree.school_plans.selectors.spending import counted, spending_page
from ropewalk.site.agree.school_plans.views.frame import FORM, HEAD, SEE, WRITE, here
from ropewalk.site.agree.school_plans.views.schools import POSTS, SURE
from ropewalk.site.foundation.permissions.guard import holding
from ropewalk.site.see.scorecard.files import attached


@require_http_methods(POSTS)
@holding(WRITE)
def new_spending(request: HttpRequest, urn: int) -> HttpResponse:
    """Begin a disadvantage plan."""
    at = here(request, urn, WRITE)
    form = SpendingForm(request.POST or None, counts=[(one.key, one.words) for one in counted(urn)])

    def do() -> HttpResponse:
        return at.to("spending", actions.begin(form.amount(), urn=urn, by=at.viewer, now=at.now).pk)

    lede = "How the school uses its pupil premium in one academic year."
    return asked(at, form, Question(FORM, "Begin a disadvantage plan", "Begin it", at.address("school"), lede), do)


@require_safe
@holding(SEE)
def spending(request: HttpRequest, urn: int, number: int) -> HttpResponse:
    """A disadvantage plan as it stands."""
    at = here(request, urn)
    found = at.spending(number)
    may_change = at.may(WRITE) and found.stage is State.DRAFT
    return at.page("spending", found=spending_page(found), plan=found, may_change=may_change)


@require_safe
@holding(SEE)
def spending_file(request: HttpRequest, urn: int, number: int) -> HttpResponse:
    """A disadvantage plan as a Word file."""
    at = here(request, urn)
    found = at.spending(number)
    content = spending_word(spending_page(found), at.school.name)
    return attached(content, MEDIA_TYPE, f"disadvantage plan {found.year} {at.school.name}", "docx")


@require_http_methods(POSTS)
@holding(WRITE)
def challenge(request: HttpRequest, urn: int, number: int) -> HttpResponse:
    """Say what stands in the way."""
    at = here(request, urn, WRITE)
    found = at.spending(number)
    form = ChallengeForm(request.POST or None)

    def do() -> HttpResponse:
        actions.challenge(form.cleaned_data["words"], spending=found, by=at.viewer, now=at.now)
        return at.to("spending", number)

    return asked(at, form, Question(FORM, "Add a challenge", "Add it", at.address("spending", number)), do)


@require_http_methods(POSTS)
@holding(WRITE)
def choose(request: HttpRequest, urn: int, number: int) -> HttpResponse:
    """Choose an approach for a challenge."""
    at = here(request, urn, WRITE)
    own = get_object_or_404(Challenge.objects.select_related("spending"), pk=number, spending__urn=urn)
    at.spending(own.spending_id)
    form = ChoiceForm(request.POST or None, measures=measures_offered())

    def do() -> HttpResponse:
        actions.choose(form.chosen(), challenge=own, by=at.viewer, now=at.now)
        return at.to("spending", own.spending_id)

    back = at.address("spending", own.spending_id)
    return asked(at, form, Question(FORM, "Choose an approach", "Choose it", back, own.words), do)


@require_http_methods(POSTS)
@holding(WRITE)
def drop(request: HttpRequest, urn: int, number: int) -> HttpResponse:
    """Strike a choice out of a draft."""
    at = here(request, urn, WRITE)
    own = get_object_or_404(
        Choice.objects.select_related("challenge__spending"), pk=number, challenge__spending__urn=urn
    )
    plan = at.spending(own.challenge.spending_id)
    form = SureForm(request.POST if request.method == "POST" else None, initial=SURE)

    def do() -> HttpResponse:
        actions.drop(choice=own, by=at.viewer, now=at.now)
        return at.to("spending", plan.pk)

    back = at.address("spending", plan.pk)
    return asked(
        at, form, Question(FORM, "Strike this choice out?", "Strike it out", back, own.words, is_warning=True), do
    )


@require_http_methods(POSTS)
@holding(HEAD)
def move_spending(request: HttpRequest, urn: int, number: int) -> HttpResponse:
    """The head approves, reviews or closes a disadvantage plan."""
    at = here(request, urn, HEAD)
    found = at.spending(number)
    states = [one for one in found.stage.next if not (found.stage is State.REVIEWED and one is State.APPROVED)]
    form = MoveForm(request.POST or None, states=states, with_chair=False)

    def do() -> HttpResponse:
        said = form.move()
        words, due = said.words, said.review_due
        actions.move(said.to, spending=found, words=words, review_due=due, by=at.viewer, now=at.now)
        return at.to("spending", number)

    lede = spending_page(found).sums.words
    question = Question(
        FORM, "Where does the disadvantage plan go next?", "Say so", at.address("spending", number), lede
    )
    return asked(at, form, question, do)
