"""Making the local administrator, from the command line."""

import secrets

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.accounts.sessions import sign_out_everywhere

# Letters and digits that are not mistaken for each other when read aloud or copied from paper.
CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP = 4, 5


class EmailRefused(Exception):
    """The e-mail address cannot be an account's; the message says why."""


class PasswordRefused(Exception):
    """The password is too easy to guess; the message says why."""


def new_password() -> str:
    """A password of twenty random characters in groups of five: ``k3m8p-…``."""
    return "-".join("".join(secrets.choice(CHARACTERS) for _ in range(GROUP)) for _ in range(GROUPS))


def set_administrator(name: str, password: str) -> bool:
    """Make the account or set its password; whether it is new. Raises PasswordRefused for one easy to guess."""
    account = Account.objects.filter(name__iexact=name).first() or Account(name=name)
    made = account.pk is None
    try:
        password_validation.validate_password(password, account)
    except ValidationError as problem:
        raise PasswordRefused(" ".join(problem.messages)) from problem
    account.set_password(password)
    account.is_local_administrator = account.is_active = True
    account.save()
    return made


def set_email(name: str, email: str) -> None:
    """Set the e-mail address of an account. Raises EmailRefused for what is none, or is another account's."""
    account = Account.objects.get(name__iexact=name)
    try:
        validate_email(email)
    except ValidationError as problem:
        raise EmailRefused("This is not an e-mail address.") from problem
    if Account.objects.filter(email__iexact=email).exclude(pk=account.pk).exists():
        raise EmailRefused("Another account has this e-mail address.")
    account.email = email
    account.save(update_fields=["email"])
    # Accounts elsewhere were tied to the address of before.
    SocialAccount.objects.filter(user=account).delete()


def forget_second_factors(name: str) -> int:
    """Remove every second factor and recovery code of an account, and end its sessions; how many there were."""
    account = Account.objects.get(name__iexact=name)
    removed, _ = Authenticator.objects.filter(user_id=account.pk).delete()
    sign_out_everywhere(account, now=timezone.now())
    return removed


def any_administrator() -> bool:
    """Whether there is a local administrator who can sign in."""
    return Account.objects.filter(is_local_administrator=True, is_active=True).exists()
