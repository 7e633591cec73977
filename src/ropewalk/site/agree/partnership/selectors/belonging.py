"""Who belongs to the partnership of a place on a day, and which of its schools are covered."""

from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date

from ropewalk.core.errors import NotFound
from ropewalk.core.use_cases.schools import phase_words
from ropewalk.site.agree.partnership.kinds import INVITED
from ropewalk.site.agree.partnership.models import Decision
from ropewalk.site.agree.partnership.rules import Coverage, Step, belongs_since
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.kinds import OrganisationKind, PlaceKind
from ropewalk.site.foundation.organisations.models import Organisation, Place, PlaceMembership, TrustMembership
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.reach import reach
from ropewalk.site.see.scorecard.reader import reader

NOT_REGISTERED = "not in the imported register"
NO_TRUST = "none"


@dataclass(frozen=True)
class SchoolLine:
    """A school of the place on a day; ``since`` is when it joined the partnership, if it did."""

    school: Organisation
    phase: str
    trust: Organisation | None
    since: date | None
    may_decide: bool

    @property
    def urn(self) -> int:
        """Its number."""
        return int(self.school.key)

    @property
    def trust_words(self) -> str:
        """Its trust, or that it has none."""
        return self.trust.name if self.trust else NO_TRUST


@dataclass(frozen=True)
class OtherLine:
    """Another organisation of the place; ``through`` are its schools in the partnership, of a trust.

    ``leaves`` is the membership that whoever runs the partnership may end, if any.
    """

    organisation: Organisation
    since: date | None
    through: int = 0
    leaves: PlaceMembership | None = None


@dataclass(frozen=True)
class Belonging:
    """Schools in the partnership and outside it, other organisations, and how many schools are covered."""

    members: list[SchoolLine]
    outside: list[SchoolLine]
    others: list[OtherLine]
    coverage: Coverage
    areas: list[Coverage]


def belonging(place: Place, *, viewer: Account | None, on: date) -> Belonging:
    """Who belongs on a day; with a viewer, the schools for which they may decide are marked."""
    rows = PlaceMembership.objects.on(on).filter(place=place).select_related("organisation")
    organisations = {row.organisation: row for row in rows}
    schools = [one for one in organisations if one.kind == OrganisationKind.SCHOOL]
    lines = _lines(place, schools, viewer, on)
    members = [line for line in lines if line.since is not None]
    others = [_other(row) for one, row in organisations.items() if one.kind != OrganisationKind.SCHOOL]
    return Belonging(
        members,
        [line for line in lines if line.since is None],
        sorted([*others, *_trusts(members, organisations)], key=_by_kind),
        Coverage(place.name, len(members), len(lines)),
        _areas(schools, on),
    )


def members_on(place: Place, *, on: date) -> list[Organisation]:
    """Every member on a day, schools first: those that joined, their trusts, and the others of the place."""
    rows = PlaceMembership.objects.on(on).filter(place=place).select_related("organisation")
    there, since = [row.organisation for row in rows], _since([place], on)
    schools = [one for one in there if one.pk in since and one.kind == OrganisationKind.SCHOOL]
    others = {one for one in there if one.kind != OrganisationKind.SCHOOL}
    held = TrustMembership.objects.on(on).filter(school__in=schools).select_related("trust")
    others |= {row.trust for row in held}
    in_order = sorted(others, key=lambda one: _by_kind(OtherLine(one, None)))
    return [*sorted(schools, key=lambda one: (one.name.casefold(), one.key)), *in_order]


def looked_into(place: Place, *, on: date) -> list[Organisation]:
    """Schools of a place on a day and their trusts, of which due diligence may be done: members or not; by name."""
    rows = PlaceMembership.objects.on(on).filter(place=place, organisation__kind=OrganisationKind.SCHOOL)
    schools = [row.organisation for row in rows.select_related("organisation")]
    held = TrustMembership.objects.on(on).filter(school__in=schools).select_related("trust")
    return sorted({*schools, *(row.trust for row in held)}, key=lambda one: (one.kind, one.name.casefold(), one.key))


def _lines(place: Place, schools: list[Organisation], viewer: Account | None, on: date) -> list[SchoolLine]:
    phases, since = _phases(schools), _since([place], on)
    held = TrustMembership.objects.on(on).filter(school__in=schools).select_related("trust")
    trusts = {row.school_id: row.trust for row in held}
    decides = reach(viewer, Permission.JOIN_PARTNERSHIP, on=on) if viewer else None
    lines = [
        SchoolLine(
            one,
            phases.get(one.key, NOT_REGISTERED),
            trusts.get(one.pk),
            since.get(one.pk),
            decides is not None and decides.holds_school(int(one.key)),
        )
        for one in schools
    ]
    return sorted(lines, key=lambda line: (line.school.name.casefold(), line.urn))


def _phases(schools: Iterable[Organisation]) -> dict[str, str]:
    keys = [one.key for one in schools]
    try:
        return {one.urn: phase_words(one.phase) for one in reader().schools(ids=keys)} if keys else {}
    except NotFound:
        return {}


def _since(places: Iterable[Place] | None, on: date) -> dict[int, date]:
    """Since when schools (by id) belong to the partnership of one of some places, or of any place."""
    rows = Decision.objects.filter(day__lte=on)
    if places is not None:
        rows = rows.filter(place__in=list(places))
    steps: defaultdict[tuple[int, int], list[Step]] = defaultdict(list)
    for school, place, number, joins, day in rows.values_list("school", "place", "number", "joins", "day"):
        steps[(school, place)].append(Step(number, joins, day))
    found: dict[int, date] = {}
    for (school, _), taken in steps.items():
        since = belongs_since(taken, on=on)
        if since is not None:
            found[school] = min(since, found.get(school, since))
    return found


def _other(row: PlaceMembership) -> OtherLine:
    may_leave = row.until is None and row.organisation.kind in INVITED
    return OtherLine(row.organisation, row.begins, leaves=row if may_leave else None)


def _trusts(members: list[SchoolLine], known: Container[Organisation]) -> list[OtherLine]:
    held: defaultdict[Organisation, list[SchoolLine]] = defaultdict(list)
    for line in members:
        if line.trust is not None and line.trust not in known:
            held[line.trust].append(line)
    return [
        OtherLine(trust, min(line.since for line in lines if line.since), len(lines)) for trust, lines in held.items()
    ]


def _by_kind(line: OtherLine) -> tuple[int, str]:
    return list(OrganisationKind).index(OrganisationKind(line.organisation.kind)), line.organisation.name.casefold()


def _areas(schools: list[Organisation], on: date) -> list[Coverage]:
    """For each council area in which some schools lie: how many of its schools are in a partnership of any place."""
    memberships = PlaceMembership.objects.on(on).filter(
        place__kind=PlaceKind.COUNCIL_AREA, organisation__kind=OrganisationKind.SCHOOL
    )
    areas = Place.objects.filter(pk__in=memberships.filter(organisation__in=schools).values("place"))
    covered, there = _since(None, on), defaultdict(set)
    for place, school in memberships.filter(place__in=areas).values_list("place", "organisation"):
        there[place].add(school)
    counted = [Coverage(area.name, len(there[area.pk] & covered.keys()), len(there[area.pk])) for area in areas]
    return sorted(counted, key=lambda one: one.where.casefold())


def decisions_of(place: Place) -> list[Decision]:
    """Every decision to join or leave, the newest first."""
    return list(Decision.objects.filter(place=place).select_related("school", "by").order_by("-number"))
