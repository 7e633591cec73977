"""Figures of one's school in an edition, to be looked at before anybody else sees them: for whoever speaks for it."""

from collections.abc import Iterator

from django.urls import reverse

from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.home.lines import Waiting
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.see.editions.going import going_at
from ropewalk.site.see.editions.life import Stage


def found(asking: Asking) -> Iterator[Waiting]:
    """Each school that has said nothing yet of its figures, while the time for that lasts."""
    own = asking.reach(Permission.CHALLENGE_FIGURES).schools
    if not own:
        return
    places = {one.code: one.name for one in asking.seen}
    names = asking.names(own)
    for one in asking.once("editions", lambda: going_at(places, today=asking.today)):
        if one.stage is not Stage.OWN_FIRST:
            continue
        where = places[one.edition.place]
        for urn in sorted((own & set(one.draft.schools)) - one.spoke):
            words = f"Look at the figures of {names[urn]} in edition {one.edition.number} of {where}, and answer"
            address = reverse("editions:own", args=[one.edition.place, one.edition.number, urn])
            letter = f"Figures of {names[urn]} wait for you to look at them before {where} releases them"
            yield Waiting(words, address, letter, one.edition.until)
