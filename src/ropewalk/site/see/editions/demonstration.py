"""Editions of the made-up place: one released, and one that schools look at, so that a demo shows both."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from ropewalk.core.schema.calendar import academic_year
from ropewalk.core.use_cases.editions import draft_edition
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.facts_store import open_facts
from ropewalk.site.foundation.organisations.models import Place
from ropewalk.site.foundation.permissions.actions import Wanted, give
from ropewalk.site.foundation.permissions.demonstration import REASON
from ropewalk.site.see.editions.making import Asked, draft_of, make
from ropewalk.site.see.editions.models import Draft, Edition
from ropewalk.site.see.editions.releasing import check, release
from ropewalk.site.see.editions.standing import wanted_of

RELEASED = (("persistent_absence", "disadvantaged"),)
ON_ITS_WAY = (("persistent_absence", "sen"),)
CHECKERS = ("first checker", "second checker")


def make_editions(*, place: str, by: str, administrator: str, now: datetime) -> None:
    """An edition of the year before, released; another of it, with other groups, computed in the background."""
    maker, giver = Account.objects.get(name=by), Account.objects.get(name=administrator)
    today = timezone.localtime(now).date()
    year = academic_year(today - timedelta(days=365))
    released, draft = draft_of(asked=Asked(place=place, period=year, cuts=RELEASED), by=maker, now=now)
    _compute(released, draft)
    # Nobody waits for a window in a demo.
    released.until = today - timedelta(days=1)
    released.save(update_fields=["until"])
    for name in CHECKERS:
        person = _checker(name, Place.objects.get(code=place), giver, now)
        check(edition=released, seen=draft.digest, words="", by=person, now=now)
    release(edition=released, seen=draft.digest, by=maker, now=now)
    make(asked=Asked(place=place, period=year, cuts=ON_ITS_WAY), by=maker, now=now)


def _compute(edition: Edition, draft: Draft) -> None:
    made = draft_edition(
        open_facts(Path(settings.ROPEWALK_STORE), settings.FACTS_ENVIRONMENT), wanted_of(edition, draft)
    )
    draft.content, draft.digest = made.content, made.digest
    draft.save(update_fields=["content", "digest"])


def _checker(name: str, place: Place, by: Account, now: datetime) -> Account:
    """Somebody who checked once and has no password: nobody signs in as them."""
    account = Account(name=name)
    account.set_unusable_password()
    account.save()
    give(Wanted(account, "coordinator", place, REASON, timezone.localtime(now).date()), by=by, now=now)
    return account
