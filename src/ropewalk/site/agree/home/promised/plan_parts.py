"""Parts of plans that a person or their organisation promised."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse

from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.home.lines import Line, day_words
from ropewalk.site.agree.plan.kinds import State
from ropewalk.site.agree.plan.models import Item
from ropewalk.site.agree.plan.selectors.plans import COLOURS


def found(asking: Asking) -> Iterator[Line]:
    """Each part of a plan that is carried out, the next due first."""
    if not asking.seen:
        return
    carried_out = (State.AGREED, State.LIVE, State.REVIEW)
    ours = Q(owner=asking.person) | Q(organisation__in=asking.organisations)
    rows = Item.objects.filter(ours, struck_out=False, plan__state__in=carried_out, plan__place__in=asking.seen)
    for one in rows.select_related("plan__place", "owner", "organisation", "origin__outcome").order_by("due", "pk"):
        late = one.is_late(asking.today)
        due = f", {'was due on' if late else 'by'} {day_words(one.due, asking.today)}" if one.due else ""
        tag = "Late" if late else one.standing.words.capitalize()
        colour = "red" if late else COLOURS.get(one.standing, "grey")
        more = f"{one.promised_by}{due}, “{one.plan.title}” of {one.plan.place.name}"
        yield Line(one.words, reverse("plan:item", args=[one.plan.place.code, one.pk]), more, colour=colour, tag=tag)
