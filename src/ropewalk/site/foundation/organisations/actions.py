"""What changes organisations, places and memberships. Each is done whole or not at all, and says who did it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.site.foundation.organisations.kinds import OrganisationKind, PlaceKind
from ropewalk.site.foundation.organisations.models import (
    Dated,
    Organisation,
    Place,
    PlaceMembership,
    PlaceNesting,
    TrustMembership,
)

DAY = timedelta(days=1)


def slug(name: str) -> str:
    """A name as a key: ``south-solihull``."""
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in name.lower()).split())


@transaction.atomic
def name_organisation(*, kind: OrganisationKind, key: str, name: str) -> Organisation:
    """The organisation with a key, made if need be, under the name it has now."""
    found, made = Organisation.objects.get_or_create(kind=kind, key=key, defaults={"name": name})
    if not made and found.name != name:
        found.name = name
        found.save(update_fields=["name"])
    return found


@transaction.atomic
def name_place(*, kind: PlaceKind, code: str, name: str) -> Place:
    """The place with a code, made if need be, under its name now. Raises InputRefused for one of another sort."""
    found, made = Place.objects.get_or_create(code=code, defaults={"name": name, "kind": kind})
    if found.kind != kind:
        raise InputRefused([Problem(f"“{name}” is a {found.kind_words} already.", "Choose another name.")])
    if not made and found.name != name:
        found.name = name
        found.save(update_fields=["name"])
    return found


@transaction.atomic
def join_trust(*, school: Organisation, trust: Organisation, begins: date, by: str, now: datetime) -> bool:
    """A school is in a trust from a day on; whether that is news. The trust it was in until then ends the day before.

    Raises InputRefused when it would be in two trusts on one day.
    """
    # Two who write at once would each see no other trust.
    Organisation.objects.select_for_update().get(pk=school.pk)
    going_on = TrustMembership.objects.filter(school=school, until__isnull=True).first()
    if going_on is not None and going_on.trust_id == trust.pk:
        return False
    later = TrustMembership.objects.filter(Q(until__gte=begins) | Q(begins__gte=begins), school=school)
    if later.exists():
        raise InputRefused(
            [Problem(f"{school.name} was in another trust on {begins} or later.", "Name the day after that ended.")]
        )
    if going_on is not None:
        _close(going_on, until=begins - DAY, by=by, now=now)
    TrustMembership.objects.create(school=school, trust=trust, begins=begins, by=by, at=now)
    return True


@transaction.atomic
def join_place(*, organisation: Organisation, place: Place, begins: date, by: str, now: datetime) -> bool:
    """An organisation belongs to a place from a day on; whether that is news."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    rows = PlaceMembership.objects.filter(Q(until__isnull=True) | Q(until__gte=begins), place=place)
    if rows.filter(organisation=organisation).exists():
        return False
    PlaceMembership.objects.create(organisation=organisation, place=place, begins=begins, by=by, at=now)
    return True


@transaction.atomic
def nest_place(*, place: Place, region: Place, begins: date, by: str, now: datetime) -> bool:
    """A place lies within a region from a day on; whether that is news. The region before ends the day before."""
    Place.objects.select_for_update().get(pk=place.pk)
    going_on = PlaceNesting.objects.filter(place=place, until__isnull=True).first()
    if going_on is not None and going_on.region_id == region.pk:
        return False
    if going_on is not None:
        _close(going_on, until=begins - DAY, by=by, now=now)
    PlaceNesting.objects.create(place=place, region=region, begins=begins, by=by, at=now)
    return True


@transaction.atomic
def end(*, membership: Dated, until: date, by: str, now: datetime) -> None:
    """End a membership with a last day; it is kept. Raises InputRefused for a day before it began, or a second end."""
    locked = type(membership)._default_manager.select_for_update().get(pk=membership.pk)
    if locked.until is not None:
        raise InputRefused([Problem(f"This ended on {locked.until} already.", "Nothing needs to be done.")])
    _close(locked, until=until, by=by, now=now)


def _close(membership: Dated, *, until: date, by: str, now: datetime) -> None:
    if until < membership.begins:
        problem = Problem(
            f"It began on {membership.begins}; it cannot end on {until}.", "Choose a day that is not before it began."
        )
        raise InputRefused([problem])
    membership.until, membership.ended_by, membership.ended_at = until, by, now
    membership.save(update_fields=["until", "ended_by", "ended_at"])


@transaction.atomic
def make_place(
    *, name: str, schools: Sequence[tuple[int, str]], within: Place | None, begins: date, by: str, now: datetime
) -> Place:
    """A place from a list of schools (URN and name), within a region where one is named.

    Raises InputRefused for no name, no schools, or a name that a place has already.
    """
    code = slug(name)
    if not code or not schools:
        problem = Problem(
            "A place needs a name and at least one school.", "Write its name and the URNs of its schools."
        )
        raise InputRefused([problem])
    if Place.objects.filter(code=code).exists():
        problem = Problem(f"There is a place called “{name}” already.", "Choose another name, or change that place.")
        raise InputRefused([problem])
    place = name_place(kind=PlaceKind.NAMED_SET, code=code, name=name)
    for urn, school_name in schools:
        school = name_organisation(kind=OrganisationKind.SCHOOL, key=str(urn), name=school_name)
        join_place(organisation=school, place=place, begins=begins, by=by, now=now)
    if within is not None:
        nest_place(place=place, region=within, begins=begins, by=by, now=now)
    return place
