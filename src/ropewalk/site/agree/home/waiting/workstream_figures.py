"""Figures that contributors have not submitted to a workstream: for whoever leads it and writes them down."""

from collections.abc import Iterator

from django.urls import reverse

from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.home.lines import Waiting
from ropewalk.site.agree.home.workstreams import led, named, words_of
from ropewalk.site.agree.workstreams.stages import Stage


def found(asking: Asking) -> Iterator[Waiting]:
    """Each workstream at its baseline to which somebody has not contributed."""
    for one in led(asking):
        if one.state.stage is Stage.BASELINE and not one.state.frozen and one.silent:
            words = f"Submit the figures of {named(one.silent)} to {words_of(one)}"
            address = reverse("workstreams:published", args=[one.workstream.place.code, one.workstream.pk])
            yield Waiting(words, address, f"Figures are missing in {words_of(one)}")
