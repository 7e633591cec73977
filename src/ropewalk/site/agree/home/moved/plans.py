"""What was changed in plans in the last thirty days, in words: for whoever sees them."""

from collections.abc import Iterator

from django.urls import reverse

from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.home.lines import Line
from ropewalk.site.agree.plan.selectors.recent import changed_since

MOST = 5


def found(asking: Asking) -> Iterator[Line]:
    """The latest few changes of each plan."""
    if not asking.seen:
        return
    for plan, changes in changed_since(asking.seen, asking.before, most=MOST):
        address = reverse("plan:changes", args=[plan.place.code, plan.pk])
        for one in changes:
            yield Line(one.words, address, f"“{plan.title}” of {plan.place.name}", one.day)
