"""Compare two to twelve places, or every council of a region with the region pooled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ropewalk.core.compare.pooling import Pooled, pool
from ropewalk.core.compare.summary import Spread, spread
from ropewalk.core.disclosure import SafeTable, already_published
from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.measures import Measure, Unit, all_measures, measure
from ropewalk.core.open_data.reading import Reader, Selection
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.places import Place, PlaceKind, find_place, place_by_code, search_places
from ropewalk.core.use_cases.measure_detail import whole_periods

MOST_PLACES = 12


@dataclass(frozen=True, slots=True)
class ComparedMeasure:
    """One measure over the places compared, at the newest period any of them has.

    ``region`` is the region's own published figure. ``pooled`` is the share of all children of the places together,
    where every place's counts are published; it is None otherwise.
    """

    measure: Measure
    phase: str
    group: str
    period: str
    figures: tuple[tuple[Place, Figure | None], ...]
    country: Figure | None
    region: Figure | None
    pooled: Pooled | None
    spread: Spread | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Places beside each other; ``region`` is set when a whole region is compared."""

    places: tuple[Place, ...]
    region: Place | None
    rows: tuple[ComparedMeasure, ...]
    series: dict[str, tuple[Figure, ...]]
    released: SafeTable


def places_to_compare(names: Sequence[str], region: str | None, reader: Reader) -> tuple[list[Place], Place | None]:
    """The places asked for by name or code, or all councils of a region.

    Raises InputRefused for fewer than two or more than twelve places, NotFound for an unknown one.
    """
    there = reader.places_with_figures()
    if region:
        whole = find_place(region)
        members = [
            p
            for p in search_places("")
            if p.kind is PlaceKind.COUNCIL and p.region == whole.code and p.code in there and not p.last_year
        ]
        return sorted(members, key=lambda p: p.name), whole
    chosen = list(dict.fromkeys(find_place(name) for name in names if name.strip()))
    if not 2 <= len(chosen) <= MOST_PLACES:
        raise InputRefused(
            [
                Problem(
                    what=f"{len(chosen)} places were chosen.", do=f"Choose two to {MOST_PLACES} places, or one region."
                )
            ]
        )
    return chosen, None


def compare_places(
    reader: Reader, places: Sequence[Place], region: Place | None, measure_id: str | None = None
) -> Comparison:
    """Headline measures side by side; with ``measure_id`` also its series for drawing."""
    shown = [m for m in all_measures().values() if m.on_place_page]
    country = place_by_code(places[0].country)
    codes = [p.code for p in places]
    everyone = list(dict.fromkeys([*codes, country.code, *([region.code] if region else [])]))
    figures = reader.figures(
        Selection(
            places=everyone,
            measures=[m.id for m in shown],
            phases=sorted({m.headline[0].value for m in shown}),
            groups=sorted({m.headline[1] for m in shown}),
        )
    )
    rows = [row for m in shown if (row := _compared(m, places, country, region, figures))]
    series: dict[str, tuple[Figure, ...]] = {}
    if measure_id:
        declared = measure(measure_id)
        own = whole_periods([f for f in figures if f.measure == measure_id and (f.phase, f.group) == declared.headline])
        series = {code: tuple(reversed([f for f in own if f.place == code])) for code in everyone}
    return Comparison(tuple(places), region, tuple(rows), series, already_published(figures))


def _compared(
    declared: Measure, places: Sequence[Place], country: Place, region: Place | None, figures: Sequence[Figure]
) -> ComparedMeasure | None:
    own = [
        f
        for f in figures
        if f.measure == declared.id and (f.phase, f.group) == declared.headline and f.value is not None
    ]
    codes = {p.code for p in places}
    period = next((f.period for f in own if f.place in codes), None)
    if period is None:
        return None
    at = {f.place: f for f in own if f.period == period}
    there = [at[code] for code in codes if code in at]
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
