"""Editions that nothing stands in the way of: for whoever releases them."""

from collections.abc import Iterator

from django.urls import reverse

from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.home.lines import Waiting
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.see.editions.going import going_at


def found(asking: Asking) -> Iterator[Waiting]:
    """Each edition that may be released."""
    may = asking.reach(Permission.PREPARE_EDITIONS)
    if not may.places:
        return
    places = {one.code: one.name for one in asking.seen}
    for one in asking.once("editions", lambda: going_at(places, today=asking.today)):
        if may.holds_place(one.edition.place) and not one.hindrances:
            words = f"Edition {one.edition.number} of {places[one.edition.place]} is checked: release it"
            address = reverse("editions:edition", args=[one.edition.place, one.edition.number])
            yield Waiting(words, address, words)
