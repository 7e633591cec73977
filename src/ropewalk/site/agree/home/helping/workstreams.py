"""Workstreams that have passed their end date: for whoever sees them."""

from collections.abc import Iterator

from django.urls import reverse

from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.home.lines import Line, day_words
from ropewalk.site.agree.home.workstreams import seen


def found(asking: Asking) -> Iterator[Line]:
    """Each of them."""
    for one in seen(asking):
        if one.state.is_late(asking.today) and one.state.ends is not None:
            place = one.workstream.place
            address = reverse("workstreams:workstream", args=[place.code, one.workstream.pk])
            more = f"It was to end by {day_words(one.state.ends, asking.today)}."
            yield Line(f"{one.workstream.title}, {place.name}", address, more, colour="red", tag="Late")
