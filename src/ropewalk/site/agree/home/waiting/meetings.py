"""Meetings of this week: for whoever is on the body that meets."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from ropewalk.site.agree.home.asking import WEEK, Asking
from ropewalk.site.agree.home.lines import Waiting
from ropewalk.site.agree.partnership.models import Meeting, Seat


def found(asking: Asking) -> Iterator[Waiting]:
    """Each meeting that is not over and takes place within seven days."""
    if not asking.seen:
        return
    held = Seat.objects.filter(Q(until=None) | Q(until__gte=asking.today), begins__lte=asking.soon)
    rows = Meeting.objects.filter(
        body__in=held.filter(account=asking.person).values("body"),
        body__place__in=asking.seen,
        called_off_at=None,
        ends_at__gt=asking.now,
        starts_at__lt=asking.now + WEEK,
    )
    for one in rows.select_related("body__place").order_by("starts_at", "pk"):
        begins = timezone.localtime(one.starts_at)
        words = f"{one.body.name} of {one.body.place.name} meets at {begins:%H:%M}, {one.where}"
        address = reverse("partnership:meeting", args=[one.body.place.code, one.pk])
        yield Waiting(words, address, words, begins.date(), on=True)
