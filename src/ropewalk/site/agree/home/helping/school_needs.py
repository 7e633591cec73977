"""Needs that schools named and their heads chose to share."""

from collections.abc import Iterator

from django.urls import reverse

from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.home.lines import Line
from ropewalk.site.agree.school_plans.models import Need
from ropewalk.site.foundation.organisations.membership import schools_of_places


def found(asking: Asking) -> Iterator[Line]:
    """Each need shared with a partnership that the person runs, the newest first."""
    where = {urn: place for place in asking.run for urn in schools_of_places([place.pk], asking.today)}
    if not where:
        return
    rows = Need.objects.for_system_job("needs that heads share with the partnership they belong to")
    shared = list(rows.filter(urn__in=where, ended_at=None, shared_at__isnull=False).order_by("-shared_at", "pk"))
    names = asking.names(one.urn for one in shared)
    for one in shared:
        address = reverse("school_plans:place", args=[where[one.urn].code])
        named = f"{names.get(one.urn, one.urn)} needs help: {one.about.words}"
        yield Line(named, address, one.words, colour="yellow", tag="Named by the school")
