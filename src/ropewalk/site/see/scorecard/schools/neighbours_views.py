"""The page of a school's statistical neighbours, and its table as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ropewalk.core.publish.neighbours_tables import neighbours_table, shown_measures, weights_table
from ropewalk.core.use_cases.neighbours import school_neighbourhood
from ropewalk.site.see.scorecard.pages import Reader, about_place, page
from ropewalk.site.see.scorecard.schools import neighbours_page
from ropewalk.site.see.scorecard.schools.table_files import ENDINGS, as_file


@page
def neighbours(request: HttpRequest, reader: Reader, reference: str) -> HttpResponse:
    """Schools alike in the circumstances of their pupils, with weights and filters to choose."""
    asked = neighbours_page.asked_of(request)
    shown = school_neighbourhood(reader, reference, asked.wanted)
    if reference != shown.school.urn:
        return redirect("scorecard:neighbours", reference=shown.school.urn)
    query = neighbours_page.query_of(request)
    base = f"/schools/{shown.school.urn}/neighbours/"
    context = {
        **about_place(shown.place),
        **{ending: f"{base}neighbours.{ending}{query}" for ending in ENDINGS},
        "shown": shown,
        "school": shown.school,
        "problems": asked.problems,
        "same_phase": asked.wanted.same_phase,
        "weights": neighbours_page.weights_of(shown),
        "regions": neighbours_page.regions(asked),
        "counts": neighbours_page.counts(asked),
        "table": neighbours_table(shown),
        "links": [f"/schools/{row.school.urn}/" for row in (shown.own, *shown.nearest)],
        "weighed": weights_table(shown),
        "changed": bool(query),
    }
    return render(request, "scorecard/schools/neighbours.html", context)


@page
def neighbours_file(request: HttpRequest, reader: Reader, reference: str, ending: str) -> HttpResponse:
    """The table as a file: the same schools in the same order."""
    shown = school_neighbourhood(reader, reference, neighbours_page.asked_of(request).wanted)
    about = f"{shown.school.name} {shown.school.urn} statistical neighbours"
    return as_file(reader, neighbours_table(shown), ending, about, shown_measures(shown))
