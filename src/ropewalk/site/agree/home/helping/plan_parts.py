"""Parts of plans at risk: for whoever sees the plan."""

from collections.abc import Iterator

from django.urls import reverse

from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.home.lines import Line
from ropewalk.site.agree.plan.kinds import State, Status
from ropewalk.site.agree.plan.models import Item


def found(asking: Asking) -> Iterator[Line]:
    """Each part said to be at risk, with who promised it and what they say."""
    if not asking.seen:
        return
    carried_out = (State.AGREED, State.LIVE, State.REVIEW)
    rows = Item.objects.filter(
        status=Status.AT_RISK, struck_out=False, plan__state__in=carried_out, plan__place__in=asking.seen
    )
    for one in rows.select_related("plan__place", "owner", "organisation", "origin__outcome").order_by("due", "pk"):
        address = reverse("plan:item", args=[one.plan.place.code, one.pk])
        who = one.promised_by or "Nobody has promised it"
        yield Line(one.words, address, f"{who}: {one.note}" if one.note else who, colour="yellow", tag="At risk")
