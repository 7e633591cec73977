"""Looking after accounts that there are: closing one, a new password, another address, a lost second factor."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from ropewalk.site.foundation.accounts import data_sessions
from ropewalk.site.foundation.accounts.administrators import new_password
from ropewalk.site.foundation.accounts.models import Account, Invitation
from ropewalk.site.foundation.accounts.sessions import sign_out_everywhere


class ChangeRefused(Exception):
    """An account cannot be changed so; the message says why and what to do."""


def account_named(name: str) -> Account:
    """The account of a name. Raises ChangeRefused when there is none."""
    account = Account.objects.filter(name__iexact=name).first()
    if account is None:
        raise ChangeRefused("There is no account with this name.")
    return account


@transaction.atomic
def close(account: Account, *, by: Account | None, now: datetime) -> None:
    """Nobody signs in with it any more, and every session of it ends. What it did stays.

    Raises ChangeRefused for one's own, so that somebody is left who can open it again.
    """
    if by == account:
        raise ChangeRefused("You cannot close your own account. Ask another administrator to.")
    Account.objects.filter(pk=account.pk).update(is_active=False)
    sign_out_everywhere(account, now=now)
    data_sessions.end(by=account, now=now)
    Invitation.objects.open_on(now).filter(by=account).update(withdrawn_at=now)


def reopen(account: Account) -> None:
    """Whoever it belongs to signs in again as before."""
    Account.objects.filter(pk=account.pk).update(is_active=True)


def give_new_password(account: Account) -> str:
    """Set a made-up password, which ends every session; the password, to be shown once."""
    password = new_password()
    account.set_password(password)
    account.save(update_fields=["password"])
    return password


def set_email(account: Account, email: str) -> None:
    """Set the e-mail address. Raises ChangeRefused for what is none, or is another account's."""
    try:
        validate_email(email)
    except ValidationError as problem:
        raise ChangeRefused("This is not an e-mail address.") from problem
    if Account.objects.filter(email__iexact=email).exclude(pk=account.pk).exists():
        raise ChangeRefused("Another account has this e-mail address.")
    account.email = email
    account.save(update_fields=["email"])
    # Accounts elsewhere were tied to the address of before.
    SocialAccount.objects.filter(user=account).delete()


def forget_second_factors(account: Account, *, now: datetime) -> int:
    """Remove every second factor and recovery code, and end every session; how many there were."""
    removed, _ = Authenticator.objects.filter(user_id=account.pk).delete()
    sign_out_everywhere(account, now=now)
    return removed
