"""Making the local administrator, from the command line."""

import secrets

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

from ropewalk.site.foundation.accounts.models import Account

# Letters and digits that are not mistaken for each other when read aloud or copied from paper.
CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP = 4, 5


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


def any_administrator() -> bool:
    """Whether there is a local administrator who can sign in."""
    return Account.objects.filter(is_local_administrator=True, is_active=True).exists()
