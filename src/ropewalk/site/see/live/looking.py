"""What the pages of live figures are about, for the audit log."""

from collections.abc import Mapping

from django.http import HttpRequest

from ropewalk.core.errors import NotFound
from ropewalk.site.foundation.audit.looks import About, room
from ropewalk.site.foundation.audit.models import PLACE
from ropewalk.site.see.live.states import STATES

_WHOSE = {"place": "figures of the whole place", "trust": "figures of the trust", "school": "the school's figures"}
_PAGES = ("", "-table", "-measure", "-measure-table", "-chart-image", "-chart-spec")
_VALUE_ADDED = ("", "-table", "-chart-image", "-chart-spec")
WORDS = {
    "places": "the list of schools with figures",
    "figure": "where a figure comes from",
    "movement": "unusual movement in the place",
    "movement-table": "unusual movement in the place",
    "children": "the children behind a count",
    "child": "where a child was on roll",
    "child-chart-image": "where a child was on roll",
    "child-chart-spec": "where a child was on roll",
    **{f"value-added{page}": "value added in the place" for page in _VALUE_ADDED},
    **{f"{kind}{page}": words for kind, words in _WHOSE.items() for page in _PAGES},
}


@room("live", WORDS)
def about(request: HttpRequest, named: Mapping[str, object]) -> About:
    """What a page of live figures is about."""
    said = {name: str(named.get(name) or request.GET.get(name, "")).strip() for name in ("urn", "school", "trust")}
    place = str(named.get("code") or request.GET.get("place", "")).strip()[:PLACE]
    school = said["urn"] or said["school"]
    child = f"record {named['number']}" if "number" in named else ""
    if school.isdigit():
        return About((int(school),), what=child)
    if said["trust"]:
        return About(_schools_of(said["trust"], place), place, what=said["trust"])
    return About(place=place, what=child)


def _schools_of(trust: str, place: str) -> tuple[int, ...]:
    state = STATES.get(None)
    try:
        return tuple(school.urn for school in state.schools_of(state.trust(trust, place)))
    except NotFound:
        return ()
