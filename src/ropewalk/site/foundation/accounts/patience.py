"""After five wrong passwords for a name from an address within fifteen minutes, fifteen minutes of refusing."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from ropewalk.site.foundation.accounts.models import FailedSignIn

MOST_FAILURES = 5
WITHIN = timedelta(minutes=15)
REFUSED_FOR = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(days=1)


def may_try(name: str, address: str, *, now: datetime) -> bool:
    """Whether this name may be tried from this address now.

    The attempt counts as failed from here on, until ``forget_failures`` says otherwise: attempts made at the same
    time cannot slip past each other.
    """
    with transaction.atomic():
        newest = list(_of(name, address).order_by("-at").values_list("at", flat=True)[:MOST_FAILURES])
        if len(newest) == MOST_FAILURES and newest[0] - newest[-1] <= WITHIN and now - newest[0] < REFUSED_FOR:
            return False
        FailedSignIn.objects.filter(at__lt=now - FORGOTTEN_AFTER).delete()
        FailedSignIn.objects.create(name=_cut(name), address=address, at=now)
        return True


def forget_failures(name: str, address: str) -> None:
    """A right password ends the count."""
    _of(name, address).delete()


def _of(name: str, address: str) -> QuerySet[FailedSignIn]:
    return FailedSignIn.objects.filter(name=_cut(name), address=address)


def _cut(name: str) -> str:
    return name.strip().casefold()[:80]
