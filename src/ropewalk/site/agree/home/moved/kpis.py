"""KPIs of plans that stand otherwise since figures came in the last thirty days: for whoever sees the plan."""

from collections.abc import Iterator

from django.urls import reverse

from ropewalk.core.errors import NotFound
from ropewalk.core.schema.figure import Figure
from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.home.lines import Line
from ropewalk.site.agree.plan.selectors.recent import turned_since
from ropewalk.site.see.scorecard.reader import reader


def found(asking: Asking) -> Iterator[Line]:
    """Each of them: how it stands, and how it stood."""
    if not asking.seen:
        return
    new = _new_files(asking.before.date().isoformat())

    def is_new(figure: Figure) -> bool:
        return figure.source.sha256 in new

    for one in turned_since(asking.seen, asking.before, is_new=is_new):
        plan = one.kpi.item.plan
        words = f"{one.kpi.item.words}: now {one.now}, was {one.was}"
        address = reverse("plan:item", args=[plan.place.code, one.kpi.item_id])
        yield Line(words, address, f"“{plan.title}” of {plan.place.name}")


def _new_files(since: str) -> frozenset[str]:
    """Checksums of the files that were imported since a day."""
    try:
        editions = reader().editions.values()
    except NotFound:
        return frozenset()
    return frozenset(one.sha256 for one in editions if one.imported_at[:10] >= since)
