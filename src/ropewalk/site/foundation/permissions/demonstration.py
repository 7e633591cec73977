"""People of the made-up place, so that a demo shows what a head and a coordinator see."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ropewalk.core.use_cases.store import Reader
from ropewalk.site.foundation.accounts.administrators import new_password
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.kinds import OrganisationKind
from ropewalk.site.foundation.organisations.models import Organisation, Place
from ropewalk.site.foundation.organisations.register import bring_in
from ropewalk.site.foundation.permissions.actions import Wanted, give

REASON = "A made-up person of a made-up place, for the demo."


@transaction.atomic
def make_people(*, reader: Reader, place: str, urn: int, by: str, now: datetime) -> list[tuple[str, str, str]]:
    """A head of one school and a coordinator of the place: name, password, and what they are."""
    giver = Account.objects.get(name=by)
    found = bring_in(reader=reader, place=place, by=by, now=now, on=timezone.localtime(now).date()).place
    school = Organisation.objects.get(kind=OrganisationKind.SCHOOL, key=str(urn))
    return [
        _person("head", "head", school, giver, now),
        _person("coordinator", "coordinator", found, giver, now),
    ]


def _person(name: str, role: str, where: Organisation | Place, by: Account, now: datetime) -> tuple[str, str, str]:
    password = new_password()
    account = Account(name=name)
    account.set_password(password)
    account.save()
    made = give(Wanted(account, role, where, REASON, timezone.localtime(now).date()), by=by, now=now)
    return name, password, str(made)
