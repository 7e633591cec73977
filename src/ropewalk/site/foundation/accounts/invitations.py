"""Inviting people: a link that opens once, within seven days. There is no other way to an account, but by command."""

import hashlib
import secrets
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import render_to_string

from ropewalk.site.foundation.accounts.models import Account, Invitation

LASTS = timedelta(days=7)


class InvitationRefused(Exception):
    """Nobody can be invited so; the message says why and what to do."""


@transaction.atomic
def invite(
    *, name: str, email: str, local_administrator: bool, by: Account | None, now: datetime
) -> tuple[Invitation, str]:
    """Invite a person; the invitation, and the secret part of its link, which is kept nowhere.

    An earlier invitation to the same address is withdrawn. Raises InvitationRefused.
    """
    name = " ".join(name.split())
    _be_sure(name, email)
    Invitation.objects.open_on(now).filter(email__iexact=email).update(withdrawn_at=now)
    secret = secrets.token_urlsafe(32)
    made = Invitation.objects.create(
        name=name,
        email=email,
        is_local_administrator=local_administrator,
        link_mark=_mark(secret),
        by=by,
        made_at=now,
        expires_at=now + LASTS,
    )
    return made, secret


def _be_sure(name: str, email: str) -> None:
    if not 1 <= len(name) <= 80:
        raise InvitationRefused("A name has 1 to 80 characters.")
    try:
        validate_email(email)
    except ValidationError as problem:
        raise InvitationRefused("Enter an e-mail address, like name@school.sch.uk.") from problem
    if Account.objects.filter(email__iexact=email).exists():
        raise InvitationRefused("There is an account with this e-mail address already.")
    if Account.objects.filter(name__iexact=name).exists():
        raise InvitationRefused("There is an account with this name already. Add something that tells the two apart.")


def opened_by(secret: str, *, now: datetime) -> Invitation | None:
    """The invitation that a link opens now; none when it was used, withdrawn, or is too old."""
    return Invitation.objects.open_on(now).filter(link_mark=_mark(secret)).first()


def to_email(email: str, *, now: datetime) -> Invitation | None:
    """The invitation to an address that may be accepted now."""
    return Invitation.objects.open_on(now).filter(email__iexact=email).first()


@transaction.atomic
def accept(invitation: Invitation, *, password: str | None, now: datetime) -> Account:
    """Make the account. Without a password it is opened with an account elsewhere alone.

    Raises InvitationRefused when somebody was quicker, or an account with this name or address was made meanwhile.
    """
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.accepted_at or locked.withdrawn_at or locked.expires_at <= now:
        raise InvitationRefused("This invitation was used already, withdrawn, or is too old.")
    _be_sure(locked.name, locked.email)
    account = Account(name=locked.name, email=locked.email, is_local_administrator=locked.is_local_administrator)
    if password is None:
        account.set_unusable_password()
    else:
        account.set_password(password)
    account.save()
    locked.accepted_at, locked.account = now, account
    locked.save(update_fields=["accepted_at", "account"])
    return account


def withdraw(invitation: Invitation, *, now: datetime) -> None:
    """Make an invitation worthless, where it was not accepted yet."""
    Invitation.objects.open_on(now).filter(pk=invitation.pk).update(withdrawn_at=now)


def send(invitation: Invitation, link: str) -> bool:
    """Send the link by e-mail; whether that was possible."""
    if not settings.MAIL:
        return False
    text = render_to_string("accounts/invitation.txt", {"invitation": invitation, "link": link})
    try:
        return send_mail("You are invited to Ropewalk", text, None, [invitation.email]) == 1
    except (OSError, SMTPException):
        return False


def _mark(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
