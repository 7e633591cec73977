"""How long one stays signed in: half an hour of doing nothing for whoever may see pupils, twelve hours at most."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from ropewalk.site.foundation.accounts import second_factor
from ropewalk.site.foundation.accounts.models import Account

LONGEST = timedelta(hours=12)
IDLE = timedelta(minutes=30)
JUST_NOW = timedelta(minutes=5)
# When the last page was asked for is written down once a minute, not for every page.
NOTED_EVERY = timedelta(minutes=1)
SIGNED_IN, SEEN, ENDED = "signed_in_at", "seen_at", "ended"

TOO_LONG = "You were signed out because you signed in more than 12 hours ago."
TOO_IDLE = "You were signed out because you did nothing for 30 minutes."
ELSEWHERE = "You were signed out because you, or an administrator, signed you out everywhere."


def sign_out_everywhere(account: Account, *, now: datetime) -> None:
    """End every session of an account that began before now."""
    account.signed_out_everywhere_at = now
    account.save(update_fields=["signed_out_everywhere_at"])


def signed_in_just_now(request: HttpRequest) -> bool:
    """Whether whoever asks signed in less than five minutes ago."""
    began = _moment(request, SIGNED_IN)
    return began is not None and timezone.now() - began < JUST_NOW


def why_over(request: HttpRequest, account: Account, *, now: datetime) -> str:
    """Why the session of an account is over; empty while it is not."""
    began, seen = _moment(request, SIGNED_IN), _moment(request, SEEN)
    if began is None or seen is None or now - began >= LONGEST:
        return TOO_LONG
    if account.signed_out_everywhere_at and began <= account.signed_out_everywhere_at:
        return ELSEWHERE
    if second_factor.may_see_pupils(account) and now - seen >= IDLE:
        return TOO_IDLE
    return ""


class SessionLimitsMiddleware:
    """Looks at the limits when somebody asks who is signed in, and only then: public pages never ask."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        found = request.user
        request.user = SimpleLazyObject(lambda: _within_limits(request, found))  # type: ignore[assignment]
        return self.get_response(request)


def _within_limits(request: HttpRequest, found: object) -> object:
    if not isinstance(found, Account):
        return found
    now = timezone.now()
    why = why_over(request, found, now=now)
    if why:
        request.session.flush()
        request.session[ENDED] = why
        return AnonymousUser()
    seen = _moment(request, SEEN)
    if seen is None or now - seen >= NOTED_EVERY:
        request.session[SEEN] = now.isoformat()
    return found


def _moment(request: HttpRequest, name: str) -> datetime | None:
    written = request.session.get(name)
    return datetime.fromisoformat(written) if written else None


def _note(request: HttpRequest, **_named: object) -> None:
    """Somebody signed in."""
    now = timezone.now().isoformat()
    request.session[SIGNED_IN] = request.session[SEEN] = now


user_logged_in.connect(_note, dispatch_uid="accounts.sessions")
