"""Agreements of a partnership: drafted, put before members, in force; who signed and who keeps what they signed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ropewalk.site.agree.partnership.actions import agreements as actions
from ropewalk.site.agree.partnership.forms import AgreementForm, ReadForm, WordingForm
from ropewalk.site.agree.partnership.models import Agreement, AgreementVersion
from ropewalk.site.agree.partnership.selectors.agreements import (
    agreement_page,
    agreements_of,
    content_of,
    first_of,
    seen_versions,
    wording_of,
)
from ropewalk.site.agree.partnership.views.frame import Here, Question, asked, here, run_here
from ropewalk.site.foundation.permissions.guard import holding, with_role
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.see.scorecard.files import attached

PART = "agreements"


@require_safe
@with_role
def agreements(request: HttpRequest, code: str) -> HttpResponse:
    """Every agreement, where it stands and how many have signed."""
    at = here(request, code)
    lines = agreements_of(at.place, may_run=at.may_run)
    return at.page("agreements", PART, lines=lines, crumb="Agreements")


@require_safe
@with_role
def agreement(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """An agreement as it counts: in force, else before members, else its draft."""
    at = here(request, code)
    found = get_object_or_404(Agreement, pk=number, place=at.place)
    shown = first_of(seen_versions(found.versions.select_related("agreement__place"), may_run=at.may_run))
    if shown is None:
        raise Http404
    return _page(at, shown)


@require_safe
@with_role
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One version of an agreement, as a document."""
    at = here(request, code)
    return _page(at, seen_version(at, number))


@require_safe
@with_role
def version_json(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The exact text of a version, whose SHA-256 is the digest on every receipt."""
    at = here(request, code)
    found = seen_version(at, number)
    return attached(content_of(found), "application/json", f"{found.agreement} version {found.number}", "json")


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def new_agreement(request: HttpRequest, code: str) -> HttpResponse:
    """Begin an agreement."""
    at = run_here(request, code)
    form = AgreementForm(request.POST or None)

    def do() -> HttpResponse:
        made = actions.draft_agreement(form.wanted(), form.wording(), place=at.place, by=at.viewer, now=at.now)
        return redirect("partnership:version", code=code, number=made.pk)

    back = reverse("partnership:agreements", args=[code])
    lede = "It begins as a draft that members do not see. You put it before them afterwards."
    return asked(at, form, Question(PART, f"Draft an agreement of {at.place.name}", "Keep the draft", back, lede), do)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def draft(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Write the draft of an agreement's next version."""
    at = run_here(request, code)
    found = get_object_or_404(Agreement.objects.select_related("place"), pk=number, place=at.place)
    newest = found.versions.select_related("agreement__place").order_by("-number").first()
    is_draft = newest is not None and newest.put_at is None
    initial = {"expected": newest.digest if newest and is_draft else ""}
    form = WordingForm(request.POST or None, initial=initial, wording=wording_of(newest) if newest else None)

    def do() -> HttpResponse:
        expected = form.cleaned_data["expected"]
        made = actions.write_draft(form.wording(), agreement=found, expected=expected, by=at.viewer, now=at.now)
        return redirect("partnership:version", code=code, number=made.pk)

    back = reverse("partnership:agreement", args=[code, found.pk])
    lede = "Members do not see a draft. What is in force stays so until you put this one before them and in force."
    return asked(at, form, Question(PART, f"Draft of the next version: {found}", "Keep the draft", back, lede), do)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def put(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Put a draft before members."""
    at = run_here(request, code)
    found = seen_version(at, number)
    form = ReadForm(request.POST or None, initial={"expected": found.digest})

    def do() -> HttpResponse:
        expected = form.cleaned_data["expected"]
        actions.put_before_members(version=found, expected=expected, by=at.viewer, now=at.now)
        return redirect("partnership:version", code=code, number=found.pk)

    lede = "Members then read it and may sign. Its text cannot be changed any more; you may draft another version."
    question = Question(PART, f"Put {found} before members", "Put it before members", _back(found), lede)
    return asked(at, form, question, do)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def begin(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Put a version in force."""
    at = run_here(request, code)
    found = seen_version(at, number)
    form = ReadForm(request.POST or None, initial={"expected": found.digest})

    def do() -> HttpResponse:
        actions.put_in_force(version=found, by=at.viewer, now=at.now)
        return redirect("partnership:version", code=code, number=found.pk)

    lede = "It holds from now on, and replaces the version in force until now. Whoever has not signed may still do so."
    question = Question(PART, f"Put {found} in force", "Put it in force", _back(found), lede)
    return asked(at, form, question, do)


def seen_version(at: Here, number: int) -> AgreementVersion:
    """A version that whoever asks may see. Raises Http404 for any other."""
    rows = AgreementVersion.objects.select_related("agreement__place", "drafted_by", "put_by", "begun_by")
    found: AgreementVersion = get_object_or_404(rows, pk=number, agreement__place=at.place)
    if not seen_versions([found], may_run=at.may_run):
        raise Http404
    return found


def _page(at: Here, shown: AgreementVersion) -> HttpResponse:
    found = agreement_page(shown, viewer=at.viewer, may_run=at.may_run, on=at.today)
    said = shown.agreement
    return at.page("agreement", PART, found=found, version=shown, agreement=said, crumb=said.title)


def _back(version: AgreementVersion) -> str:
    return reverse("partnership:version", args=[version.agreement.place.code, version.pk])
