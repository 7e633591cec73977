"""Parts of plans that somebody promised, due this week or late."""

from collections.abc import Iterator

from django.urls import reverse

from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.home.lines import Waiting
from ropewalk.site.agree.plan.kinds import State, Status
from ropewalk.site.agree.plan.models import Item

# States in which whoever promised a part says how it stands.
CARRIED_OUT = (State.AGREED, State.LIVE, State.REVIEW)
OVER = [one.value for one in Status if one.is_over]


def found(asking: Asking) -> Iterator[Waiting]:
    """Each part that is due within seven days and neither done nor stopped."""
    for one in own_parts(asking):
        if one.due is not None and one.due <= asking.soon:
            where = f"“{one.plan.title}” of {one.plan.place.name}"
            words = f"{one.words}: say how it stands ({where})"
            address = reverse("plan:report", args=[one.plan.place.code, one.pk])
            yield Waiting(words, address, f"A part of the plan {where} that you promised is due", one.due)


def own_parts(asking: Asking) -> list[Item]:
    """Parts of plans that are carried out, which this person promised and which are not over."""
    if not asking.seen:
        return []
    rows = Item.objects.filter(
        owner=asking.person, struck_out=False, plan__state__in=CARRIED_OUT, plan__place__in=asking.seen
    )
    return asking.once(
        "own parts",
        lambda: list(rows.exclude(status__in=OVER).select_related("plan__place").order_by("due", "pk")),
    )
