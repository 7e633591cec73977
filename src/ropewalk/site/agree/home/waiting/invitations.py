"""Invitations that nobody has accepted and that run out this week: for whoever looks after the site."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.home.lines import Waiting
from ropewalk.site.foundation.accounts.models import Invitation


def found(asking: Asking) -> Iterator[Waiting]:
    """Each of them: invite anew, or withdraw it."""
    if not asking.looks_after_site:
        return
    for one in Invitation.objects.open_on(asking.now).order_by("expires_at"):
        yield Waiting(
            f"{one.name} has not accepted the invitation: remind them, or withdraw it",
            reverse("accounts:invitations"),
            "An invitation is not accepted yet",
            timezone.localtime(one.expires_at).date(),
        )
