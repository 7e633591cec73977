"""Workstreams whose end date has passed: for whoever leads them."""

from collections.abc import Iterator

from django.urls import reverse

from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.home.lines import Waiting
from ropewalk.site.agree.home.workstreams import led, words_of


def found(asking: Asking) -> Iterator[Waiting]:
    """Each of them: it is closed, or formally extended."""
    for one in led(asking):
        if one.state.is_late(asking.today):
            words = f"Close {words_of(one)}, or extend it formally"
            address = reverse("workstreams:close", args=[one.workstream.place.code, one.workstream.pk])
            yield Waiting(words, address, f"The end date of {words_of(one)} has passed", one.state.ends)
