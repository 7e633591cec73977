"""What was changed lately in several plans, and which KPIs stand otherwise than before their newest values."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from ropewalk.core.schema.figure import Figure
from ropewalk.site.agree.plan.kinds import Comes, State
from ropewalk.site.agree.plan.models import Change, Kpi, Plan
from ropewalk.site.agree.plan.selectors.changes import Told, told
from ropewalk.site.agree.plan.selectors.measuring import course_of, in_order, position
from ropewalk.site.agree.plan.trajectory import Point, Verdict, judged
from ropewalk.site.foundation.organisations.models import Place

MOST_PLANS = 3
CARRIED_OUT = (State.AGREED, State.LIVE, State.REVIEW)


@dataclass(frozen=True)
class Turned:
    """A KPI that stands otherwise than before its newest values."""

    kpi: Kpi
    was: Verdict
    now: Verdict


def changed_since(places: Iterable[Place], since: datetime, *, most: int) -> list[tuple[Plan, list[Told]]]:
    """The newest plans of places that are no drafts and changed since a moment, each with its latest few changes."""
    rows = Change.objects.filter(plan__place__in=list(places), at__gte=since).exclude(plan__state=State.DRAFT)
    plans = Plan.objects.filter(pk__in=rows.values("plan")).select_related("place").order_by("-pk")[:MOST_PLANS]
    return [(plan, _latest(plan, since)[:most]) for plan in plans]


def _latest(plan: Plan, since: datetime) -> list[Told]:
    """Changes since a moment. A note that came with a status says the same again, and is left out."""
    found = [one for one in told(plan) if one.change.at >= since]
    moved = {(one.change.item_id, one.change.at) for one in found if one.change.what == "status"}
    return [one for one in found if one.change.what != "note" or (one.change.item_id, one.change.at) not in moved]


def turned_since(places: Iterable[Place], since: datetime, *, is_new: Callable[[Figure], bool]) -> Iterator[Turned]:
    """KPIs whose verdict is another one without the values that came since a moment.

    ``is_new`` says of a published figure whether it came since. Of a released edition the one before says nothing in
    the same rows, so KPIs that read released editions are left out.
    """
    rows = Kpi.objects.filter(item__plan__place__in=list(places), item__plan__state__in=CARRIED_OUT)
    rows = rows.filter(item__struck_out=False).exclude(comes=Comes.RELEASED)
    for kpi in rows.select_related("item__plan__place").prefetch_related("typed").order_by("pk"):
        points = list(_typed(kpi, since) if kpi.source is Comes.TYPED else _published(kpi, is_new))
        if not any(new for _, new in points):
            continue
        course = course_of(kpi)
        was = judged(course, [point for point, new in points if not new]).verdict
        now = judged(course, [point for point, _ in points]).verdict
        if was is not now:
            yield Turned(kpi, was, now)


def _typed(kpi: Kpi, since: datetime) -> Iterator[tuple[Point, bool]]:
    for one in sorted(kpi.typed.all(), key=lambda row: (row.day, row.pk)):
        point = Point(one.day.toordinal(), float(one.value), one.numerator, one.denominator)
        yield point, one.at >= since


def _published(kpi: Kpi, is_new: Callable[[Figure], bool]) -> Iterator[tuple[Point, bool]]:
    for one in in_order(kpi):
        if one.value is not None:
            yield Point(position(one.period), one.value, one.numerator, one.denominator), is_new(one)
