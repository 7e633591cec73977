"""Published statistics that came in the last thirty days: for everybody."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from ropewalk.core.errors import NotFound
from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.home.lines import Line
from ropewalk.site.see.scorecard.reader import reader

MOST = 3


def found(asking: Asking) -> Iterator[Line]:
    """Each publication with new figures, a few of them by name, the rest counted."""
    try:
        editions = reader().editions.values()
    except NotFound:
        return
    since = asking.before.date()
    newest: dict[str, date] = {}
    for one in editions:
        day = date.fromisoformat(one.imported_at[:10])
        if day >= since:
            newest[one.title] = max(day, newest.get(one.title, day))
    in_order = sorted(newest.items(), key=lambda one: (-one[1].toordinal(), one[0]))
    for title, day in in_order[:MOST]:
        yield Line(f"New figures: {title}", reverse("scorecard:sources"), day=day)
    others = len(in_order) - MOST
    if others > 0:
        words = "one more publication" if others == 1 else f"{others} more publications"
        yield Line(f"New figures: {words}", reverse("scorecard:sources"), day=in_order[MOST][1])
