"""Making and ending the secret address at which somebody's calendar program fetches meetings."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.site.agree.partnership.deeds import CALENDAR_ENDED, CALENDAR_MADE
from ropewalk.site.agree.partnership.models import CalendarLink
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.audit.recording import Deed, record


def mark_of(secret: str) -> str:
    """What a secret address is known by."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_link(*, by: Account, now: datetime) -> str:
    """The secret of a new address, to be shown once; the one before ends. Refused to local administrators.

    They see every place, and only for a reason that they give at the time.
    """
    if by.is_local_administrator:
        raise InputRefused([Problem("You see meetings only while you say why.", "Ask a member for their calendar.")])
    # Two at once take turns.
    Account.objects.select_for_update().get(pk=by.pk)
    CalendarLink.objects.filter(account=by, ended_at=None).update(ended_at=now)
    secret = secrets.token_urlsafe(32)
    CalendarLink.objects.create(account=by, mark=mark_of(secret), made_at=now)
    record(by=by, deed=Deed.CHANGED, thing=CALENDAR_MADE, now=now)
    return secret


@transaction.atomic
def end_link(*, by: Account, now: datetime) -> None:
    """End the address; calendar programs are told that there is none."""
    if CalendarLink.objects.filter(account=by, ended_at=None).update(ended_at=now):
        record(by=by, deed=Deed.CHANGED, thing=CALENDAR_ENDED, now=now)
