"""Who needs a second factor besides the password, and who has one."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.conf import settings

from ropewalk.site.foundation.accounts.models import Account

# Recovery codes are for the day when these are lost; alone they are no factor.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


# Apps above this one that let somebody see what is known of pupils say whom, when they are loaded.
also_may_see_pupils: list[Callable[[Account], bool]] = []


def may_see_pupils(account: Account) -> bool:
    """Whether an account may see what is known of single pupils. The one place that says so."""
    return account.is_local_administrator or any(says(account) for says in also_may_see_pupils)


def needed(account: Account) -> bool:
    """Whether an account needs a second factor on this site."""
    return settings.SECOND_FACTOR_REQUIRED and may_see_pupils(account)


def count(account: Account) -> int:
    """How many authenticator apps and passkeys an account has."""
    return Authenticator.objects.filter(user_id=account.pk, type__in=FACTORS).count()


def accounts_with_one() -> set[int]:
    """Numbers of the accounts that have a second factor."""
    return set(Authenticator.objects.filter(type__in=FACTORS).values_list("user_id", flat=True))


def missing(account: Account) -> bool:
    """Whether an account needs a second factor and has none."""
    return needed(account) and count(account) == 0
