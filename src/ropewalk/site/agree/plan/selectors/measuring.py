"""The value of a KPI now and before, from published statistics, released editions or what people wrote in."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse

from ropewalk.core.disclosure import Audience, SafeTable
from ropewalk.core.errors import NotFound
from ropewalk.core.measures import Measure, measure
from ropewalk.core.publish.shown_table import Column, ShownTable, figure_cell, text_cell
from ropewalk.core.publish.wording import heading_words, interval_words, period_words, value_words
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.periods import kind_of, sort_key
from ropewalk.core.schema.places import place_by_code
from ropewalk.core.use_cases.editions import released_edition
from ropewalk.core.use_cases.figures import Wanted, select_figures
from ropewalk.site.agree.plan.kinds import Comes
from ropewalk.site.agree.plan.models import Kpi, Plan, Typed
from ropewalk.site.agree.plan.trajectory import Course, Judged, Point, Verdict, judged
from ropewalk.site.foundation.numbers import long_date
from ropewalk.site.foundation.store import current_state
from ropewalk.site.see.editions.models import RELEASED, Edition
from ropewalk.site.see.editions.pages import store
from ropewalk.site.see.scorecard.links import figure_address
from ropewalk.site.see.scorecard.reader import reader

# Cuts of published figures kept at hand by each process: those of dozens of plans.
REMEMBERED = 512


@dataclass(frozen=True)
class Value:
    """A value of a KPI in words, when it is of, its interval, where the line is, and where it comes from."""

    when: str
    words: str
    interval: str
    line: str
    source: str
    address: str


@dataclass(frozen=True)
class Measured:
    """A KPI with its values, the oldest first, and how it stands to its target."""

    kpi: Kpi
    title: str
    values: Sequence[Value]
    judged: Judged
    baseline: str
    target: str

    @property
    def latest(self) -> Value | None:
        """The newest value."""
        return self.values[-1] if self.values else None


def figures_of(kpi: Kpi) -> SafeTable | None:
    """Figures of a KPI, of periods as long as its first one; ``None`` where nothing is imported or known."""
    try:
        found = _published(kpi) if kpi.source is Comes.PUBLISHED else _released(kpi)
    except NotFound:
        return None
    if found is None:
        return None
    kind = kind_of(kpi.period)
    return found.only(lambda one: one.school is None and kind_of(one.period) is kind)


def _published(kpi: Kpi) -> SafeTable:
    state = current_state()
    return _read(str(state.folder), state.token, kpi.area, kpi.measure, kpi.phase, kpi.group)


@lru_cache(maxsize=REMEMBERED)
def _read(_store: str, _state: str, area: str, name: str, phase: str, group: str) -> SafeTable:
    """Figures of one cut. While the state of the store is the same, so are they; a plan asks for many, often."""
    return select_figures(reader(), Wanted(place=area, measures=[name], phases=[phase], groups=[group]))


def _released(kpi: Kpi) -> SafeTable | None:
    """The KPI in every released edition that holds it; of one period the newest edition counts."""
    rows = Edition.objects.filter(place=kpi.area, state=RELEASED).order_by("-number")
    found: SafeTable | None = None
    for row in rows:
        # An edition is of one period.
        if found is not None and any(one.period == row.period for one in found):
            continue
        table = released_edition(store(), row.place, row.number).figures(Audience.EVERYONE)
        of_it = table.only(lambda one: (one.measure, one.phase, one.group) == (kpi.measure, kpi.phase, kpi.group))
        if len(of_it):
            found = of_it if found is None else found.beside(of_it)
    return found


def in_order(kpi: Kpi) -> list[Figure]:
    """The figures of a KPI, the oldest first."""
    return sorted(figures_of(kpi) or (), key=lambda one: sort_key(one.period))


def baseline_of(kpi: Kpi) -> tuple[float | None, str]:
    """The first value of a KPI as it is known now, and where it comes from."""
    if kpi.source is Comes.TYPED:
        first = kpi.typed.order_by("day", "pk").first()
        return (float(first.value), f"{long_date(first.day)}, written in") if first else (None, "")
    found = next((one for one in in_order(kpi) if one.period == kpi.period), None)
    if found is None or found.value is None:
        return None, ""
    return found.value, f"{period_words(kpi.period)}, {found.source.title}"[:500]


def measured(kpi: Kpi) -> Measured:
    """A KPI with its values and how it stands."""
    return _typed(kpi) if kpi.source is Comes.TYPED else _of_figures(kpi, measure(kpi.measure))


def _of_figures(kpi: Kpi, declared: Measure) -> Measured:
    figures = in_order(kpi)
    course = course_of(kpi)
    points = [_point(one) for one in figures if one.value is not None]
    values = [_value(kpi, one, declared, course) for one in figures]
    title = f"{heading_words(declared, kpi.phase, kpi.group)}, {_area(kpi)}"
    baseline, _ = _baseline(kpi)
    target = _number(kpi.target)
    return Measured(
        kpi,
        title,
        values,
        judged(course, points),
        f"{value_words(baseline, declared)} in {period_words(kpi.period)}" if baseline is not None else "",
        f"{value_words(target, declared)} by {period_words(kpi.by_period)}" if target is not None else "",
    )


def _area(kpi: Kpi) -> str:
    try:
        return place_by_code(kpi.area).name
    except NotFound:
        return kpi.area


def _baseline(kpi: Kpi) -> tuple[float | None, str]:
    return (_number(kpi.baseline), kpi.baseline_source) if kpi.frozen_at else baseline_of(kpi)


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))


def course_of(kpi: Kpi) -> Course | None:
    """The line of a KPI, once there is a baseline, a target and a time to reach it by."""
    baseline, target = _baseline(kpi)[0], _number(kpi.target)
    if kpi.source is Comes.TYPED:
        first = kpi.typed.order_by("day", "pk").first()
        ends = (float(first.day.toordinal()), float(kpi.item.due.toordinal())) if first and kpi.item.due else None
    else:
        ends = (position(kpi.period), position(kpi.by_period)) if kpi.by_period else None
    if baseline is None or target is None or ends is None:
        return None
    return Course(ends[0], baseline, ends[1], target)


def position(period: str) -> float:
    """Where a period stands in time, in years."""
    return sort_key(period) / 1000


def _point(figure: Figure) -> Point:
    return Point(position(figure.period), figure.value or 0.0, figure.numerator, figure.denominator)


def _value(kpi: Kpi, figure: Figure, declared: Measure, course: Course | None) -> Value:
    interval = _point(figure).interval if figure.value is not None else None
    line = _line_at(course, figure.period, declared)
    released = kpi.source is Comes.RELEASED
    address = reverse("released:place", args=[kpi.area]) if released else figure_address(figure)
    return Value(
        period_words(figure.period),
        value_words(figure.value, declared) if figure.missing is None else figure.missing.words,
        interval_words(interval, declared) if interval else "",
        line,
        _source_words(figure, released=released),
        address,
    )


def _source_words(figure: Figure, *, released: bool) -> str:
    """Where a figure comes from; one of an edition says which."""
    return f"{figure.source.title}, {figure.source.edition}" if released else figure.source.title


def _line_at(course: Course | None, period: str, declared: Measure) -> str:
    """Where the line is in a period; there is none before its baseline."""
    at = position(period)
    return value_words(course.expected(at), declared) if course and at >= course.begins else ""


def measured_kpis(plan: Plan) -> list[Measured]:
    """Every KPI of a plan that is said how to measure."""
    rows = Kpi.objects.filter(item__plan=plan, item__struck_out=False).select_related("item__plan__place")
    return [measured(kpi) for kpi in rows.order_by("item")]


def verdicts_of(plan: Plan) -> dict[int, Verdict]:
    """How each KPI of a plan stands, by the number of the part it is."""
    return {one.kpi.item_id: one.judged.verdict for one in measured_kpis(plan)}


def _typed(kpi: Kpi) -> Measured:
    rows = list(kpi.typed.select_related("by").order_by("day", "pk"))
    course = course_of(kpi)
    points = [Point(one.day.toordinal(), float(one.value), one.numerator, one.denominator) for one in rows]
    baseline, target = _baseline(kpi)[0], _number(kpi.target)
    due = f" by {long_date(kpi.item.due)}" if kpi.item.due else ""
    return Measured(
        kpi,
        kpi.item.words,
        [_written(one, kpi, course, point) for one, point in zip(rows, points, strict=True)],
        judged(course, points),
        f"{plain(baseline)} {kpi.unit} on {long_date(rows[0].day)}" if baseline is not None and rows else "",
        f"{plain(target)} {kpi.unit}{due}" if target is not None else "",
    )


def _written(one: Typed, kpi: Kpi, course: Course | None, point: Point) -> Value:
    counts = f" ({one.numerator:,} of {one.denominator:,})" if one.denominator else ""
    found = point.interval
    interval = f"{plain(round(found.lower, 1))} to {plain(round(found.upper, 1))}" if found else ""
    line = plain(round(course.expected(one.day.toordinal()), 1)) if course else ""
    source = f"{one.source} (written in by {one.by.name})"
    return Value(
        long_date(one.day), f"{plain(float(one.value))} {kpi.unit}{counts}", interval, line, source, one.address
    )


def plain(value: float | None) -> str:
    """A number with no more places than it needs."""
    return "" if value is None else f"{value:,.4f}".rstrip("0").rstrip(".")


def table_of(kpi: Kpi) -> ShownTable | None:
    """What the drawing of a KPI shows, as a table; ``None`` where there is nothing to draw."""
    found = figures_of(kpi) if kpi.source is not Comes.TYPED else None
    if found is None or not any(one.value is not None for one in found):
        return None
    declared, course = measure(kpi.measure), course_of(kpi)
    rows = tuple(
        (
            text_cell(period_words(one.period)),
            figure_cell(one, declared),
            text_cell(_line_at(course, one.period, declared)),
        )
        for one in in_order(kpi)
    )
    columns = (Column("Period"), Column(_area(kpi), numeric=True, traced=True), Column("Line to the target"))
    return ShownTable(f"{heading_words(declared, kpi.phase, kpi.group)}: {_area(kpi)}", columns, rows, found)


def described(shown: Measured) -> str:
    """What the drawing of a KPI shows, in a sentence."""
    latest = shown.latest
    now = f"{latest.words} in {latest.when}" if latest else "no value"
    course = f"; from {shown.baseline} to {shown.target}" if shown.baseline and shown.target else ""
    return f"{shown.title}: {now}{course}. {shown.judged.verdict.capitalize()}. {shown.judged.because}"


def line_points(kpi: Kpi) -> list[tuple[str, float]]:
    """The two ends of the line of a KPI, for the drawing."""
    course = course_of(kpi)
    return [(kpi.period, course.baseline), (kpi.by_period, course.target)] if course else []
