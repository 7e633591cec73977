"""Sentences about figures from schools' own returns."""

from __future__ import annotations

from datetime import date

from ropewalk.core.compare.funnel import Standing
from ropewalk.core.publish.live_tables import counted_words
from ropewalk.core.publish.wording import (
    difference_words,
    figure_words,
    heading_words,
    long_date,
    number_words,
    period_words,
)
from ropewalk.core.views.live import Known, LiveMeasure, ScopeKind, Twin
from ropewalk.core.views.schools import SchoolFunnel

OUTER = (Standing.ABOVE_OUTER, Standing.BELOW_OUTER)


def known_words(known: Known) -> str:
    """Up to when returns are counted here, and as of when."""
    upto = f"Registers of the place reach {period_words(known.week)}" if known.week else "No register has been sent yet"
    if not known.recorded:
        return f"{upto}."
    newest = f"the newest return was recorded on {long_date(_day(known.recorded))}"
    then = f" As known on {long_date(_day(known.as_of))}." if known.as_of else ""
    return f"{upto}; {newest}.{then}"


def _day(moment: str) -> date:
    return date.fromisoformat(moment[:10])


def measure_sentence(live: LiveMeasure) -> str:
    """The figure of the period that is shown, with what was counted."""
    own = next((f for f in live.over_time if f.period == live.period), None)
    newest = own or (live.over_time[-1] if live.over_time else None)
    if newest is None or newest.value is None:
        return ""
    counted = counted_words(newest, live.measure)
    beside = f" ({counted})" if " of " in counted else ""
    value = figure_words(newest, live.measure)
    return (
        f"{heading_words(live.measure, live.phase, live.group)} of {live.scope.name}: {value} in "
        f"{period_words(newest.period)}{beside}."
    )


def twin_sentence(twin: Twin) -> str:
    """How the official figure and the one that follows the child differ here, and by how many rolls."""
    official, child = twin.official, twin.child
    way = difference_words(child.value or 0.0, official.value or 0.0, twin.official_measure)
    said = (
        "The official figure counts enrolments: a child on two rolls counts at each of them, with the sessions there. "
        "The other follows the child over all its rolls in the place and counts it once."
    )
    numbers = f"Following the child, the figure is {way} the official one."
    if official.denominator is not None and child.denominator is not None:
        more = official.denominator - child.denominator
        rolls = "as many as" if more == 0 else f"{number_words(abs(more), 0)} {'more' if more > 0 else 'fewer'} than"
        what = f"{number_words(official.denominator, 0)} {twin.official_measure.denominator or 'enrolments'}"
        numbers += f" The official figure rests on {what}, {rolls} there are children."
    return f"{said} {numbers}"


def funnel_sentence(shown: SchoolFunnel, scope: ScopeKind) -> str:
    """How many schools lie outside, and that this says no more than that."""
    plot = shown.funnel
    if plot is None:
        return ""
    outside = sum(point.standing in OUTER for point in plot.points)
    who = "of the trust " if scope is ScopeKind.TRUST else ""
    many = {0: "No school lies", 1: "One school lies"}.get(outside, f"{outside} schools lie")
    widened = (
        " The limits are widened, because schools differ more than chance explains." if plot.over_dispersed else ""
    )
    return (
        f"{len(plot.points)} schools {who}are in it. {many} outside the outer limits: more than chance alone would "
        f"give. That does not say why.{widened}"
    )


def funnel_description(shown: SchoolFunnel) -> str:
    """What a reader who does not see the drawing needs to know of it."""
    plot = shown.funnel
    points = plot.points if plot else ()
    outside = sum(point.standing in OUTER for point in points)
    return f"Funnel plot of {len(points)} schools, {outside} of them outside the outer limits."
