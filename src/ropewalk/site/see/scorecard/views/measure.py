"""The page of one measure of a place, its charts and its tables."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from ropewalk.core.errors import NotFound
from ropewalk.core.measures import measure as measure_called
from ropewalk.core.publish import wording
from ropewalk.core.publish.table_files import to_csv
from ropewalk.core.schema.places import PlaceKind
from ropewalk.core.use_cases.measure_detail import measure_detail
from ropewalk.core.views.measure_detail import MeasureDetail
from ropewalk.site.see.scorecard import measure_page
from ropewalk.site.see.scorecard.files import attached
from ropewalk.site.see.scorecard.pages import Reader, about_place, is_narrow, page, place_at


@page
def measure(request: HttpRequest, reader: Reader, code: str, measure_id: str) -> HttpResponse:
    """Trend, phases, groups and councils for the phase and group in the address."""
    detail = detail_asked_for(request, reader, code, measure_id)
    parts = {name: measure_page.part(detail, name) for name in measure_page.names_shown(detail)}
    councils = parts.get("councils")
    context = {
        **about_place(detail.place),
        "detail": detail,
        "measure": detail.measure,
        "heading": wording.heading_words(detail.measure, detail.phase, detail.group),
        "sentence": measure_page.sentence(detail),
        "period": wording.period_words(detail.period),
        "phases": measure_page.phase_choices(reader, detail),
        "families": measure_page.group_choices(reader, detail),
        "trend": parts["trend"],
        "by_phase": parts.get("by-phase"),
        "by_group": parts.get("by-group"),
        "councils": councils,
        "near_and_far": measure_page.split_councils(councils.table, detail) if councils else None,
        "spread": detail.all_councils,
        "live": live_address(detail),
    }
    return render(request, "scorecard/measure.html", context)


@page
def table_csv(request: HttpRequest, reader: Reader, code: str, measure_id: str, name: str) -> HttpResponse:
    """A table of the page as CSV: the very object that the page shows."""
    detail = detail_asked_for(request, reader, code, measure_id)
    shown = measure_page.part(detail, be_shown(detail, name)).table
    return attached(to_csv(shown).encode("utf-8-sig"), "text/csv; charset=utf-8", file_about(detail, name), "csv")


@page
def table_xlsx(request: HttpRequest, reader: Reader, code: str, measure_id: str, name: str) -> HttpResponse:
    """A table of the page as a workbook."""
    from ropewalk.site.see.scorecard.spreadsheets import XLSX, as_xlsx  # noqa: PLC0415

    detail = detail_asked_for(request, reader, code, measure_id)
    shown = measure_page.part(detail, be_shown(detail, name)).table
    content = as_xlsx(reader, shown, detail.measure.title, (detail.measure,))
    return attached(content, XLSX, file_about(detail, name), "xlsx")


@page
def chart_image(request: HttpRequest, reader: Reader, code: str, measure_id: str, name: str) -> HttpResponse:
    """A chart as SVG."""
    # Drawing engines take a second to load: the pages themselves do without them.
    from ropewalk.site.see.scorecard.drawing import drawn, svg  # noqa: PLC0415

    detail = detail_asked_for(request, reader, code, measure_id)
    picture = svg(drawn(detail, be_shown(detail, name)), narrow=is_narrow(request))
    return HttpResponse(picture, content_type="image/svg+xml; charset=utf-8")


@page
def chart_spec(request: HttpRequest, reader: Reader, code: str, measure_id: str, name: str) -> HttpResponse:
    """A chart as a Vega-Lite specification."""
    from ropewalk.site.see.scorecard.drawing import drawn  # noqa: PLC0415

    detail = detail_asked_for(request, reader, code, measure_id)
    return JsonResponse(drawn(detail, be_shown(detail, name)).spec)


def live_address(detail: MeasureDetail) -> str:
    """The page of the same measure counted from returns; empty where returns do not hold it, and for wider areas."""
    declared = detail.measure
    counted = measure_called(declared.gap.measure) if declared.gap else declared
    if counted.meaning is None or detail.place.kind is not PlaceKind.COUNCIL:
        return ""
    return reverse("live:place-measure", args=[detail.place.code, declared.id])


def detail_asked_for(request: HttpRequest, reader: Reader, code: str, measure_id: str) -> MeasureDetail:
    """The measure for the phase and group that the address names. Raises NotFound."""
    place = place_at(request, code)
    phase, group = (request.GET.get(name, "").strip() or None for name in ("phase", "group"))
    return measure_detail(reader, place, measure_id, phase=phase, group_id=group)


def file_about(detail: MeasureDetail, name: str) -> str:
    """What a file of the page is named after."""
    return f"{detail.place.name} {detail.measure.title} {detail.phase} {detail.group} {name}"


def be_shown(detail: MeasureDetail, name: str) -> str:
    """The name of a part of the page; NotFound when the page has no such part."""
    shown = measure_page.names_shown(detail)
    if name not in shown:
        raise NotFound(f"There is no chart or table '{name}' here. There are: {', '.join(shown)}.")
    return name
