"""The place page: every headline measure beside last year, 2018/19, England, the region and the neighbours."""

from __future__ import annotations

from collections.abc import Sequence

from ropewalk.core.compare.summary import spread
from ropewalk.core.disclosure import already_published
from ropewalk.core.measures import Measure, Polarity, Question, all_measures
from ropewalk.core.open_data.cuts import Cut
from ropewalk.core.open_data.reading import Reader
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.periods import BEFORE_PANDEMIC, year_before
from ropewalk.core.schema.places import Place, PlaceKind, place_by_code
from ropewalk.core.views.overview import Change, Comparators, MeasureRow, Overview, Section

NEIGHBOUR_COUNT = 10


def comparators(reader: Reader, place: Place) -> Comparators:
    """Country, region and ten statistical neighbours of a place; a region has no neighbours, a country nothing."""
    region = place_by_code(place.region) if place.region else None
    codes = reader.neighbours(place.code)[:NEIGHBOUR_COUNT] if place.kind is PlaceKind.COUNCIL else []
    return Comparators(place_by_code(place.country), region, tuple(place_by_code(code) for code in codes))


def change(latest: Figure, before: Figure | None, polarity: Polarity) -> Change | None:
    """Latest less before; ``None`` unless both have a value."""
    if before is None or before.value is None or latest.value is None:
        return None
    amount = round(latest.value - before.value, 6)
    if polarity is Polarity.NEITHER or amount == 0:
        return Change(before, amount, None)
    return Change(before, amount, (amount > 0) == (polarity is Polarity.HIGHER))


def place_overview(reader: Reader, place: Place) -> Overview:
    """Everything the place page shows.

    Raises NotFound when nothing is known of the place.
    """
    others = comparators(reader, place)
    shown = [measure for measure in all_measures().values() if measure.on_place_page]
    cuts = reader.cuts_of_places([(m.id, m.headline[0].value, m.headline[1]) for m in shown])
    released: list[Figure] = []
    rows = [
        row for measure, cut in zip(shown, cuts, strict=True) if (row := _row(measure, place, others, cut, released))
    ]
    sections = tuple(
        Section(question, tuple(row for row in rows if row.measure.question is question))
        for question in Question
        if any(row.measure.question is question for row in rows)
    )
    return Overview(place, others.country, others.region, others.neighbours, sections, already_published(released))


def _row(measure: Measure, place: Place, others: Comparators, cut: Cut, released: list[Figure]) -> MeasureRow | None:
    """One measure as the page shows it; every figure looked at is added to ``released``."""
    own = cut.series(place.code)
    latest = next((figure for figure in own if figure.value is not None), None)
    if latest is None:
        return None
    earlier = year_before(latest.period)
    country = cut.at(others.country.code, latest.period) if others.country != place else None
    region = cut.at(others.region.code, latest.period) if others.region else None
    near = [figure for other in others.neighbours if (figure := cut.at(other.code, latest.period))]
    released += [*own, *near, *(figure for figure in (country, region) if figure)]
    return MeasureRow(
        measure,
        measure.headline[0].value,
        measure.headline[1],
        latest,
        change(latest, cut.at(place.code, earlier), measure.better),
        change(latest, cut.at(place.code, BEFORE_PANDEMIC), measure.better) if earlier else None,
        country,
        region,
        spread([figure.value for figure in near if figure.value is not None]),
        tuple(reversed(_yearly(own))),
    )


def _yearly(figures: Sequence[Figure]) -> list[Figure]:
    """Whole years only, newest first: a sparkline must not mix years with terms and weeks."""
    return [figure for figure in figures if year_before(figure.period) and " " not in figure.period]
