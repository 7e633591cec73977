"""Which partnerships somebody sees or runs, and for which organisations they speak."""

from datetime import date

from django.db.models import Q
from django.http import Http404

from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.kinds import OrganisationKind, PlaceKind
from ropewalk.site.foundation.organisations.models import Organisation, Place, PlaceMembership, TrustMembership
from ropewalk.site.foundation.permissions.guard import at_place
from ropewalk.site.foundation.permissions.models import Grant
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.roles import ROLES

# A region's work is done in its places.
WITH_PARTNERSHIPS = (PlaceKind.COUNCIL_AREA, PlaceKind.NAMED_SET)


def places_seen(viewer: Account, *, on: date) -> list[Place]:
    """Places whose partnership somebody sees: they hold a role there, or at one of its organisations; by name."""
    rows = Place.objects.filter(kind__in=WITH_PARTNERSHIPS)
    if not viewer.is_local_administrator:
        rows = rows.filter(pk__in=_places_of(viewer, on))
    return sorted(rows, key=lambda place: (place.name.casefold(), place.code))


def _places_of(viewer: Account, on: date) -> set[int]:
    held = [grant for grant in _grants(viewer, Permission.SEE_PARTNERSHIP, on) if grant.place_id is None]
    own = [grant.organisation for grant in held if grant.organisation is not None]
    trusts = [one.pk for one in own if one.kind == OrganisationKind.TRUST]
    schools = TrustMembership.objects.on(on).filter(trust__in=trusts).values_list("school", flat=True)
    belong = PlaceMembership.objects.on(on).filter(organisation__in={*(one.pk for one in own), *schools})
    councils = [one.key for one in own if one.kind == OrganisationKind.COUNCIL]
    direct = Grant.objects.on(on).filter(account=viewer, place__isnull=False).values_list("place", flat=True)
    return {
        *belong.values_list("place", flat=True),
        *Place.objects.filter(code__in=councils).values_list("pk", flat=True),
        *(pk for pk in direct if pk is not None),
    }


def _grants(account: Account, permission: Permission, on: date) -> list[Grant]:
    roles = [role.id for role in ROLES.values() if role.is_given and permission in role.permissions]
    rows = Grant.objects.on(on).filter(account=account, role__in=roles)
    return list(rows.select_related("organisation"))


def place_seen(code: str, *, viewer: Account, on: date) -> Place:
    """The place whose partnership somebody sees. Raises Http404 for any other."""
    for place in places_seen(viewer, on=on):
        if place.code == code:
            return place
    raise Http404


def place_run(code: str, *, viewer: Account, on: date) -> Place:
    """The place whose partnership somebody runs. Raises Http404 for any other."""
    at_place(code, viewer=viewer, permission=Permission.RUN_PARTNERSHIP, on=on)
    return place_seen(code, viewer=viewer, on=on)


def spoken_for(account: Account, *, on: date) -> list[Organisation]:
    """Organisations for which somebody signs: their own school, trust or council, and no other through it."""
    if not account.is_active or account.is_local_administrator:
        return []
    grants = _grants(account, Permission.SIGN_AGREEMENTS, on)
    return [grant.organisation for grant in grants if grant.organisation is not None]


def people_of(place: Place, *, on: date) -> list[Grant]:
    """Roles held on a day at a place or at one of its organisations, by the names of those who hold them."""
    schools = PlaceMembership.objects.on(on).filter(place=place).values_list("organisation", flat=True)
    trusts = TrustMembership.objects.on(on).filter(school__in=list(schools)).values_list("trust", flat=True)
    rows = Grant.objects.on(on).filter(Q(place=place) | Q(organisation__in={*schools, *trusts}))
    held = rows.filter(account__is_active=True).select_related("account", "organisation", "place")
    return sorted(held, key=lambda grant: (grant.account.name.casefold(), grant.pk))
