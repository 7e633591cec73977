"""Pages of schools."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from ropewalk.core.errors import NotFound
from ropewalk.core.publish.tables import funnel_table, school_table
from ropewalk.core.schema.places import place_by_code
from ropewalk.core.use_cases.school_detail import school_detail, search_schools, what_became_of
from ropewalk.core.use_cases.schools import phase_words, school_funnel, school_list
from ropewalk.core.views.schools import SchoolFunnel, SchoolList
from ropewalk.site.foundation.sorting import Order
from ropewalk.site.see.scorecard.pages import Reader, about_place, is_narrow, page, place_at
from ropewalk.site.see.scorecard.schools import funnel_page, list_page, school_page
from ropewalk.site.see.scorecard.schools.table_files import ENDINGS, as_file


@page
def schools(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
    """Every school of a place that fits the filter, with what is published on it."""
    listed, order = _listed(request, reader, code)
    query = list_page.query_of(listed.wanted, order)
    files = {ending: f"/places/{listed.place.code}/schools/schools.{ending}{query}" for ending in ENDINGS}
    context = {
        **about_place(listed.place),
        **files,
        "order": order,
        "wanted": listed.wanted,
        "narrowed": bool(list_page.query_of(listed.wanted)),
        "totals": list_page.totals(listed),
        "phases": list_page.phase_lines(listed),
        "phase_choices": list_page.phases_of(listed),
        "trusts": listed.trusts,
        "shown": list_page.shown_words(listed),
        "measures": listed.measures,
        "lines": list_page.lines(listed),
        "earlier": listed.earlier,
        "as_of": list_page.registers_of(listed),
        "reasons": school_table(listed).reasons,
    }
    return render(request, "scorecard/schools/schools.html", context)


@page
def schools_file(request: HttpRequest, reader: Reader, code: str, ending: str) -> HttpResponse:
    """The list as a file: the same schools in the same order."""
    listed, _ = _listed(request, reader, code)
    return as_file(reader, school_table(listed), ending, f"Schools of {listed.place.name}", listed.measures)


def _listed(request: HttpRequest, reader: Reader, code: str) -> tuple[SchoolList, Order]:
    listed = school_list(reader, place_at(request, code), list_page.filter_of(request))
    order = list_page.order_of(request, listed)
    return list_page.ordered(listed, order), order


@page
def funnel(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
    """The funnel plot of the schools of one phase."""
    shown = _funnel(request, reader, code)
    table = funnel_table(shown) if shown.funnel else None
    base = funnel_page.address_of(shown)
    query = funnel_page.query_of(shown.measure.id, shown.phase, shown.period)
    context = {
        **about_place(shown.place),
        **{ending: f"{base}points.{ending}{query}" for ending in ENDINGS},
        "shown": shown,
        "measure": shown.measure,
        "heading": funnel_page.heading(shown),
        "choice_lists": funnel_page.choice_lists(shown),
        "alt": funnel_page.alternative(shown),
        "meaning": funnel_page.meaning(shown),
        "table": table,
        "lines": funnel_page.lines(shown, table) if table else [],
        "image": f"{base}chart.svg{query}",
        "spec": f"{base}chart.json{query}",
    }
    return render(request, "scorecard/schools/funnel.html", context)


@page
def funnel_file(request: HttpRequest, reader: Reader, code: str, ending: str) -> HttpResponse:
    """The points of the funnel as a file."""
    shown = _plotted(request, reader, code)
    about = f"{shown.place.name} {shown.measure.title} {shown.phase} schools {shown.period}"
    return as_file(reader, funnel_table(shown), ending, about, (shown.measure,))


@page
def funnel_image(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
    """The funnel as SVG."""
    # Drawing engines take a second to load: the pages themselves do without them.
    from ropewalk.site.see.scorecard.schools.drawing import funnel_chart, svg  # noqa: PLC0415

    drawn = svg(funnel_chart(_plotted(request, reader, code)), narrow=is_narrow(request))
    return HttpResponse(drawn, content_type="image/svg+xml; charset=utf-8")


@page
def funnel_spec(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
    """The funnel as a Vega-Lite specification."""
    from ropewalk.site.see.scorecard.schools.drawing import funnel_chart  # noqa: PLC0415

    return JsonResponse(funnel_chart(_plotted(request, reader, code)).spec)


def _funnel(request: HttpRequest, reader: Reader, code: str) -> SchoolFunnel:
    place = place_at(request, code)
    asked = [request.GET.get(name, "").strip() or None for name in ("measure", "phase", "period")]
    return school_funnel(reader, place, *asked)


def _plotted(request: HttpRequest, reader: Reader, code: str) -> SchoolFunnel:
    shown = _funnel(request, reader, code)
    if shown.funnel is None:
        raise NotFound("Too few schools are published for a funnel. Go to the funnel's page and choose another one.")
    return shown


@page
def search(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Find a school by name, URN, LAESTAB or postcode; the only match is shown at once."""
    text = " ".join(request.GET.get("q", "").split())[:200]
    found = search_schools(reader, text)
    became = what_became_of(reader, text) if text and not found else []
    if text and len(found) + len(became) == 1:
        return redirect("scorecard:school", reference=(found or [became[0].school])[0].urn)
    matches = [(one, phase_words(one.phase), place_by_code(one.place).name) for one in found]
    matches += [(one.school, phase_words(one.school.phase), place_by_code(one.school.place).name) for one in became]
    return render(request, "scorecard/schools/search.html", {"q": text, "matches": matches})


@page
def school(request: HttpRequest, reader: Reader, reference: str) -> HttpResponse:
    """One school: who it is, where it came from, what is published on it."""
    try:
        detail = school_detail(reader, reference)
    except NotFound:
        return _elsewhere(request, reader, reference)
    if reference != detail.school.urn:
        return redirect("scorecard:school", reference=detail.school.urn)
    sections = school_page.sections(detail)
    context = {
        **about_place(detail.place),
        "detail": detail,
        "school": detail.school,
        "facts": school_page.facts(detail),
        "before": school_page.steps_before(detail),
        "after": school_page.steps_after(detail.successors),
        "asked": _asked(request, detail),
        "sections": sections,
        "ofsted": school_page.ofsted_lines(detail),
        **{ending: f"/schools/{detail.school.urn}/figures.{ending}" for ending in ENDINGS},
        "table": school_page.figures_table(detail),
    }
    return render(request, "scorecard/schools/school.html", context)


def _asked(request: HttpRequest, detail: object) -> str:
    """The old number that led here, said only when it is one of the school's own."""
    asked = request.GET.get("asked", "")
    known = {before.urn for before in detail.predecessors} | set(detail.stood_under)  # type: ignore[attr-defined]
    return asked if asked in known and asked != detail.school.urn else ""  # type: ignore[attr-defined]


def _elsewhere(request: HttpRequest, reader: Reader, reference: str) -> HttpResponse:
    """An old number leads to the school of today; a number nobody has is answered with what to do."""
    became = what_became_of(reader, reference)
    if len(became) == 1:
        return redirect(f"/schools/{became[0].school.urn}/?asked={reference}")
    context = {"reference": reference, "after": school_page.steps_after(became)}
    return render(request, "scorecard/schools/no_school.html", context, status=404)


@page
def school_file(_request: HttpRequest, reader: Reader, reference: str, ending: str) -> HttpResponse:
    """Every figure of the school as a file."""
    detail = school_detail(reader, reference)
    measures = tuple(dict.fromkeys(history.measure for history in detail.histories))
    about = f"{detail.school.name} {detail.school.urn}"
    return as_file(reader, school_page.figures_table(detail), ending, about, measures)
