"""Terms of the made-up place: in force, accepted by most schools, by one in part, and by one not yet."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.kinds import OrganisationKind
from ropewalk.site.foundation.organisations.membership import members_of
from ropewalk.site.foundation.organisations.models import Organisation, Place
from ropewalk.site.foundation.permissions.actions import Wanted, give
from ropewalk.site.foundation.permissions.demonstration import REASON
from ropewalk.site.foundation.permissions.models import Grant
from ropewalk.site.foundation.terms import actions
from ropewalk.site.foundation.terms.models import Terms
from ropewalk.site.foundation.terms.purposes import Purpose
from ropewalk.site.foundation.terms.wording import first_wording


@transaction.atomic
def make_terms(*, place: str, head: str, by: str, now: datetime) -> Terms:
    """Terms put in force by an account and answered by the schools' heads; ``head`` is one who has an account."""
    found, keeper = Place.objects.get(code=place), Account.objects.get(name=by)
    draft = actions.write_draft(place=found, wording=first_wording(found.name), expected="", by=keeper, now=now)
    terms = actions.put_in_force(place=found, expected=draft.digest, by=keeper, now=now)
    day = timezone.localtime(now).date()
    schools = [one for one in members_of(found, day) if one.kind == OrganisationKind.SCHOOL]
    signs_in = Account.objects.get(name=head)
    grant = Grant.objects.on(day).get(account=signs_in, role="head")
    own = next(one for one in schools if one == grant.organisation)
    others = [one for one in schools if one != own]
    heads = [(own, signs_in), *((one, _head_of(one, keeper, now)) for one in others[1:])]
    for number, (school, account) in enumerate(heads):
        accepted = {Purpose.PLACE_FIGURES} if number == 1 else set(Purpose)
        said = actions.Said(int(school.key), accepted, terms.digest)
        actions.answer(said, place=found, by=account, now=now)
    return terms


def _head_of(school: Organisation, by: Account, now: datetime) -> Account:
    """A head who answered once and has no password: nobody signs in as them."""
    # Two schools of a place may be called the same.
    account = Account(name=f"head of {school.name[:60]} ({school.key})")
    account.set_unusable_password()
    account.save()
    give(Wanted(account, "head", school, REASON, timezone.localtime(now).date()), by=by, now=now)
    return account
