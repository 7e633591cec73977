"""Which workstreams somebody sees or leads: those of places whose partnership they see, and of their regions."""

from datetime import date

from django.http import Http404

from ropewalk.site.agree.partnership.members import places_seen
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.kinds import PlaceKind
from ropewalk.site.foundation.organisations.models import Place
from ropewalk.site.foundation.permissions.guard import at_place
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.reach import reach


def places_with_workstreams(viewer: Account, *, on: date) -> list[Place]:
    """Council areas, named sets and regions whose workstreams somebody sees, by name."""
    held = reach(viewer, Permission.SEE_PARTNERSHIP, on=on)
    regions = [one for one in Place.objects.filter(kind=PlaceKind.REGION) if held.holds_place(one.code)]
    return sorted([*places_seen(viewer, on=on), *regions], key=lambda place: (place.name.casefold(), place.code))


def place_with_workstreams(code: str, *, viewer: Account, on: date) -> Place:
    """The place whose workstreams somebody sees. Raises Http404 for any other."""
    for place in places_with_workstreams(viewer, on=on):
        if place.code == code:
            return place
    raise Http404


def place_led(code: str, *, viewer: Account, on: date) -> Place:
    """The place whose workstreams somebody leads. Raises Http404 for any other."""
    at_place(code, viewer=viewer, permission=Permission.RUN_PARTNERSHIP, on=on)
    return place_with_workstreams(code, viewer=viewer, on=on)
