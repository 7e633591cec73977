"""Roles that are due for review: for whoever looks after the site."""

from collections.abc import Iterator

from django.urls import reverse

from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.home.lines import Waiting
from ropewalk.site.foundation.permissions.selectors import grants_by_due


def found(asking: Asking) -> Iterator[Waiting]:
    """Each role whose day of review has come."""
    if not asking.looks_after_site:
        return
    for line in grants_by_due(viewer=asking.person, on=asking.today):
        if line.is_due:
            yield Waiting(
                f"Is it still right that {line.grant.account.name} is {line.grant.title} at {line.grant.where}?",
                reverse("permissions:grant", args=[line.grant.pk]),
                "A role is due for review",
                line.grant.review_due,
            )
