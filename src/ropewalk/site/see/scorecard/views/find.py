"""The first page: find a place."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ropewalk.site.see.scorecard.pages import Reader, page
from ropewalk.site.see.scorecard.searching import index_of_places, matches


@page
def find(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Search for a place; the only match, or the exact one, is shown at once."""
    text = request.GET.get("q", "").strip()[:200]
    if not text:
        return render(request, "scorecard/find.html", {"index": index_of_places(reader), "q": ""})
    found = matches(reader, text)
    if len(found) == 1:
        return redirect("scorecard:place", code=found[0].place.code)
    return render(request, "scorecard/find.html", {"index": index_of_places(reader), "q": text, "found": found})
