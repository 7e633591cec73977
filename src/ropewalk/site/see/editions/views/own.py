"""A school's own figures, before anybody else sees them: looked at, said to be right, or challenged."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ropewalk.core.disclosure import Audience, SafeTable
from ropewalk.core.errors import InputRefused, NotFound
from ropewalk.core.publish.wording import period_words
from ropewalk.core.use_cases.editions import Edition as Content
from ropewalk.core.use_cases.editions import edition_of, own_figures, released_edition
from ropewalk.site.foundation.accounts.guard import the_account
from ropewalk.site.foundation.permissions.guard import at_school, holding
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.reach import reach
from ropewalk.site.see.editions import challenging, tables
from ropewalk.site.see.editions.challenging import Kind
from ropewalk.site.see.editions.life import why_not_challenge
from ropewalk.site.see.editions.models import RELEASED, WORDS, Challenge, Contentment, Edition
from ropewalk.site.see.editions.pages import edition_at, names_of, place_called, store, words_of
from ropewalk.site.see.editions.standing import Found, draft_before, find
from ropewalk.site.see.editions.views.work import Said
from ropewalk.site.see.scorecard.pages import about_place
from ropewalk.site.see.sharing.facts import facts

SEE, CHALLENGE = Permission.SEE_OWN_FIRST, Permission.CHALLENGE_FIGURES


@require_safe
@holding(SEE)
def own(request: HttpRequest, code: str, number: int, urn: int) -> HttpResponse:
    """The school's own figures beside what others will see of them."""
    at_school(urn, viewer=the_account(request), permission=SEE, on=timezone.localdate())
    edition = edition_at(code, number)
    if edition.state == RELEASED:
        return redirect("released:edition", code=code, number=number)
    return _page(request, _found(edition, urn), urn)


@require_POST
@holding(CHALLENGE)
def content(request: HttpRequest, code: str, number: int, urn: int) -> HttpResponse:
    """Say that the figures are right."""
    return _do(request, code, number, urn, challenging.be_content)


@require_POST
@holding(CHALLENGE)
def challenge(request: HttpRequest, code: str, number: int, urn: int) -> HttpResponse:
    """Say what is wrong with them."""
    at_school(urn, viewer=the_account(request), permission=CHALLENGE, on=timezone.localdate())
    kind = request.POST.get("kind", "")
    if kind not in set(Kind):
        found = _found(edition_at(code, number), urn)
        return _page(request, found, urn, errors=["Choose what you want to say."], status=422)
    return _do(request, code, number, urn, challenging.challenge, kind=Kind(kind), words=request.POST.get("words", ""))


def _do(
    request: HttpRequest, code: str, number: int, urn: int, action: Callable[..., object], **said: object
) -> HttpResponse:
    by = the_account(request)
    at_school(urn, viewer=by, permission=CHALLENGE, on=timezone.localdate())
    found = _found(edition_at(code, number), urn)
    try:
        action(edition=found.edition, urn=urn, by=by, now=timezone.now(), **said)
    except InputRefused as problem:
        return _page(request, _found(edition_at(code, number), urn), urn, errors=words_of(problem), status=422)
    return redirect("editions:own", code=code, number=number, urn=urn)


def _found(edition: Edition, urn: int) -> Found:
    """Where an edition stands that a school may look into. Raises Http404 for one it does not share for."""
    found = find(edition, today=timezone.localdate())
    if not found.draft.content or urn not in found.draft.schools:
        raise Http404
    return found


def _page(
    request: HttpRequest, found: Found, urn: int, *, errors: list[str] | None = None, status: int = 200
) -> HttpResponse:
    viewer, draft = the_account(request), edition_of(bytes(found.draft.content or b""))
    true = own_figures(facts(), found.wanted, urn)
    before, before_words = _before(found, urn)
    mine = _of_school(draft, urn)
    said = Challenge.objects.visible_to(viewer, SEE, on=found.today).filter(edition=found.edition, urn=urn)
    content = Contentment.objects.visible_to(viewer, SEE, on=found.today).filter(draft=found.draft, urn=urn)
    name = names_of([urn])[urn]
    context = {
        **about_place(place_called(found.edition.place)),
        "found": found,
        "edition": found.edition,
        "period": period_words(found.edition.period),
        "school": name,
        "urn": urn,
        "errors": errors or [],
        "own_tables": tables.own_tables(tables.Compared(true, mine, before, before_words)),
        "tables": tables.place_tables(draft),
        "is_partner": urn in found.draft.partners,
        "measures": tables.measures_of(draft),
        "receipts": sorted({one for figure in true for one in figure.source.submissions}),
        "challenges": [Said(one, name) for one in said.select_related("by", "answered_by")],
        "content": content.select_related("by").first(),
        "why_not": why_not_challenge(found.standing, today=found.today),
        "may": reach(viewer, CHALLENGE, on=found.today).holds_school(urn),
        "sends": reach(viewer, Permission.SEND_RETURNS, on=found.today).holds_school(urn),
        "kinds": list(Kind),
        "written": request.POST.get("words", "")[:WORDS] if errors else "",
        "chosen": request.POST.get("kind", ""),
    }
    return render(request, "editions/own.html", context, status=status)


def _of_school(content: Content, urn: int) -> SafeTable:
    """What partners see of a school."""
    return content.figures(Audience.PARTNERS).only(lambda figure: figure.school == str(urn))


def _before(found: Found, urn: int) -> tuple[SafeTable | None, str]:
    """What stood there before: in the draft that was computed anew, else in the edition released last."""
    earlier = draft_before(found.draft)
    if earlier is not None and earlier.content:
        return _of_school(edition_of(bytes(earlier.content)), urn), "In the draft before"
    rows = Edition.objects.filter(place=found.edition.place, period=found.edition.period, state=RELEASED)
    last = rows.order_by("-number").first()
    if last is None:
        return None, ""
    try:
        released = released_edition(store(), last.place, last.number)
    except (NotFound, InputRefused):
        return None, ""
    return _of_school(released, urn), f"In edition {last.number}"
