"""Whether a school may send returns here, as far as the terms of its places go."""

from datetime import datetime

from django.utils import timezone

from ropewalk.site.foundation.organisations.kinds import OrganisationKind
from ropewalk.site.foundation.organisations.models import Place, PlaceMembership
from ropewalk.site.foundation.terms.models import Terms
from ropewalk.site.foundation.terms.sharing import sharing_by_school


def places_with_terms(urn: int, *, at: datetime) -> list[Place]:
    """The places of a school, by name, that have terms in force."""
    day = timezone.localtime(at).date()
    rows = PlaceMembership.objects.on(day).filter(
        organisation__kind=OrganisationKind.SCHOOL, organisation__key=str(urn)
    )
    asking = Terms.objects.in_force(at=at).values("place")
    return list(Place.objects.filter(pk__in=rows.values("place")).filter(pk__in=asking).order_by("name"))


def why_not(urn: int, *, at: datetime) -> str:
    """Why returns of a school are not taken in, and who must do what; nothing where they are.

    Where no place of the school has terms in force they are. Else its head must have accepted one purpose at least, at
    one place at least.
    """
    places = places_with_terms(urn, at=at)
    if not places or any(sharing_by_school(place.code, at=at).get(urn) for place in places):
        return ""
    names = " or ".join(place.name for place in places)
    return (
        f"No files were read: the terms on which schools of {names} share are not accepted for this school. Its head "
        "reads them under “Data-sharing terms” and accepts at least one purpose. Then send the files again."
    )
