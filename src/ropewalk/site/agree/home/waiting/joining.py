"""Whether a school joins the partnership of its place: for the head."""

from collections.abc import Iterator

from django.urls import reverse

from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.home.lines import Waiting
from ropewalk.site.agree.partnership.members import WITH_PARTNERSHIPS
from ropewalk.site.agree.partnership.models import Agreement, Body, Decision
from ropewalk.site.foundation.organisations.kinds import OrganisationKind
from ropewalk.site.foundation.organisations.models import PlaceMembership
from ropewalk.site.foundation.permissions.permission import Permission


def found(asking: Asking) -> Iterator[Waiting]:
    """Each partnership that has begun, and of which a school has never said whether it joins."""
    schools = asking.reach(Permission.JOIN_PARTNERSHIP).schools
    if not schools:
        return
    keys = [str(urn) for urn in schools]
    rows = PlaceMembership.objects.on(asking.today).filter(
        organisation__kind=OrganisationKind.SCHOOL, organisation__key__in=keys, place__kind__in=WITH_PARTNERSHIPS
    )
    belongs = list(rows.select_related("organisation", "place"))
    places = [row.place_id for row in belongs]
    # Every place could have a partnership; where nobody has begun one there is nothing to decide.
    begun = {pk for model in (Body, Decision, Agreement) for pk in _places(model, places)}
    said = Decision.objects.filter(place__in=places, school__in=[row.organisation_id for row in belongs])
    decided = set(said.values_list("place", "school"))
    for row in belongs:
        if row.place_id in begun and (row.place_id, row.organisation_id) not in decided:
            words = f"Decide whether {row.organisation.name} joins the partnership of {row.place.name}"
            address = reverse("partnership:decision", args=[row.place.code, int(row.organisation.key)])
            yield Waiting(words, address, words)


def _places(model: type[Body] | type[Decision] | type[Agreement], places: list[int]) -> set[int]:
    return set(model.objects.filter(place__in=places).values_list("place", flat=True))
