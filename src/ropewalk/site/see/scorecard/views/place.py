"""The page of a place."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ropewalk.core.schema.places import PlaceKind, search_places
from ropewalk.core.use_cases.overview import place_overview
from ropewalk.core.views.overview import Overview
from ropewalk.site.foundation.sorting import Order, read_order
from ropewalk.site.see.scorecard.comparing.form import address_of
from ropewalk.site.see.scorecard.pages import Reader, about_place, page, place_at
from ropewalk.site.see.scorecard.place_table import blocks, columns, headers


@page
def place(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
    """Every measure of a place beside last year, 2018/19, England, its region and its neighbours."""
    overview = place_overview(reader, place_at(request, code))
    shown = columns(overview)
    labels = {"measure": "measure", **{column.key: column.label for column in shown}}
    asked = read_order(request, allowed=labels, default=Order(""))
    order = asked if asked.key else None
    here = overview.place
    context = {
        **about_place(here),
        "overview": overview,
        "headers": headers(request, shown, order),
        "order": order,
        "sorted_by": labels[order.key] if order else "",
        "blocks": blocks(overview, shown, order),
        "is_council": here.kind is PlaceKind.COUNCIL,
        **compare_links(overview),
        "councils": [p for p in search_places("") if p.region == here.code] if here.kind is PlaceKind.REGION else [],
    }
    return render(request, "scorecard/place.html", context)


def compare_links(overview: Overview) -> dict[str, str]:
    """Addresses that compare a place with its neighbours, and its whole region."""
    here = overview.place
    links = {}
    if overview.neighbours:
        links["compare_neighbours"] = address_of([here.code, *(other.code for other in overview.neighbours)])
    region = here if here.kind is PlaceKind.REGION else overview.region
    # Inner and Outer London have no councils of their own: theirs are London's.
    if region and any(place.region == region.code for place in search_places("")):
        links |= {"compare_region": address_of([], region=region.code), "region_name": region.name}
    return links
