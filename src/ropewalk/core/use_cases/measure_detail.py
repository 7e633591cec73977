"""The measure page: one measure of a place over time, by phase, by group with the gap, and among its neighbours."""

from __future__ import annotations

from collections.abc import Callable

from ropewalk.core.compare.intervals import difference_interval, share_interval
from ropewalk.core.compare.summary import spread
from ropewalk.core.disclosure import already_published
from ropewalk.core.errors import NotFound
from ropewalk.core.measures import Measure, Unit, measure
from ropewalk.core.open_data.cuts import Cut
from ropewalk.core.open_data.reading import Reader
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.groups import GROUPS, group
from ropewalk.core.schema.periods import PeriodKind, kind_of, sort_key
from ropewalk.core.schema.phases import Phase
from ropewalk.core.schema.places import Place, PlaceKind, search_places
from ropewalk.core.use_cases.overview import comparators
from ropewalk.core.views.measure_detail import GroupRow, MeasureDetail, StripPoint, TrendPoint
from ropewalk.core.views.overview import Comparators


def measure_detail(
    reader: Reader, place: Place, measure_id: str, *, phase: str | None = None, group_id: str | None = None
) -> MeasureDetail:
    """Gather the measure page.

    Raises NotFound when the place has no figures of the measure for the phase and group.
    """
    declared = measure(measure_id)
    others = comparators(reader, place)
    known = [(p, g) for m, p, g, _ in reader.cuts(place.code) if m == measure_id]
    chosen = _chosen(declared, known, phase, group_id, place)
    (cut,) = reader.cuts_of_places([(measure_id, *chosen)])
    around = (figure for code in others.codes_with(place) for figure in cut.series(code))
    series = sorted(around, key=lambda figure: sort_key(figure.period), reverse=True)
    trend = _trend(whole_periods(series, place.code), place, others)
    period = next(point.period for point in reversed(trend) if point.own and point.own.value is not None)
    every_cut = reader.every_cut(place.code, measure_id)
    phases_period = _period_with_several(every_cut, period, lambda f: f.phase if f.group == chosen[1] else None)
    groups_period = _period_with_pairs(every_cut, chosen[0], period)
    both = [f for code in {place.code, others.country.code} for f in reader.every_cut(code, measure_id)]
    cuts = [figure for figure in both if figure.period in (phases_period, groups_period)]
    strip = _strip(cut, place, others, period)
    return MeasureDetail(
        place,
        others,
        declared,
        *chosen,
        tuple(p.value for p in Phase if any(p == k for k, _ in known)),
        tuple(g for g in GROUPS if any(g == k for _, k in known)),
        period,
        trend,
        phases_period,
        _by_phase([f for f in cuts if f.period == phases_period], place, chosen[1]),
        groups_period,
        _by_group([f for f in cuts if f.period == groups_period], place, chosen[0], declared),
        strip,
        spread([point.figure.value for point in strip if point.figure.value is not None]),
        already_published([*series, *cuts, *(point.figure for point in strip)]),
    )


def _period_with_several(figures: list[Figure], newest: str, name: Callable[[Figure], str | None]) -> str:
    """Newest period in which more than one of what ``name`` names has a value; ``newest`` where none has."""
    seen: dict[str, set[str]] = {}
    for figure in whole_periods(figures, figures[0].place):
        called = name(figure)
        if figure.value is not None and called is not None:
            seen.setdefault(figure.period, set()).add(called)
    return next((period for period, names in seen.items() if len(names) > 1), newest)


def _period_with_pairs(figures: list[Figure], phase: str, newest: str) -> str:
    """Newest period in which some group and the group it is compared with (not all pupils) both have a value.

    Not every group is published as early as the total is; a gap needs both of its sides from one period.
    """
    seen: dict[str, set[str]] = {}
    for figure in whole_periods(figures, figures[0].place):
        if figure.value is not None and figure.phase == phase:
            seen.setdefault(figure.period, set()).add(figure.group)
    pairs = ((period, g, GROUPS[g].other) for period, there in seen.items() for g in there)
    return next((p for p, g, other in pairs if other not in (None, "all") and other in seen[p]), newest)


