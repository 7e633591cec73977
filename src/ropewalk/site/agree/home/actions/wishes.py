"""Saying how often one wants to be reminded; ending reminders from a letter, without signing in."""

from datetime import datetime

from django.core import signing

from ropewalk.site.agree.home.kinds import USUAL, Often
from ropewalk.site.agree.home.models import Wish
from ropewalk.site.foundation.accounts.models import Account

# What is signed opens this one thing and no other.
SALT = "home.end-reminders"


def often_of(account: Account) -> Often:
    """How often somebody wants to be reminded."""
    found = Wish.objects.filter(account=account).first()
    return Often(found.often) if found else USUAL


def set_often(often: Often, *, account: Account, now: datetime) -> None:
    """Be reminded so often from now on."""
    Wish.objects.update_or_create(account=account, defaults={"often": often.value, "at": now})


def ending_of(account: Account) -> str:
    """What stands in a letter to end reminders: it does nothing else, and says nothing but the account's number."""
    return signing.dumps(account.pk, salt=SALT)


def account_of_ending(said: str) -> Account | None:
    """Whose reminders it ends; None for what we did not sign."""
    try:
        number = signing.loads(said, salt=SALT)
    except signing.BadSignature:
        return None
    return Account.objects.filter(pk=number).first() if isinstance(number, int) else None
