"""Editions that wait for somebody to check them: for whoever may, and did not compute them."""

from collections.abc import Iterator

from django.urls import reverse

from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.home.lines import Waiting
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.see.editions.going import going_at
from ropewalk.site.see.editions.life import CHECKERS, why_not_check


def found(asking: Asking) -> Iterator[Waiting]:
    """Each edition that lacks a checker."""
    may = asking.reach(Permission.CHECK_EDITIONS)
    if not may.places:
        return
    places = {one.code: one.name for one in asking.seen}
    for one in asking.once("editions", lambda: going_at(places, today=asking.today)):
        missing = CHECKERS - len(one.standing.checkers - {one.standing.maker})
        why_not = why_not_check(one.standing, by=asking.person.pk, today=asking.today)
        if may.holds_place(one.edition.place) and missing > 0 and not why_not:
            words = f"Edition {one.edition.number} of {places[one.edition.place]} waits to be checked"
            address = reverse("editions:edition", args=[one.edition.place, one.edition.number])
            yield Waiting(words, address, words)
