"""Signing an agreement for one's school, trust or council; its receipt; saying how a commitment is kept."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ropewalk.site.agree.partnership.actions import agreements as actions
from ropewalk.site.agree.partnership.forms import MarkForm, SignForm
from ropewalk.site.agree.partnership.models import Commitment, Signature
from ropewalk.site.agree.partnership.selectors.agreements import agreement_page, seen_versions
from ropewalk.site.agree.partnership.views.agreements import PART, seen_version
from ropewalk.site.agree.partnership.views.frame import Question, asked, here, speaking_here
from ropewalk.site.foundation.permissions.guard import with_role


@require_http_methods(["GET", "HEAD", "POST"])
@with_role
def sign(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Sign a version, whose whole text stands above the button."""
    at = speaking_here(request, code)
    version = seen_version(at, number)
    found = agreement_page(version, viewer=at.viewer, may_run=at.may_run, on=at.today)
    open_to = [one.organisation for one in found.mine if one.signature is None and one.is_asked]
    form = SignForm(request.POST or None, organisations=open_to, initial={"expected": version.digest})

    def do() -> HttpResponse:
        expected = form.cleaned_data["expected"]
        made = actions.sign(version=version, organisation=form.chosen, expected=expected, by=at.viewer, now=at.now)
        return redirect("partnership:receipt", code=code, number=made.pk)

    back = reverse("partnership:version", args=[code, version.pk])
    title = f"Sign: {version.agreement}"
    question = Question(PART, title, "Sign it", back, template="sign")
    return asked(at, form, question, do, found=found, version=version, may_sign=bool(open_to) and version.is_open)


@require_safe
@with_role
def receipt(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The receipt of a signature."""
    at = here(request, code)
    rows = Signature.objects.select_related("version__agreement__place", "organisation", "by")
    found = get_object_or_404(rows, pk=number, version__agreement__place=at.place)
    return at.page("receipt", PART, signature=found, version=found.version, crumb=found.receipt)


@require_http_methods(["GET", "HEAD", "POST"])
@with_role
def mark(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Say how one's own organisation keeps a commitment."""
    at = speaking_here(request, code)
    rows = Commitment.objects.select_related("version__agreement__place")
    commitment = get_object_or_404(rows, pk=number, version__agreement__place=at.place)
    if not seen_versions([commitment.version], may_run=at.may_run):
        raise Http404
    found = agreement_page(commitment.version, viewer=at.viewer, may_run=at.may_run, on=at.today)
    mine = [one.organisation for one in found.mine if one.signature and one.organisation.kind == commitment.kind]
    form = MarkForm(request.POST or None, organisations=mine)

    def do() -> HttpResponse:
        actions.mark(form.word(), commitment=commitment, organisation=form.chosen, by=at.viewer, now=at.now)
        return redirect(f"{back}#commitments")

    back = reverse("partnership:version", args=[code, commitment.version_id])
    lede = f"{commitment.kind_words.capitalize()} commit themselves to this: {commitment.words}"
    return asked(at, form, Question(PART, "How do you keep this commitment?", "Say so", back, lede), do)
