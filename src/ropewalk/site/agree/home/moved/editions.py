"""Editions released in the last thirty days, of places whose partnership somebody sees."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from ropewalk.core.publish.wording import period_words
from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.home.lines import Line
from ropewalk.site.see.editions.models import RELEASED, Edition


def found(asking: Asking) -> Iterator[Line]:
    """Each of them, the newest first."""
    names = {one.code: one.name for one in asking.seen}
    if not names:
        return
    rows = Edition.objects.filter(place__in=names, state=RELEASED, ended_at__gte=asking.before)
    for one in rows.order_by("-ended_at"):
        words = f"Edition {one.number} of {names[one.place]} was released: {period_words(one.period)}"
        day = timezone.localtime(one.ended_at).date() if one.ended_at else None
        yield Line(words, reverse("released:edition", args=[one.place, one.number]), one.reason, day)
