"""A local administrator reaches no data of schools until they say why; then for an hour, and it stays written down."""

from datetime import datetime
from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from ropewalk.site.foundation.accounts.models import LONGEST_DATA_SESSION, Account, DataSession


@transaction.atomic
def open_session(*, by: Account, reason: str, now: datetime) -> DataSession:
    """Open a data session of an hour; one that is open ends."""
    end(by=by, now=now)
    return DataSession.objects.create(account=by, reason=reason, opened_at=now, until=now + LONGEST_DATA_SESSION)


def end(*, by: Account, now: datetime) -> None:
    """End what is open."""
    DataSession.objects.open_on(now).filter(account=by).update(ended_at=now)


def current(account: Account, *, now: datetime) -> DataSession | None:
    """The data session that an account has open."""
    return DataSession.objects.open_on(now).filter(account=account).first()


def of_request(request: HttpRequest) -> DataSession | None:
    """The data session of whoever is signed in, looked up once for a request."""
    account = request.user
    if not isinstance(account, Account) or not account.is_local_administrator:
        return None
    return current(account, now=timezone.now())


def _end_with_signing_out(user: Any, **_named: object) -> None:
    if isinstance(user, Account):
        end(by=user, now=timezone.now())


user_logged_out.connect(_end_with_signing_out, dispatch_uid="accounts.data_sessions")
