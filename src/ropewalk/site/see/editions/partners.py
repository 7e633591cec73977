"""Who sees released figures of a place's schools: whoever holds a role at the place, or at a school or trust of it."""

from datetime import date

from django.http import Http404

from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.kinds import OrganisationKind
from ropewalk.site.foundation.organisations.membership import schools_of_places
from ropewalk.site.foundation.organisations.models import Place
from ropewalk.site.foundation.permissions.models import Grant
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.reach import reach, reach_of
from ropewalk.site.foundation.permissions.roles import ROLES

OF_SCHOOLS = frozenset({OrganisationKind.SCHOOL.value, OrganisationKind.TRUST.value})


def is_partner(account: Account, code: str, *, on: date) -> bool:
    """Whether an account sees figures of a place's schools on a day. A place with the same schools is another place."""
    if reach(account, Permission.SEE_EDITIONS, on=on).holds_place(code):
        return True
    roles = [role.id for role in ROLES.values() if Permission.SEE_EDITIONS in role.permissions]
    held = Grant.objects.on(on).filter(account=account, role__in=roles, organisation__kind__in=OF_SCHOOLS)
    seen = reach_of(held.select_related("organisation", "place"), on=on).schools
    places = Place.objects.filter(code=code).values_list("pk", flat=True)
    return account.is_active and bool(seen & schools_of_places(places, on))


def at_place_of_partners(code: str, *, viewer: Account, on: date) -> str:
    """The code of a place whose schools' figures the viewer sees. Raises Http404 for any other."""
    if not is_partner(viewer, code, on=on):
        raise Http404
    return code
