"""Places with returns."""

from django.http import HttpResponse
from django.shortcuts import render

from ropewalk.site.see.live.addresses import HOME, with_query
from ropewalk.site.see.live.pages import Asked, live_page


@live_page
def places(asked: Asked) -> HttpResponse:
    """Every place whose schools have sent anything."""
    sharing = [
        (one, with_query(f"{HOME}places/{one.place.code}/", {"as_of": asked.as_of})) for one in asked.state.places()
    ]
    return render(asked.request, "live/places.html", {"sharing": sharing, "as_of": asked.as_of})
