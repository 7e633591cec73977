"""Places with returns."""

from django.http import HttpResponse
from django.shortcuts import render

from ropewalk.site.see.live.addresses import HOME, with_query
from ropewalk.site.see.live.pages import Asked, live_home
from ropewalk.site.see.live.scopes import own_scopes


@live_home
def places(asked: Asked) -> HttpResponse:
    """Every place whose schools have sent anything; for somebody with a role, their own trusts and schools."""
    if not asked.reach.everywhere:
        return render(
            asked.request, "live/own.html", {"own": own_scopes(asked), "may": bool(asked.reach), "as_of": asked.as_of}
        )
    sharing = [
        (one, with_query(f"{HOME}places/{one.place.code}/", {"as_of": asked.as_of})) for one in asked.state.places()
    ]
    return render(asked.request, "live/places.html", {"sharing": sharing, "as_of": asked.as_of})
