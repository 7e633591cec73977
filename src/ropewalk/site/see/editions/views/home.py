"""Where everybody with a role begins: the places and schools whose editions are theirs; making an edition."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ropewalk.core.errors import InputRefused
from ropewalk.core.schema.places import Place
from ropewalk.site.foundation.accounts.guard import the_account
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.models import Place as NamedPlace
from ropewalk.site.foundation.permissions.guard import at_place, holding, with_role
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.reach import reach
from ropewalk.site.foundation.terms.purposes import Purpose
from ropewalk.site.foundation.terms.sharing import schools_sharing, terms_in_force
from ropewalk.site.see.editions import making
from ropewalk.site.see.editions.forms import USUAL, EditionForm, cut_id
from ropewalk.site.see.editions.models import OPEN, RELEASED, Edition
from ropewalk.site.see.editions.pages import edition_at, is_council_area, names_of, place_called, words_of
from ropewalk.site.see.editions.partners import is_partner
from ropewalk.site.see.editions.standing import Found, find
from ropewalk.site.see.scorecard.pages import about_place


@dataclass(frozen=True)
class PlaceLine:
    """A place on the first page: the edition on its way, how many were released, whether the reader makes them."""

    code: str
    name: str
    open: Found | None
    released: int
    prepares: bool


@dataclass(frozen=True)
class OwnLine:
    """A school whose figures wait to be looked at."""

    urn: int
    name: str
    found: Found


@require_safe
@with_role
def home(request: HttpRequest) -> HttpResponse:
    """The reader's places and schools, with what waits for them."""
    viewer = the_account(request)
    context = {"places": _places(viewer), "own": _own(viewer)}
    return render(request, "editions/home.html", context)


def _places(viewer: Account) -> list[PlaceLine]:
    today = timezone.localdate()
    prepares = reach(viewer, Permission.PREPARE_EDITIONS, on=today)
    made = []
    for place in NamedPlace.objects.order_by("name"):
        if not is_council_area(place.code) or not is_partner(viewer, place.code, on=today):
            continue
        editions = list(Edition.objects.filter(place=place.code, state__in=(OPEN, RELEASED)))
        going = next((one for one in editions if one.state == OPEN), None)
        may = prepares.holds_place(place.code)
        found = find(going, today=today) if going and may else None
        released = sum(one.state == RELEASED for one in editions)
        if released or may:
            made.append(PlaceLine(place.code, place.name, found, released, may))
    return made


def _own(viewer: Account) -> list[OwnLine]:
    today = timezone.localdate()
    seen = reach(viewer, Permission.SEE_OWN_FIRST, on=today)
    if seen.everywhere or not seen.schools:
        return []
    found = [find(edition, today=today) for edition in Edition.objects.filter(state=OPEN)]
    mine = [(urn, one) for one in found if one.draft.digest for urn in sorted(seen.schools & set(one.draft.schools))]
    names = names_of(urn for urn, _ in mine)
    return [OwnLine(urn, names[urn], one) for urn, one in mine]


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.PREPARE_EDITIONS)
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Make an edition, or with ``?corrects=3`` a correction of a released one."""
    today, by = timezone.localdate(), the_account(request)
    place = place_called(at_place(code, viewer=by, permission=Permission.PREPARE_EDITIONS, on=today))
    corrects = _corrected(request, code)
    form = EditionForm(request.POST or None, today=today, initial=_initial(corrects))
    if request.method == "POST" and form.is_valid():
        asked = form.asked(code, corrects.number if corrects else None)
        try:
            made = making.make(asked=asked, by=by, now=timezone.now())
        except InputRefused as problem:
            for words in words_of(problem):
                form.add_error(None, words)
        else:
            return redirect("editions:edition", code=code, number=made.number)
    return _page(request, place, form, corrects)


def _page(request: HttpRequest, place: Place, form: EditionForm, corrects: Edition | None) -> HttpResponse:
    now = timezone.now()
    context = {
        **about_place(place),
        "form": form,
        "corrects": corrects,
        "terms": terms_in_force(place.code, at=now),
        "sharing": len(schools_sharing(place.code, Purpose.PLACE_FIGURES, at=now)),
        "going": Edition.objects.filter(place=place.code, state=OPEN).first(),
    }
    return render(request, "editions/new.html", context, status=422 if request.method == "POST" else 200)


def _corrected(request: HttpRequest, code: str) -> Edition | None:
    number = request.GET.get("corrects", "")
    if not number:
        return None
    if not number.isdecimal() or len(number) > 6:
        raise Http404
    return edition_at(code, int(number))


def _initial(corrects: Edition | None) -> dict[str, object]:
    if corrects is None:
        return {"cuts": sorted(USUAL)}
    return {"period": corrects.period, "cuts": [cut_id((measure, family)) for measure, family in corrects.cuts]}