def _chosen(
    declared: Measure, known: list[tuple[str, str]], phase: str | None, group_id: str | None, place: Place
) -> tuple[str, str]:
    """The cut asked for; else the headline; else the nearest that is known."""
    if group_id:
        group(group_id)
    if phase and phase not in set(Phase):
        raise NotFound(f"There is no phase '{phase}'. Phases are {', '.join(Phase)}.")
    wanted = (phase or declared.headline[0].value, group_id or declared.headline[1])
    if wanted in known:
        return wanted
    nearest = [cut for cut in known if (not phase or cut[0] == phase) and (not group_id or cut[1] == group_id)]
    if not nearest:
        raise NotFound(f"Nothing is published on '{declared.title}' in {place.name} for this phase and group.")
    return min(nearest, key=lambda cut: (cut[1] != "all", cut[0] != "all", cut))


def whole_periods(figures: list[Figure], place: str) -> list[Figure]:
    """Academic years where the place has values for any, else calendar years, else whatever there is.

    A trend must not mix years with terms and weeks.
    """
    for wanted in (PeriodKind.YEAR, PeriodKind.CALENDAR_YEAR):
        whole = [figure for figure in figures if kind_of(figure.period) is wanted]
        if any(figure.place == place and figure.value is not None for figure in whole):
            return whole
    return figures


def _trend(series: list[Figure], place: Place, others: Comparators) -> tuple[TrendPoint, ...]:
    at = {(figure.place, figure.period): figure for figure in series}
    periods = list(dict.fromkeys(figure.period for figure in reversed(series)))
    points = []
    for period in periods:
        values = [f.value for n in others.neighbours if (f := at.get((n.code, period))) and f.value is not None]
        country = at.get((others.country.code, period)) if others.country != place else None
        region = at.get((others.region.code, period)) if others.region else None
        points.append(TrendPoint(period, at.get((place.code, period)), country, region, spread(values)))
    return tuple(points)


def _by_phase(cuts: list[Figure], place: Place, group_id: str) -> tuple[Figure, ...]:
    order = list(Phase)
    own = [f for f in cuts if f.place == place.code and f.group == group_id]
    return tuple(sorted(own, key=lambda f: order.index(Phase(f.phase))))


def counts(figure: Figure | None) -> tuple[int, int] | None:
    """Numerator and denominator of a share in per cent, where both are known."""
    if figure is None or figure.numerator is None or not figure.denominator or figure.unit != Unit.PERCENT:
        return None
    return figure.numerator, figure.denominator


def _by_group(cuts: list[Figure], place: Place, phase: str, declared: Measure) -> tuple[GroupRow, ...]:
    own = {f.group: f for f in cuts if f.place == place.code and f.phase == phase}
    country = {f.group: f for f in cuts if f.place != place.code and f.phase == phase}
    rows = []
    for group_id in (g for g in GROUPS if g in own):
        figure, other = own[group_id], own.get(GROUPS[group_id].other or "")
        gap = None
        if other and figure.value is not None and other.value is not None:
            gap = round(figure.value - other.value, 6)
        pair, other_pair = counts(figure), counts(other)
        events = declared.id in _EVENT_RATES
        rows.append(
            GroupRow(
                group_id,
                figure,
                share_interval(*pair) if pair and not events else None,
                other,
                gap,
                difference_interval(pair, other_pair) if pair and other_pair and not events else None,
                country.get(group_id),
            )
        )
    return tuple(rows)


# Rates of events per 100 pupils: one pupil can count more than once, so an interval for shares does not fit.
_EVENT_RATES = {"suspension_rate", "permanent_exclusion_rate"}


def _strip(cut: Cut, place: Place, others: Comparators, period: str) -> tuple[StripPoint, ...]:
    near = {n.code for n in others.neighbours}

    def role(code: str) -> str:
        return "own" if code == place.code else "neighbour" if code in near else "other"

    councils = [p for p in search_places("") if p.kind is PlaceKind.COUNCIL and p.made_up == place.made_up]
    found = ((council, cut.at(council.code, period)) for council in sorted(councils, key=lambda p: p.code))
    return tuple(StripPoint(c, f, role(c.code)) for c, f in found if f is not None and f.value is not None)
