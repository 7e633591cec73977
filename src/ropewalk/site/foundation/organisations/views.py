"""Organisations and places, for local administrators: brought in from the register, made, changed day by day."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from django import forms
from django.conf import settings
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ropewalk.core.errors import InputRefused, NotFound, Problem
from ropewalk.core.use_cases.store import Reader, Store
from ropewalk.site.foundation.accounts.guard import looks_after_site, the_account
from ropewalk.site.foundation.organisations import actions
from ropewalk.site.foundation.organisations.forms import OrganisationForm, PlaceForm, urns_in
from ropewalk.site.foundation.organisations.kinds import OrganisationKind
from ropewalk.site.foundation.organisations.membership import region_on
from ropewalk.site.foundation.organisations.models import Organisation, Place, PlaceMembership
from ropewalk.site.foundation.organisations.register import bring_in, named_schools


@require_safe
@looks_after_site
def places(request: HttpRequest) -> HttpResponse:
    """Every place and how many organisations belong to it today; bringing in a council area; organisations by kind."""
    return _places(request)


def _places(request: HttpRequest, *, errors: tuple[str, ...] = (), status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    current = Q(memberships__begins__lte=today) & (
        Q(memberships__until__isnull=True) | Q(memberships__until__gte=today)
    )
    rows = Place.objects.annotate(members=Count("memberships", filter=current)).order_by("kind", "name")
    kinds = dict(Organisation.objects.values_list("kind").annotate(Count("pk")))
    counts = [(kind.words, kinds[kind.value]) for kind in OrganisationKind if kind.value in kinds]
    context = {
        "places": rows,
        "counts": counts,
        "errors": errors,
        "asked": request.POST.get("place", ""),
        "made_up": False,
    }
    return render(request, "organisations/places.html", context, status=status)


@require_POST
@looks_after_site
def bring_in_place(request: HttpRequest) -> HttpResponse:
    """Bring in the schools and trusts of a council area from the imported register."""
    asked = request.POST.get("place", "").strip()
    try:
        if not asked:
            raise InputRefused([Problem("No council is named.", "Write its name or code.")])
        found = bring_in(
            reader=_reader(), place=asked, by=the_account(request).name, now=timezone.now(), on=timezone.localdate()
        )
    except (InputRefused, NotFound) as problem:
        return _places(request, errors=(str(problem),), status=422)
    return redirect("organisations:place", code=found.place.code)


@require_http_methods(["GET", "HEAD", "POST"])
@looks_after_site
def new_place(request: HttpRequest) -> HttpResponse:
    """Make a place from a list of schools."""
    form = PlaceForm(request.POST or None, initial={"begins": timezone.localdate().isoformat()})

    def make() -> HttpResponse:
        said = form.cleaned_data
        made = actions.make_place(
            name=said["name"],
            schools=named_schools(_reader_or_none(), said["schools"]),
            within=said["within"],
            begins=said["begins"],
            by=the_account(request).name,
            now=timezone.now(),
        )
        return redirect("organisations:place", code=made.code)

    return _form(request, form, "organisations/new_place.html", make)


@require_http_methods(["GET", "HEAD", "POST"])
@looks_after_site
def new_organisation(request: HttpRequest) -> HttpResponse:
    """Name an organisation that no register brings in."""
    form = OrganisationForm(request.POST or None)

    def make() -> HttpResponse:
        name = form.cleaned_data["name"].strip()
        if not actions.slug(name):
            raise InputRefused([Problem("The name has no letters.", "Write it with letters or digits.")])
        kind = OrganisationKind(form.cleaned_data["kind"])
        actions.name_organisation(kind=kind, key=actions.slug(name), name=name)
        return redirect("organisations:places")

    return _form(request, form, "organisations/new.html", make)


def _form(request: HttpRequest, form: forms.Form, template: str, make: Callable[[], HttpResponse]) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            return make()
        except InputRefused as problem:
            form.add_error(None, str(problem))
    return render(request, template, {"form": form, "made_up": False}, status=422 if request.method == "POST" else 200)


@require_safe
@looks_after_site
def place(request: HttpRequest, code: str) -> HttpResponse:
    """Who belonged to a place on a day; who did before or will."""
    return _place(request, code)


@require_POST
@looks_after_site
def add_school(request: HttpRequest, code: str) -> HttpResponse:
    """A school belongs to the place from a day on."""
    found = get_object_or_404(Place, code=code)
    by, now = the_account(request).name, timezone.now()
    try:
        begins = _day(request.POST.get("begins", ""))
        for urn, name in named_schools(_reader_or_none(), urns_in(request.POST.get("urn", ""))):
            school = actions.name_organisation(kind=OrganisationKind.SCHOOL, key=str(urn), name=name)
            actions.join_place(organisation=school, place=found, begins=begins, by=by, now=now)
    except InputRefused as problem:
        return _place(request, code, errors=(str(problem),), status=422)
    except forms.ValidationError as problem:
        return _place(request, code, errors=tuple(problem.messages), status=422)
    return redirect("organisations:place", code=code)


@require_POST
@looks_after_site
def end_membership(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A membership ends with a day; it is kept."""
    found = get_object_or_404(PlaceMembership, pk=number, place__code=code)
    try:
        until = _day(request.POST.get("until", ""))
        actions.end(membership=found, until=until, by=the_account(request).name, now=timezone.now())
    except InputRefused as problem:
        return _place(request, code, errors=(str(problem),), status=422)
    return redirect("organisations:place", code=code)


def _place(request: HttpRequest, code: str, *, errors: tuple[str, ...] = (), status: int = 200) -> HttpResponse:
    found = get_object_or_404(Place, code=code)
    try:
        on = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        on = timezone.localdate()
    rows = PlaceMembership.objects.filter(place=found).select_related("organisation").order_by("organisation__name")
    there = set(PlaceMembership.objects.on(on).filter(place=found).values_list("pk", flat=True))
    context = {
        "place": found,
        "on": on,
        "region": region_on(found, on),
        "members": [row for row in rows if row.pk in there],
        "others": [row for row in rows if row.pk not in there],
        "today": timezone.localdate(),
        "errors": errors,
        "made_up": False,
    }
    return render(request, "organisations/place.html", context, status=status)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputRefused([Problem("No day is given.", "Choose one, or write it as 2026-09-01.")]) from None


def _reader() -> Reader:
    """The published figures that the settings name. Raises NotFound while nothing is imported."""
    return Reader(Store(Path(settings.ROPEWALK_STORE)))


def _reader_or_none() -> Reader | None:
    try:
        return _reader()
    except NotFound:
        return None
