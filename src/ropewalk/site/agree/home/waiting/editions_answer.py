"""What schools said of their figures, to be answered: for whoever makes editions of the place."""

from collections.abc import Iterator

from django.urls import reverse

from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.home.lines import Waiting
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.see.editions.going import going_at


def found(asking: Asking) -> Iterator[Waiting]:
    """Each edition with something that is not answered."""
    may = asking.reach(Permission.PREPARE_EDITIONS)
    if not may.places:
        return
    places = {one.code: one.name for one in asking.seen}
    for one in asking.once("editions", lambda: going_at(places, today=asking.today)):
        if may.holds_place(one.edition.place) and one.standing.unanswered:
            what = f"edition {one.edition.number} of {places[one.edition.place]}"
            words = f"Answer what schools said of their figures in {what}"
            address = reverse("editions:edition", args=[one.edition.place, one.edition.number])
            yield Waiting(words, address, words)
