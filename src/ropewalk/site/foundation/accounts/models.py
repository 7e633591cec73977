"""Who may sign in."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, ProtectedError, Q

from ropewalk.site.foundation.retention.declaration import SIX_YEARS, Kept, Rule
from ropewalk.site.foundation.sealed.field import SealedText, mark_in

LONGEST_DATA_SESSION = timedelta(minutes=60)


class Accounts(BaseUserManager["Account"]):
    """How accounts are found: by name, small and capital letters alike."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(name__iexact=username)


class Account(AbstractBaseUser):
    """A person who may sign in. A local administrator may send and see every school's returns.

    The e-mail address is what an administrator says it is: nobody changes their own. Signing in with an account of
    another provider goes by it.
    """

    name = SealedText("name", max_length=80, found_again=True)
    email = SealedText("e-mail address", max_length=254, blank=True, default="", found_again=True)
    is_local_administrator = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField(auto_now_add=True)
    signed_out_everywhere_at = models.DateTimeField(null=True, blank=True)

    kept = Kept(
        "who may sign in",
        Rule("while they work with the site; then made nameless"),
        internal=("id", "last_login", "is_local_administrator", "is_active", "made_at", "signed_out_everywhere_at"),
        personal=("name", "email", "password"),
    )

    USERNAME_FIELD = "name"
    EMAIL_FIELD = "email"
    objects = Accounts()

    class Meta:
        constraints = (
            models.UniqueConstraint(mark_in("name"), name="one_account_of_a_name"),
            models.UniqueConstraint(mark_in("email"), name="one_account_of_an_email", condition=~Q(email="")),
        )

    def __str__(self) -> str:
        return self.name


def by_name(accounts: Iterable[Account]) -> list[Account]:
    """Accounts in the order of their names, which the database cannot tell."""
    return sorted(accounts, key=lambda one: (one.name.casefold(), one.pk))


class InvitationRows(models.QuerySet["Invitation"]):
    """How invitations are found."""

    def open_on(self, now: datetime) -> "InvitationRows":
        """Those that may still be accepted."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now)


class Invitation(models.Model):
    """A person asked to come in, once and until a day. The link is not kept, only what it can be known by."""

    name = SealedText(max_length=80)
    email = SealedText(max_length=254, found_again=True)
    is_local_administrator = models.BooleanField(default=False)
    link_mark = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="invited")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="invitations")

    kept = Kept(
        "who was asked to come in",
        Rule("30 days after it runs out", since="expires_at", days=30),
        internal=(
            *("id", "is_local_administrator", "link_mark", "by", "made_at", "expires_at", "withdrawn_at"),
            *("accepted_at", "account"),
        ),
        personal=("name", "email"),
    )

    objects = InvitationRows.as_manager()

    class Meta:
        indexes = (models.Index(mark_in("email"), name="invitations_by_email"),)

    def __str__(self) -> str:
        return f"an invitation until {self.expires_at:%Y-%m-%d %H:%M}"


class DataSessionRows(models.QuerySet["DataSession"]):
    """How data sessions are found. None is ever deleted."""

    def delete(self) -> tuple[int, dict[str, int]]:
        raise ProtectedError("Data sessions are kept.", set(self))

    def open_on(self, now: datetime) -> "DataSessionRows":
        """Those that are open."""
        return self.filter(ended_at=None, until__gt=now)


class DataSession(models.Model):
    """Why and for how long a local administrator looked at what schools have sent. Written once, ended once, kept."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="data_sessions")
    reason = SealedText(max_length=500)
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    kept = Kept(
        "why an administrator looked at what schools have sent",
        Rule("six years", since="opened_at", days=SIX_YEARS),
        internal=("id", "account", "opened_at", "until", "ended_at"),
        personal=("reason",),
    )

    objects = DataSessionRows.as_manager()

    class Meta:
        indexes = (models.Index(fields=("account", "until"), name="data_sessions_of_account"),)
        constraints = (
            models.CheckConstraint(condition=~Q(reason=""), name="a_data_session_has_a_reason"),
            models.CheckConstraint(
                condition=Q(until__gt=F("opened_at"), until__lte=F("opened_at") + LONGEST_DATA_SESSION),
                name="a_data_session_is_short",
            ),
        )

    def __str__(self) -> str:
        return f"a data session until {self.until:%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new one; a written one is not changed."""
        if self.pk is not None:
            raise ProtectedError("Data sessions are not changed.", {self})
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        """Never."""
        raise ProtectedError("Data sessions are kept.", {self})
