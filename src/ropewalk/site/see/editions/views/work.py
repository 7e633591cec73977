"""An edition on its way: computed, challenged, checked, released or given up. For whoever makes and checks editions."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ropewalk.core.errors import RopewalkError
from ropewalk.core.publish.wording import period_words
from ropewalk.core.use_cases.editions import Edition as Content
from ropewalk.core.use_cases.editions import edition_of
from ropewalk.site.foundation.accounts.guard import the_account
from ropewalk.site.foundation.permissions.guard import holding
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.reach import reach
from ropewalk.site.see.editions import challenging, making, releasing, tables
from ropewalk.site.see.editions.challenging import Kind, Outcome
from ropewalk.site.see.editions.differences import difference_lines
from ropewalk.site.see.editions.forms import cut_words
from ropewalk.site.see.editions.life import Stage, why_not_check
from ropewalk.site.see.editions.models import RELEASED, Challenge, Contentment
from ropewalk.site.see.editions.pages import found_for, names_of, place_called, words_of
from ropewalk.site.see.editions.standing import Found
from ropewalk.site.see.scorecard.pages import about_place

PREPARE, CHECK = Permission.PREPARE_EDITIONS, Permission.CHECK_EDITIONS


@dataclass(frozen=True)
class Said:
    """A challenge with the name of its school and its kind and outcome in words."""

    challenge: Challenge
    school: str

    @property
    def kind(self) -> str:
        """What sort it is."""
        return Kind(self.challenge.kind).words

    @property
    def outcome(self) -> str:
        """How it was answered."""
        return Outcome(self.challenge.outcome).words if self.challenge.outcome else ""


@require_safe
@holding(PREPARE, CHECK)
def edition(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Where an edition stands, and everything that would be given out."""
    found = found_for(request, code, number, PREPARE, CHECK)
    if found.edition.state == RELEASED:
        return redirect("released:edition", code=code, number=number)
    return _page(request, found)


