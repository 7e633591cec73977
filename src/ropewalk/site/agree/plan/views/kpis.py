"""KPIs of a plan: how one is measured, values written in, its drawing."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ropewalk.site.agree.partnership.tables import csv_file
from ropewalk.site.agree.partnership.views.frame import Here, Question, asked, here, run_here
from ropewalk.site.agree.plan.actions import kpis as actions
from ropewalk.site.agree.plan.forms import KpiForm, ValueForm
from ropewalk.site.agree.plan.kinds import ItemKind
from ropewalk.site.agree.plan.models import Item, Kpi
from ropewalk.site.agree.plan.selectors.measuring import measured
from ropewalk.site.agree.plan.views.items import own_item, the_item
from ropewalk.site.agree.plan.views.plans import PART, bodies_of
from ropewalk.site.foundation.organisations.kinds import PlaceKind
from ropewalk.site.foundation.organisations.membership import members_of
from ropewalk.site.foundation.organisations.models import Place, PlaceMembership
from ropewalk.site.foundation.permissions.guard import holding, with_role
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.see.scorecard.pages import is_narrow


def _back(item: Item) -> str:
    return reverse("plan:item", args=[item.plan.place.code, item.pk])


def _areas(at: Here) -> list[tuple[str, str]]:
    """The council area of the place, or those in which its schools lie: figures are published of these."""
    belong = PlaceMembership.objects.on(at.today).filter(organisation__in=members_of(at.place, at.today))
    found = Place.objects.filter(pk__in=belong.values_list("place", flat=True), kind=PlaceKind.COUNCIL_AREA)
    own = [at.place] if at.place.kind == PlaceKind.COUNCIL_AREA else []
    listed = [*own, *(one for one in found.order_by("name") if one not in own)]
    return [(one.code, one.name) for one in listed]


def _kpi(at: Here, number: int) -> Kpi:
    found = Kpi.objects.filter(item=the_item(at, number)).select_related("item__plan__place").first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def measure(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Say how a KPI is measured, and its target."""
    at = run_here(request, code)
    found = the_item(at, number)
    if found.sort is not ItemKind.KPI:
        raise Http404
    there = Kpi.objects.filter(item=found).first()
    names = ("comes", "area", "measure", "phase", "group", "period", "unit", "by_period")
    initial = {name: getattr(there, name) for name in names} if there else {"phase": "all", "group": "all"}
    if there and there.target is not None:
        initial["target"] = there.target.normalize()
    posted = request.POST if request.method == "POST" else None
    form = KpiForm(posted, initial=initial, areas=_areas(at), bodies=bodies_of(at))

    def do() -> HttpResponse:
        actions.set_measure(form.wanted(), item=found, why=form.why(), by=at.viewer, now=at.now)
        return redirect(_back(found))

    frozen = bool(there and there.frozen_at)
    lede = "What it measures and where it begins was agreed with the plan: only the target changes." if frozen else ""
    return asked(at, form, Question(PART, f"How it is measured: {found.words}", "Keep it", _back(found), lede), do)


@require_http_methods(["GET", "HEAD", "POST"])
@with_role
def value(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Write in a value where nothing measures it: whoever owns the KPI, or runs the partnership."""
    at = here(request, code)
    found = own_item(at, number)
    kpi = _kpi(at, number)
    form = ValueForm(request.POST or None, initial={"day": at.today.isoformat()})

    def do() -> HttpResponse:
        actions.write_in(form.written(), kpi=kpi, by=at.viewer, now=at.now)
        return redirect(_back(found))

    lede = f"{found.words}, in {kpi.unit or 'its unit'}."
    return asked(at, form, Question(PART, "Write in a value", "Write it in", _back(found), lede), do)


@require_safe
@with_role
def values_csv(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The values of a KPI, to take along."""
    kpi = _kpi(here(request, code), number)
    rows = [(one.when, one.words, one.interval, one.line, one.source) for one in measured(kpi).values]
    return csv_file(("period", "value", "interval", "line", "source"), rows, about=f"kpi-{kpi.item_id}")


@require_safe
@with_role
def chart_image(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A KPI as SVG."""
    # Drawing engines take a second to load: the pages themselves do without them.
    from ropewalk.site.agree.plan.drawing import drawn, svg  # noqa: PLC0415

    chart = drawn(_kpi(here(request, code), number))
    if chart is None:
        raise Http404
    return HttpResponse(svg(chart, narrow=is_narrow(request)), content_type="image/svg+xml; charset=utf-8")


@require_safe
@with_role
def chart_spec(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A KPI as a Vega-Lite specification."""
    from ropewalk.site.agree.plan.drawing import drawn  # noqa: PLC0415

    chart = drawn(_kpi(here(request, code), number))
    if chart is None:
        raise Http404
    return JsonResponse(chart.spec)
