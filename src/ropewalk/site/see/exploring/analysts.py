"""Who may explore which place: whoever has the right there and knows no school's own numbers.

Rounded counts are audited against somebody who knows nothing but what was given out. Who knows the true counts of one
school could subtract them; so nobody explores a place who sees figures of a school of it through another role.
"""

from datetime import date

from django.http import Http404

from ropewalk.core.errors import NotFound
from ropewalk.core.schema.places import place_by_code
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.membership import schools_of_places
from ropewalk.site.foundation.organisations.models import Place, PlaceNesting
from ropewalk.site.foundation.permissions.permission import OF_PUPILS, Permission
from ropewalk.site.foundation.permissions.reach import reach


def places_explored(account: Account, *, on: date) -> list[Place]:
    """The places an account may explore on a day, by name."""
    seen = reach(account, Permission.EXPLORE_FIGURES, on=on)
    rows = Place.objects.order_by("name")
    if not seen.everywhere:
        within = PlaceNesting.objects.on(on).filter(region__code__in=seen.places).values_list("place", flat=True)
        rows = rows.filter(code__in=seen.places) | rows.filter(pk__in=within)
    known = [place for place in rows.distinct() if _is_known(place)]
    return [place for place in known if not _is_insider(account, place, on=on)]


def place_explored(code: str, *, viewer: Account, on: date) -> Place:
    """The place with a code, where the viewer may explore it. Raises Http404 for any other."""
    found = next((place for place in places_explored(viewer, on=on) if place.code == code), None)
    if found is None:
        raise Http404
    return found


def _is_known(place: Place) -> bool:
    """Whether the core counts for it: it does so for council areas."""
    try:
        place_by_code(place.code)
    except NotFound:
        return False
    return True


def _is_insider(account: Account, place: Place, *, on: date) -> bool:
    """Whether an account sees true figures of some schools of a place. Who sees those of all needs no guarding."""
    if account.is_local_administrator:
        return False
    schools = schools_of_places([place.pk], on)
    return any(reach(account, permission, on=on).schools & schools for permission in OF_PUPILS)
