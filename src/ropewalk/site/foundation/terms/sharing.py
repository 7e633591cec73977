"""Which terms hold at a place, and which schools share for what: what the other rooms ask."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from ropewalk.site.foundation.organisations.membership import schools_of_places
from ropewalk.site.foundation.organisations.models import Place
from ropewalk.site.foundation.terms.models import Answer, Terms
from ropewalk.site.foundation.terms.purposes import Purpose
from ropewalk.site.foundation.terms.rules import Said, latest, shared_for
from ropewalk.site.foundation.terms.wording import THRESHOLD, Wording


def terms_in_force(place: str, *, at: datetime) -> Terms | None:
    """The version that holds at a place (by code) at a moment, if any."""
    return Terms.objects.in_force(at=at).filter(place__code=place).select_related("place").first()


def threshold_of(place: str, *, at: datetime) -> int:
    """The fewest children of whom a figure of a place is shown: 5 unless its terms say otherwise."""
    terms = terms_in_force(place, at=at)
    return terms.threshold if terms else THRESHOLD


def schools_sharing(place: str, purpose: Purpose, *, at: datetime) -> frozenset[int]:
    """URNs of the schools of a place that share for a purpose at a moment; none while the place has no terms.

    A school shares when its latest answer accepts the purpose as the version in force words it, and it belongs to the
    place that day.
    """
    return frozenset(urn for urn, shared in sharing_by_school(place, at=at).items() if purpose in shared)


def sharing_by_school(place: str, *, at: datetime) -> Mapping[int, frozenset[Purpose]]:
    """What each school of a place shares for at a moment; empty while the place has no terms."""
    current = terms_in_force(place, at=at)
    if current is None:
        return {}
    versions, given = versions_of(current.place, at=at), _answers(current.place, at)
    schools = schools_of_places([current.place.pk], timezone.localtime(at).date())
    return {urn: shared_for(latest(given[urn], at=at), versions, current.number) for urn in schools}


def versions_of(place: Place, *, at: datetime) -> dict[int, Wording]:
    """What each version said that was in force by a moment."""
    return {one.number: one.wording for one in Terms.objects.in_force(at=at).filter(place=place)}


def _answers(place: Place, at: datetime) -> defaultdict[int, list[Said]]:
    rows = Answer.objects.for_system_job("what a place's schools share for follows from the answers of all")
    found: defaultdict[int, list[Said]] = defaultdict(list)
    for one in rows.filter(place=place, at__lte=at).select_related("terms"):
        found[one.urn].append(Said(one.number, one.at, one.terms.number, one.accepted))
    return found


def hold(place: str) -> None:
    """Take turns with answers, withdrawals and releases of a place until the transaction ends.

    SQLite takes its one lock with the transaction; PostgreSQL waits for the row of the place.
    """
    Place.objects.select_for_update(no_key=True).get(code=place)
