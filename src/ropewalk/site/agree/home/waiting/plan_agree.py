"""Plans put to somebody to be agreed."""

from collections.abc import Iterator

from django.db.models import F
from django.urls import reverse

from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.home.lines import Waiting
from ropewalk.site.agree.plan.kinds import State
from ropewalk.site.agree.plan.models import Assent


def found(asking: Asking) -> Iterator[Waiting]:
    """Each plan that this person is asked to agree and has not."""
    if not asking.seen:
        return
    rows = Assent.objects.filter(
        account=asking.person,
        agreed_at=None,
        round=F("plan__round"),
        plan__state=State.PUT,
        plan__place__in=asking.seen,
    )
    for one in rows.select_related("plan__place").order_by("at", "pk"):
        words = f"Agree “{one.plan.title}”, the plan of {one.plan.place.name}, or say what is missing"
        address = reverse("plan:agree", args=[one.plan.place.code, one.plan_id])
        yield Waiting(words, address, f"The plan “{one.plan.title}” of {one.plan.place.name} is put to you to agree")
