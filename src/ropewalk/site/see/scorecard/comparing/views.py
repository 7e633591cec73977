"""The page that compares places, its tables and its drawing."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from ropewalk.core.errors import InputRefused, NotFound
from ropewalk.core.use_cases.comparing import MOST_PLACES, compare_places, places_to_compare
from ropewalk.core.use_cases.store import Reader
from ropewalk.core.views.comparing import Comparison
from ropewalk.site.see.scorecard.comparing import comparison_page, form
from ropewalk.site.see.scorecard.pages import is_narrow, page
from ropewalk.site.see.scorecard.schools.table_files import ENDINGS, as_file


@page
def compare(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Two to twelve places or a whole region side by side; without any, the form to choose them."""
    asked = form.asked_of(request)
    if asked.nothing:
        return _form(request, reader, asked)
    try:
        comparison = _compared(reader, asked)
    except InputRefused as refused:
        return _form(request, reader, asked, refused)
    kept = comparison_page.address(comparison, asked.measure)
    if kept != request.get_full_path():
        # Names become codes, so that the address that is kept or shared stays the same.
        return redirect(kept)
    return render(request, "scorecard/comparing/comparison.html", _context(reader, asked, comparison))


def _compared(reader: Reader, asked: form.Asked) -> Comparison:
    places, region = places_to_compare(asked.names, asked.region or None, reader)
    return compare_places(reader, places, region, asked.measure or None)


def _form(request: HttpRequest, reader: Reader, asked: form.Asked, refused: InputRefused | None = None) -> HttpResponse:
    problems, by_field = form.problems_by_field(asked, refused) if refused else ([], {})
    context = {
        "fields": form.fields(asked, by_field),
        "problems": problems,
        "regions": form.regions(reader),
        "most": MOST_PLACES,
        "measure": asked.measure,
    }
    return render(request, "scorecard/comparing/choose.html", context, status=400 if refused else 200)


def _context(reader: Reader, asked: form.Asked, comparison: Comparison) -> dict[str, object]:
    page_of = comparison_page
    files = {
        name: {ending: page_of.file_address(comparison, name, ending) for ending in ENDINGS}
        for name in comparison_page.TABLES
    }
    chosen = [] if comparison.region else list(comparison.places)
    drawn = comparison.drawn
    table = page_of.table_of(comparison)
    trend = page_of.trend_table(comparison) if drawn else None
    return {
        "made_up": comparison.places[0].made_up,
        "comparison": comparison,
        "title": page_of.title_of(comparison),
        "region_words": page_of.region_words(comparison),
        "table": table,
        "blocks": page_of.in_blocks(table, 2),
        "files": files["measures"],
        "measures": page_of.measure_links(comparison),
        "drawn": drawn,
        "trend": trend,
        "trend_blocks": page_of.in_blocks(trend, 1) if trend else [],
        "trend_files": files["over-time"],
        "image": page_of.file_address(comparison, "over-time", "svg"),
        "spec": page_of.file_address(comparison, "over-time", "json"),
        "baseline": page_of.baseline_table(comparison) if comparison.baseline else None,
        "baseline_files": files["pooled"],
        "fields": form.fields(asked, {}, chosen) if chosen else [],
        "add": form.to_add(reader, chosen, asked.measure) if chosen else [],
        "regions": form.regions(reader),
        "measure": asked.measure,
        "most": MOST_PLACES,
    }


@page
def compare_file(request: HttpRequest, reader: Reader, name: str, ending: str) -> HttpResponse:
    """A table of the page as a file, or its drawing."""
    try:
        comparison = _compared(reader, form.asked_of(request))
    except InputRefused as refused:
        raise NotFound(str(refused)) from refused
    if name == "over-time" and ending in ("svg", "json"):
        # Drawing engines take a second to load: the page itself does without them.
        from ropewalk.site.see.scorecard.comparing.drawing import lines_of, svg  # noqa: PLC0415

        chart = lines_of(comparison)
        if ending == "json":
            return JsonResponse(chart.spec)
        return HttpResponse(svg(chart, narrow=is_narrow(request)), content_type="image/svg+xml; charset=utf-8")
    about = f"Compare {comparison_page.title_of(comparison)} {name}"
    measures = tuple(row.measure for row in comparison.rows if name != "over-time" or row.measure == comparison.drawn)
    return as_file(reader, comparison_page.table_called(comparison, name), ending, about, measures)
