"""Compare two to twelve places, or every council of a region with the region pooled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ropewalk.core.compare.pooling import Pooled, pool
from ropewalk.core.compare.summary import spread
from ropewalk.core.disclosure import already_published
from ropewalk.core.errors import InputRefused, NotFound, Problem
from ropewalk.core.measures import Measure, Unit, all_measures, measure
from ropewalk.core.open_data.reading import Reader, Selection
from ropewalk.core.schema.councils import COUNCILS
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.made_up_places import MADE_UP_COUNCILS
from ropewalk.core.schema.periods import PeriodKind, kind_of
from ropewalk.core.schema.places import Place, PlaceKind, find_place, place_by_code, search_places
from ropewalk.core.use_cases.measure_detail import whole_periods
from ropewalk.core.views.comparing import Baseline, ComparedMeasure, Comparison

FEWEST_PLACES, MOST_PLACES = 2, 12


def places_to_compare(names: Sequence[str], region: str | None, reader: Reader) -> tuple[list[Place], Place | None]:
    """The places asked for by name or code, or all councils of a region.

    Raises InputRefused with every problem found: unknown places, places without figures, fewer than two or more than
    twelve places. ``row`` of a problem counts the names as they were given, from 1. Raises NotFound for what is no
    region.
    """
    there = reader.places_with_figures()
    if region:
        whole = find_place(region)
        if whole.kind is not PlaceKind.REGION:
            raise NotFound(f"{whole.name} is not a region. Choose a region, or add {whole.name} to the places.")
        members = [p for p in councils_of(whole) if p.code in there and not p.last_year]
        if len(members) < FEWEST_PLACES:
            raise NotFound(f"There are no figures of the councils of {whole.name}.")
        return sorted(members, key=lambda p: p.name), whole
    return _chosen(names, there), None


def _chosen(names: Sequence[str], there: set[str]) -> list[Place]:
    chosen: dict[Place, None] = {}
    problems: list[Problem] = []
    for row, name in enumerate(names, start=1):
        if name.strip():
            found = _found(name, row, there)
            if isinstance(found, Problem):
                problems.append(found)
            else:
                chosen[found] = None
    if len(chosen) > MOST_PLACES:
        do = f"Choose at most {MOST_PLACES}, or a whole region."
        problems.append(Problem(what=f"You chose {len(chosen)} places.", do=do, row=MOST_PLACES + 1))
    elif len(chosen) < FEWEST_PLACES and not problems:
        what = "You chose one place." if chosen else "You chose no places."
        problems.append(Problem(what=what, do=f"Choose {FEWEST_PLACES} to {MOST_PLACES} places, or a whole region."))
    if problems:
        raise InputRefused(problems)
    return list(chosen)


def _found(name: str, row: int, there: set[str]) -> Place | Problem:
    try:
        place = find_place(name)
    except NotFound as error:
        what, _, do = str(error).partition(". ")
        return Problem(what=f"{what.rstrip('.')}.", do=_on_the_page(do), row=row)
    if place.code not in there:
        return Problem(what=f"Nothing is published on {place.name}.", do="Choose another place.", row=row)
    return place


def _on_the_page(advice: str) -> str:
    """Advice to type a command helps on the command line only."""
    return advice if advice.startswith("Did you mean") else "Type the name or code of a council, region or country."


def councils_of(region: Place) -> list[Place]:
    """All councils a region has or had."""
    return [p for p in search_places("") if p.kind is PlaceKind.COUNCIL and p.region == region.code]


def compare_places(
    reader: Reader, places: Sequence[Place], region: Place | None, measure_id: str | None = None
) -> Comparison:
    """Headline measures side by side; with ``measure_id`` also its series for drawing.

    Raises NotFound for an unknown measure and for one that none of the places has.
    """
    shown = [m for m in all_measures().values() if m.on_place_page]
    drawn = _drawn(measure_id)
    country = place_by_code(places[0].country)
    codes = [p.code for p in places]
    everyone = list(dict.fromkeys([*codes, *([region.code] if region else []), country.code]))
    figures = reader.figures(
        Selection(
            places=everyone,
            measures=[m.id for m in shown],
            phases=sorted({m.headline[0].value for m in shown}),
            groups=sorted({m.headline[1] for m in shown}),
        )
    )
    by_measure: dict[str, list[Figure]] = {}
    for figure in figures:
        if (figure.phase, figure.group) == all_measures()[figure.measure].headline:
            by_measure.setdefault(figure.measure, []).append(figure)
    rows = [row for m in shown if (row := _compared(m, places, country, region, by_measure.get(m.id, [])))]
    series: dict[str, tuple[Figure, ...]] = {}
    if drawn:
        if drawn.id not in {row.measure.id for row in rows}:
            raise NotFound(f"Nothing is published on '{drawn.title}' in these places.")
        drawable = by_measure.get(drawn.id, [])
        own = whole_periods(drawable, next(f.place for f in drawable if f.place in codes and f.value is not None))
        series = {code: tuple(reversed([f for f in own if f.place == code])) for code in everyone}
    baseline = _baseline(reader, region, country, shown, by_measure) if region else ()
    parts = [part for line in baseline for part in line.parts]
    released = already_published([*figures, *parts])
    return Comparison(tuple(places), region, tuple(rows), series, released, country, baseline, drawn)


def _drawn(measure_id: str | None) -> Measure | None:
    if not measure_id:
        return None
    declared = measure(measure_id)
    if not declared.on_place_page:
        raise NotFound(f"'{declared.title}' is not among the measures that places are compared by.")
    return declared


def _compared(
    declared: Measure, places: Sequence[Place], country: Place, region: Place | None, figures: Sequence[Figure]
) -> ComparedMeasure | None:
    codes = {p.code for p in places}
    period = next((f.period for f in figures if f.place in codes and f.value is not None), None)
    if period is None:
        return None
    at = {f.place: f for f in figures if f.period == period}
    there = [at[p.code] for p in places if p.code in at]
    share = declared.unit is Unit.PERCENT
    return ComparedMeasure(
        declared,
        declared.headline[0].value,
        declared.headline[1],
        period,
        tuple((p, at.get(p.code)) for p in places),
        at.get(country.code),
        at.get(region.code) if region else None,
        pool(there) if share and len(there) == len(codes) else None,
        spread([f.value for f in there if f.value is not None]),
    )


def _baseline(
    reader: Reader,
    region: Place,
    country: Place,
    shown: Sequence[Measure],
    by_measure: dict[str, list[Figure]],
) -> tuple[Baseline, ...]:
    """Each share of the region pooled at the newest year for which the counts of all its councils are published."""
    councils = councils_of(region)
    declared = [m for m in shown if m.unit is Unit.PERCENT]
    counted = reader.figures(
        Selection(
            places=[p.code for p in councils],
            measures=[m.id for m in declared],
            phases=sorted({m.headline[0].value for m in declared}),
            groups=sorted({m.headline[1] for m in declared}),
            counted=True,
        )
    )
    lines = []
    for one in declared:
        cells = [f for f in counted if f.measure == one.id and (f.phase, f.group) == one.headline]
        beside = {(f.place, f.period): f for f in by_measure.get(one.id, [])}
        found = _newest_pool(cells, region)
        if found:
            parts, pooled = found
            period = parts[0].period
            published = beside.get((region.code, period)), beside.get((country.code, period))
            lines.append(Baseline(one, one.headline[0].value, one.headline[1], period, pooled, parts, *published))
    return tuple(lines)


def _newest_pool(counted: Sequence[Figure], region: Place) -> tuple[tuple[Figure, ...], Pooled] | None:
    return next(pools_of(counted, region), None)


def pools_of(counted: Sequence[Figure], region: Place) -> Iterator[tuple[tuple[Figure, ...], Pooled]]:
    """A region pooled, newest year first, for every year and publication with the counts of all its councils."""
    years = [period for period in dict.fromkeys(f.period for f in counted) if kind_of(period) is PeriodKind.YEAR]
    for period in years:
        # One publication for all: counts of different publications are not of the same children.
        for publication in dict.fromkeys(f.source.publication for f in counted if f.period == period):
            at = {f.place: f for f in counted if f.period == period and f.source.publication == publication}
            parts = tuple(sorted(at.values(), key=lambda f: place_by_code(f.place).name))
            pooled = pool(parts)
            if pooled and is_whole(region, set(at), int(period[:4])):
                yield parts, pooled


def is_whole(region: Place, pooled: set[str], year: int) -> bool:
    """Whether these are all councils the region had in the academic year that starts in ``year``, each child once.

    In a year in which councils were replaced either the old ones or the new ones may stand, never some of both.
    """
    councils = [council for council in (*COUNCILS, *MADE_UP_COUNCILS) if council.region == region.code]
    lasting = {council.code for council in councils if not council.first_year and not council.last_year}
    if not councils or not lasting <= pooled:
        return False
    for change in {council.first_year or council.last_year for council in councils} - {None}:
        old = {council.code for council in councils if council.last_year == change}
        new = {council.code for council in councils if council.first_year == change}
        before = old <= pooled and not new & pooled
        after = new <= pooled and not old & pooled
        if not (before and (change or 0) > year) and not (after and (change or 0) <= year + 1):
            return False
    return True
