"""Frozen pictures of workstreams that contributors have not signed: for whoever leads them."""

from collections.abc import Iterator

from django.urls import reverse

from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.home.lines import Waiting
from ropewalk.site.agree.home.workstreams import led, named, words_of
from ropewalk.site.agree.workstreams.stages import Stage


def found(asking: Asking) -> Iterator[Waiting]:
    """Each workstream whose frozen picture lacks a signature."""
    for one in led(asking):
        if one.state.stage is Stage.BASELINE and one.state.frozen and one.unsigned:
            words = f"Have {named(one.unsigned)} sign the picture of {words_of(one)}"
            address = reverse("workstreams:sign", args=[one.workstream.place.code, one.workstream.pk])
            yield Waiting(words, address, f"The picture of {words_of(one)} waits to be signed")
