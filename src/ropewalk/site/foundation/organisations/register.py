"""Organisations and memberships from the imported published register, as often as one likes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.schema.places import Place as CouncilArea
from ropewalk.core.schema.places import PlaceKind as PublishedKind
from ropewalk.core.schema.places import find_place, place_by_code
from ropewalk.core.use_cases.schools import school_list
from ropewalk.core.use_cases.store import Reader, School
from ropewalk.site.foundation.organisations.actions import (
    join_place,
    join_trust,
    name_organisation,
    name_place,
    nest_place,
    slug,
)
from ropewalk.site.foundation.organisations.kinds import OrganisationKind, PlaceKind
from ropewalk.site.foundation.organisations.models import Organisation, Place


@dataclass(frozen=True)
class BroughtIn:
    """What the register had to say of a council area, and how much of it was news."""

    place: Place
    schools: int
    trusts: int
    news: int


@dataclass(frozen=True)
class _Reading:
    """One reading of the register: by whom, when."""

    by: str
    now: datetime
    on: date


@transaction.atomic
def bring_in(*, reader: Reader, place: str, by: str, now: datetime, on: date) -> BroughtIn:
    """A council area with its council, region, schools and their trusts, as the register knows them; ``on`` is today.

    A school that the register puts into another trust than before changes on the first day of what the register
    describes. A school without a trust in the register keeps the one it has: registers leave trusts out. Raises
    NotFound for a place that is none, InputRefused for a region or country.
    """
    area = find_place(place)
    if area.kind is not PublishedKind.COUNCIL:
        raise InputRefused([Problem(f"{area.name} is not a council area.", "Name one of its councils.")])
    said = [row.school for row in school_list(reader, area).rows]
    reading = _Reading(by, now, on)
    found = name_place(kind=PlaceKind.COUNCIL_AREA, code=area.code, name=area.name)
    first = min((described_day(school.as_of, on) for school in said), default=on)
    news = _council(area, found, first, reading) + sum(_school(school, found, reading) for school in said)
    return BroughtIn(found, len(said), len({school.trust for school in said if school.trust}), news)


def _council(area: CouncilArea, place: Place, begins: date, reading: _Reading) -> int:
    council = name_organisation(kind=OrganisationKind.COUNCIL, key=area.code, name=area.name)
    news = int(join_place(organisation=council, place=place, begins=begins, by=reading.by, now=reading.now))
    if area.region is None:
        return news
    region = name_place(kind=PlaceKind.REGION, code=area.region, name=place_by_code(area.region).name)
    return news + int(nest_place(place=place, region=region, begins=begins, by=reading.by, now=reading.now))


def _school(school: School, place: Place, reading: _Reading) -> int:
    begins = described_day(school.as_of, reading.on)
    named = name_organisation(kind=OrganisationKind.SCHOOL, key=school.urn, name=school.name)
    news = int(join_place(organisation=named, place=place, begins=begins, by=reading.by, now=reading.now))
    if not school.trust or not slug(school.trust):
        return news
    if named.trust_memberships.filter(Q(begins__gte=begins) | Q(until__gte=begins)).exists():
        # Somebody said of this day or a later one already what this register, or an older one, says again.
        return news
    trust = name_organisation(kind=OrganisationKind.TRUST, key=slug(school.trust), name=school.trust)
    return news + int(join_trust(school=named, trust=trust, begins=begins, by=reading.by, now=reading.now))


def described_day(as_of: str, today: date) -> date:
    """The first day of what a register describes (``2025-04-22``, ``2026-08``, ``2022/23``), never after today."""
    year, month, day = (*as_of.partition("/")[0].split("-"), "", "")[:3]
    if not year.isdigit():
        return today
    first = date(int(year), int(month or 9), int(day or 1))
    return min(first, today)


def named_schools(reader: Reader | None, urns: Iterable[int]) -> list[tuple[int, str]]:
    """Schools with the names the register has for them, else those they are known by here.

    Raises InputRefused for URNs that neither knows.
    """
    wanted = list(dict.fromkeys(urns))
    known = {
        int(one.key): one.name
        for one in Organisation.objects.filter(kind=OrganisationKind.SCHOOL, key__in=[str(urn) for urn in wanted])
    }
    if reader is not None:
        known |= {int(school.urn): school.name for school in reader.schools() if school.urn.isdigit()}
    unknown = [str(urn) for urn in wanted if urn not in known]
    if unknown:
        problem = Problem(f"No school has the URN {', '.join(unknown)}.", "Check the numbers, or import a register.")
        raise InputRefused([problem])
    return [(urn, known[urn]) for urn in wanted]
