"""Who belonged where on a day: questions to the memberships."""

from collections.abc import Iterable
from datetime import date

from ropewalk.site.foundation.organisations.kinds import OrganisationKind
from ropewalk.site.foundation.organisations.models import (
    Organisation,
    Place,
    PlaceMembership,
    PlaceNesting,
    TrustMembership,
)


def trust_on(school: Organisation, day: date) -> Organisation | None:
    """The trust that held a school on a day, if any."""
    found = TrustMembership.objects.on(day).filter(school=school).select_related("trust").first()
    return found.trust if found else None


def schools_of_trusts(trusts: Iterable[int], day: date) -> frozenset[int]:
    """URNs of the schools that these trusts (by id) held on a day."""
    rows = TrustMembership.objects.on(day).filter(trust__in=list(trusts))
    return frozenset(int(key) for key in rows.values_list("school__key", flat=True))


def schools_of_places(places: Iterable[int], day: date) -> frozenset[int]:
    """URNs of the schools that belonged to these places (by id) on a day, or to a place within them."""
    asked = list(places)
    inner = PlaceNesting.objects.on(day).filter(region__in=asked).values_list("place", flat=True)
    rows = PlaceMembership.objects.on(day).filter(
        place__in={*asked, *inner}, organisation__kind=OrganisationKind.SCHOOL
    )
    return frozenset(int(key) for key in rows.values_list("organisation__key", flat=True))


def members_of(place: Place, day: date) -> list[Organisation]:
    """The organisations that belonged to a place on a day, by name."""
    rows = PlaceMembership.objects.on(day).filter(place=place).select_related("organisation")
    return sorted((row.organisation for row in rows), key=lambda one: (one.kind, one.name.casefold(), one.key))


def region_on(place: Place, day: date) -> Place | None:
    """The region in which a place lay on a day, if any."""
    found = PlaceNesting.objects.on(day).filter(place=place).select_related("region").first()
    return found.region if found else None
