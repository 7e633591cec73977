"""Tells schools by e-mail that their figures wait to be looked at, where this site can send e-mail."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from ropewalk.site.foundation.organisations.kinds import OrganisationKind
from ropewalk.site.foundation.permissions.models import Grant
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.roles import ROLES
from ropewalk.site.see.editions.models import Draft


def tell_schools(draft: Draft) -> int:
    """Write to whoever may speak for a school of a draft; how many were told. No figure stands in the letter."""
    if not settings.MAIL:
        return 0
    roles = [role.id for role in ROLES.values() if Permission.CHALLENGE_FIGURES in role.permissions]
    held = Grant.objects.on(draft.at.date()).filter(role__in=roles, account__is_active=True)
    keys = [str(urn) for urn in draft.schools]
    people = held.filter(organisation__kind=OrganisationKind.SCHOOL, organisation__key__in=keys)
    addresses = sorted({one.account.email for one in people.select_related("account") if one.account.email})
    text = render_to_string("editions/letter.txt", {"edition": draft.edition, "draft": draft})
    return sum(_sent(text, address) for address in addresses)


def _sent(text: str, address: str) -> bool:
    try:
        return send_mail("Your school's figures wait for you to look at them", text, None, [address]) == 1
    except (OSError, SMTPException):
        # Everybody sees on the first page of editions what waits for them.
        return False
