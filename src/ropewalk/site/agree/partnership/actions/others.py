"""Organisations besides schools that come to a place and its partnership, and go."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from ropewalk.core.errors import Problem
from ropewalk.site.agree.partnership.actions.running import may_run, named, write_down
from ropewalk.site.agree.partnership.deeds import CAME, WENT
from ropewalk.site.agree.partnership.kinds import INVITED
from ropewalk.site.agree.partnership.rules import refuse
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.actions import end, join_place, name_organisation, slug
from ropewalk.site.foundation.organisations.kinds import OrganisationKind
from ropewalk.site.foundation.organisations.models import Organisation, Place, PlaceMembership


@dataclass(frozen=True)
class NewMember:
    """An organisation that belongs to a place from a day on."""

    kind: OrganisationKind
    name: str
    begins: date


@transaction.atomic
def bring(wanted: NewMember, *, place: Place, by: Account, now: datetime) -> Organisation:
    """An organisation belongs to a place from a day on.

    Raises InputRefused without a name, for a school or trust, and for one that belongs already.
    """
    may_run(place, by, now)
    problems = named(wanted.name, "name")
    if not problems and not slug(wanted.name):
        problems.append(Problem("The name has no letters.", "Write it with letters or digits."))
    if wanted.kind not in INVITED:
        problems.append(Problem("A school or trust is not brought in here.", "Its head decides that the school joins."))
    refuse(problems)
    name = wanted.name.strip()
    found = Organisation.objects.filter(kind=wanted.kind, key=slug(name)).first()
    made = found or name_organisation(kind=wanted.kind, key=slug(name), name=name)
    if not join_place(organisation=made, place=place, begins=wanted.begins, by=by.name, now=now):
        refuse([Problem("It belongs to this place already.", "Nothing needs to be done.")])
    write_down(CAME, place, f"organisation {made.pk}, from {wanted.begins}", by=by, now=now)
    return made


@transaction.atomic
def take_leave(*, membership: PlaceMembership, until: date, by: Account, now: datetime) -> None:
    """An organisation leaves with a last day. Raises InputRefused for a school, a second time, or before it came."""
    may_run(membership.place, by, now)
    if membership.organisation.kind not in INVITED:
        refuse([Problem("A school or council does not leave here.", "The head decides for a school.")])
    end(membership=membership, until=until, by=by.name, now=now)
    write_down(WENT, membership.place, f"organisation {membership.organisation_id}, {until}", by=by, now=now)