@require_safe
@holding(PREPARE, CHECK)
def progress(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """How far computing is, as the part of the page that changes."""
    return render(request, "editions/parts/progress.html", _progress(found_for(request, code, number, PREPARE, CHECK)))


@require_POST
@holding(PREPARE)
def again(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Compute the figures anew."""
    seen = request.POST.get("seen", "")
    return _do(request, code, number, PREPARE, making.compute_anew, seen=int(seen) if seen.isdecimal() else 0)


@require_POST
@holding(PREPARE)
def drop(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Give the edition up."""
    return _do(request, code, number, PREPARE, making.drop, reason=request.POST.get("reason", ""))


@require_POST
@holding(PREPARE)
def answer(request: HttpRequest, code: str, number: int, challenge: int) -> HttpResponse:
    """Answer a challenge."""
    outcome = request.POST.get("outcome", "")
    found = found_for(request, code, number, PREPARE)
    rows = Challenge.objects.for_system_job("whoever prepares the edition answers every challenge of it")
    if not rows.filter(edition=found.edition, pk=challenge).exists():
        raise Http404
    if outcome not in set(Outcome):
        return _page(request, found, errors=["Say whether the school is right or the figures stand."], status=422)
    said = {"outcome": Outcome(outcome), "words": request.POST.get("words", "")}
    return _do(request, code, number, PREPARE, challenging.answer, which=challenge, **said)


@require_POST
@holding(CHECK)
def check(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Say that one has checked the draft."""
    said = {"seen": request.POST.get("seen", ""), "words": request.POST.get("words", "")}
    return _do(request, code, number, CHECK, releasing.check, **said)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(PREPARE)
def release(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What will be given out to whom; and giving it out."""
    found = found_for(request, code, number, PREPARE)
    if request.method == "POST":
        return _do(request, code, number, PREPARE, releasing.release, seen=request.POST.get("seen", ""))
    if found.edition.state == RELEASED:
        return redirect("released:edition", code=code, number=number)
    context = {
        **_about(found),
        "hindrances": [*found.hindrances, *_changed(found)],
        "cuts": [cut_words(cut) for cut in found.edition.cuts],
        "held": bool(found.draft.content) and content_of(found).held,
    }
    return render(request, "editions/release.html", context)


def content_of(found: Found) -> Content:
    """The figures of the newest draft."""
    return edition_of(bytes(found.draft.content or b""))


def _do(
    request: HttpRequest,
    code: str,
    number: int,
    permission: Permission,
    action: Callable[..., object],
    **said: object,
) -> HttpResponse:
    """Do it, and show the edition again: with what was wrong, if anything was."""
    found = found_for(request, code, number, permission)
    try:
        action(edition=found.edition, by=the_account(request), now=timezone.now(), **said)
    except RopewalkError as problem:
        if found_for(request, code, number, permission).edition.state == RELEASED:
            return render(request, "editions/too_late.html", {**_about(found), "errors": words_of(problem)}, status=422)
        return _page(request, found_for(request, code, number, permission), errors=words_of(problem), status=422)
    return redirect("editions:edition", code=code, number=number)


def _page(request: HttpRequest, found: Found, *, errors: list[str] | None = None, status: int = 200) -> HttpResponse:
    viewer, names = the_account(request), names_of(found.draft.schools)
    context = {
        **_about(found),
        **_progress(found),
        **(_figures(found, names) if found.draft.content else {}),
        "errors": errors or [],
        "hindrances": [*found.hindrances, *_changed(found)],
        "challenges": _challenges(found),
        "outcomes": list(Outcome),
        "content": _content(found, names),
        "checks": found.draft.checks.select_related("by"),
        "prepares": reach(viewer, PREPARE, on=found.today).holds_place(found.edition.place),
        "why_not_check": why_not_check(found.standing, by=viewer.pk, today=found.today),
    }
    return render(request, "editions/edition.html", context, status=status)


def _about(found: Found) -> dict[str, object]:
    place = place_called(found.edition.place)
    return {
        **about_place(place),
        "found": found,
        "edition": found.edition,
        "draft": found.draft,
        "stage": found.stage.value,
        "stage_words": found.stage.words,
        "period": period_words(found.edition.period),
    }


def _progress(found: Found) -> dict[str, object]:
    step = found.step if found.stage is Stage.DRAFTING else None
    words = f"{step.what[:1].upper()}{step.what[1:]} …" if step else "Beginning …"
    return {"found": found, "working": found.is_computing, "step": step, "step_words": words, "fault": found.fault}


def _changed(found: Found) -> list[str]:
    if found.stage not in {Stage.OWN_FIRST, Stage.CHECKING}:
        return []
    return [str(one) for one in releasing.changed_terms(found.edition.place, found.draft, timezone.now())]


def _figures(found: Found, names: dict[int, str]) -> dict[str, object]:
    content = content_of(found)
    return {
        "tables": tables.place_tables(content),
        "school_tables": tables.school_tables(content, names, without=frozenset()),
        "differences": difference_lines(content, names),
    }


def _challenges(found: Found) -> list[Said]:
    rows = Challenge.objects.for_system_job("whoever prepares or checks the edition reads every challenge of it")
    listed = list(rows.filter(edition=found.edition).select_related("by", "answered_by"))
    names = names_of(one.urn for one in listed)
    # Those that wait for an answer first.
    listed.sort(key=lambda one: (one.answered_at is not None, one.at))
    return [Said(one, names[one.urn]) for one in listed]


def _content(found: Found, names: dict[int, str]) -> list[tuple[str, Contentment | None]]:
    rows = Contentment.objects.for_system_job("whoever prepares or checks the edition sees which schools are content")
    said = {one.urn: one for one in rows.filter(draft=found.draft).select_related("by")}
    counted = found.standing.schools
    return sorted(((names[urn], said.get(urn)) for urn in counted), key=lambda line: line[0].casefold())
