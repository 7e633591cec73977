"""Who is at a school, who may be asked to look at its claims, and which schools somebody sees."""

from datetime import date

from django.http import Http404

from ropewalk.site.agree.partnership.members import people_of
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.kinds import OrganisationKind
from ropewalk.site.foundation.organisations.models import Organisation, Place, PlaceMembership
from ropewalk.site.foundation.permissions.models import Grant
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.reach import reach


def school_of(urn: int) -> Organisation:
    """The school with a URN. Raises Http404 for none."""
    found = Organisation.objects.filter(kind=OrganisationKind.SCHOOL, key=str(urn)).first()
    if found is None:
        raise Http404
    return found


def places_of(urn: int, on: date) -> list[Place]:
    """The places a school belongs to on a day."""
    rows = PlaceMembership.objects.on(on).filter(organisation__kind=OrganisationKind.SCHOOL, organisation__key=str(urn))
    return [row.place for row in rows.select_related("place").order_by("pk")]


def staff_of(urn: int, on: date) -> list[Grant]:
    """Roles held at a school on a day, by name."""
    rows = Grant.objects.on(on).filter(organisation__kind=OrganisationKind.SCHOOL, organisation__key=str(urn))
    held = rows.filter(account__is_active=True).select_related("account", "organisation")
    return sorted(held, key=lambda one: (one.account.name.casefold(), one.pk))


def lookers(urn: int, on: date) -> list[Grant]:
    """Roles of people of the school's places who are not of the school itself, each person once."""
    found: dict[int, Grant] = {}
    own = {one.account_id for one in staff_of(urn, on)}
    for place in places_of(urn, on):
        for grant in people_of(place, on=on):
            if grant.account_id not in own:
                found.setdefault(grant.account_id, grant)
    return sorted(found.values(), key=lambda one: (one.account.name.casefold(), one.pk))


def schools_seen(viewer: Account, *, on: date) -> list[Organisation]:
    """Schools whose plans somebody sees, by name."""
    allowed = reach(viewer, Permission.SEE_SCHOOL_PLANS, on=on)
    rows = Organisation.objects.filter(kind=OrganisationKind.SCHOOL)
    if not allowed.everywhere:
        rows = rows.filter(key__in=[str(urn) for urn in allowed.schools])
    return sorted(rows, key=lambda one: (one.name.casefold(), one.key))
