"""Votes on ideas of a workstream that are missing: for whoever leads it and writes them down."""

from collections.abc import Iterator

from django.urls import reverse

from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.home.lines import Waiting
from ropewalk.site.agree.home.workstreams import led, named, words_of
from ropewalk.site.agree.workstreams.stages import Stage


def found(asking: Asking) -> Iterator[Waiting]:
    """Each workstream with ideas, before any is shortlisted, in which somebody has not voted."""
    for one in led(asking):
        waits = one.state.stage is Stage.THINK_TANK and one.has_ideas and not one.state.shortlisted
        if waits and one.without_vote:
            words = f"Write down how {named(one.without_vote)} vote on the ideas of {words_of(one)}"
            address = reverse("workstreams:vote", args=[one.workstream.place.code, one.workstream.pk])
            yield Waiting(words, address, f"Votes are missing in {words_of(one)}")
