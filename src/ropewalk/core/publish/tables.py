"""The tables of the site and of every document, made from the view models."""

from __future__ import annotations

from collections.abc import Sequence

from ropewalk.core.compare.funnel import Standing
from ropewalk.core.disclosure import SafeTable, already_published
from ropewalk.core.publish.shown_table import (
    Cell,
    Column,
    ShownTable,
    change_cell,
    check_released,
    count_cell,
    figure_cell,
    missing_cell,
    text_cell,
    value_cell,
)
from ropewalk.core.publish.wording import heading_words, interval_words, period_words
from ropewalk.core.schema.groups import GROUPS
from ropewalk.core.schema.missing import Missing
from ropewalk.core.schema.phases import Phase
from ropewalk.core.schema.places import Place, place_by_code
from ropewalk.core.views.comparing import Comparison
from ropewalk.core.views.measure_detail import MeasureDetail
from ropewalk.core.views.overview import MeasureRow, Overview, Section
from ropewalk.core.views.schools import SchoolFunnel, SchoolList

MEDIAN_NOTE = (
    "Medians and ranges of neighbours are worked out by Ropewalk from the published figures of each neighbour."
)
GAP_NOTE = "Gaps are worked out by Ropewalk: the group's figure less that of the group it is compared with."
STANDING_WORDS = {
    Standing.INSIDE: "inside the limits",
    Standing.ABOVE_INNER: "above the 95% limit",
    Standing.BELOW_INNER: "below the 95% limit",
    Standing.ABOVE_OUTER: "above the 99.8% limit",
    Standing.BELOW_OUTER: "below the 99.8% limit",
}
ROLE_WORDS = {"own": "this place", "neighbour": "statistical neighbour", "other": "other council"}


def _traced(heading: str) -> Column:
    return Column(heading, numeric=True, traced=True)


def _worked_out(heading: str) -> Column:
    return Column(heading, numeric=True)


def _subject(detail: MeasureDetail) -> str:
    return heading_words(detail.measure, detail.phase, detail.group)


def trend_table(detail: MeasureDetail) -> ShownTable:
    """One row for each period, oldest first: the place, its region, country and neighbours."""
    measure, others = detail.measure, detail.others
    compared = [place for place in (others.region, others.country) if place and place != detail.place]
    columns = [Column("Period"), *(_traced(place.name) for place in (detail.place, *compared))]
    if others.neighbours:
        columns += [_worked_out(f"Neighbours: {word}") for word in ("lowest", "median", "highest")]
    rows = []
    for point in detail.trend:
        figures = {detail.place: point.own, others.country: point.country}
        if others.region:
            figures[others.region] = point.region
        cells = [text_cell(period_words(point.period)), figure_cell(point.own, measure)]
        cells += [figure_cell(figures[place], measure) for place in compared]
        if others.neighbours:
            near = point.neighbours
            ends = (near.lowest, near.median, near.highest) if near else (None, None, None)
            cells += [value_cell(value, measure) for value in ends]
        rows.append(tuple(cells))
    span = f"{period_words(detail.trend[0].period)} until {period_words(detail.trend[-1].period)}"
    notes = (*((MEDIAN_NOTE,) if others.neighbours else ()), *measure.notes)
    title = f"{_subject(detail)}, {detail.place.name}, over time"
    return ShownTable(title, tuple(columns), tuple(rows), detail.released, notes, span)


def phase_table(detail: MeasureDetail) -> ShownTable:
    """One row for each phase at the newest period with several phases."""
    rows = tuple(
        (text_cell(Phase(figure.phase).words), figure_cell(figure, detail.measure)) for figure in detail.by_phase
    )
    period = period_words(detail.phases_period)
    title = f"{heading_words(detail.measure, 'all', detail.group)}, {detail.place.name}, by phase, {period}"
    columns = (Column("Phase"), _traced(detail.place.name))
    return ShownTable(title, columns, rows, detail.released, detail.measure.notes, period)


def group_table(detail: MeasureDetail) -> ShownTable:
    """One row for each group at the newest period with groups to compare: its figure, the other group, the gap."""
    measure = detail.measure
    certain = any(row.interval for row in detail.by_group)
    columns = [Column("Group"), _traced(detail.place.name)]
    columns += [Column("95% interval")] if certain else []
    columns += [Column("Compared with"), _worked_out("Gap")]
    columns += [Column("95% interval of the gap")] if certain else []
    abroad = detail.others.country != detail.place
    columns += [_traced(detail.others.country.name)] if abroad else []
    rows = []
    for row in detail.by_group:
        cells = [text_cell(GROUPS[row.group].words), figure_cell(row.own, measure)]
        cells += [text_cell(interval_words(row.interval, measure))] if certain else []
        no_gap = missing_cell(Missing.NOT_APPLICABLE if row.other is None else Missing.NOT_AVAILABLE)
        cells += [
            text_cell(GROUPS[row.other.group].words if row.other else "no other group"),
            change_cell(row.gap, measure) if row.gap is not None else no_gap,
        ]
        cells += [text_cell(interval_words(row.gap_interval, measure))] if certain else []
        cells += [figure_cell(row.country, measure)] if abroad else []
        rows.append(tuple(cells))
    period = period_words(detail.groups_period)
    title = f"{heading_words(measure, detail.phase, 'all')}, {detail.place.name}, by group, {period}"
    return ShownTable(title, tuple(columns), tuple(rows), detail.released, (GAP_NOTE, *measure.notes), period)


def strip_table(detail: MeasureDetail) -> ShownTable:
    """Every council with a figure: the place, its neighbours, then the others; by name, never by value."""
    order = {"own": 0, "neighbour": 1, "other": 2}
    points = sorted(detail.strip, key=lambda point: (order[point.role], point.place.name))
    rows = tuple(
        (text_cell(p.place.name), text_cell(ROLE_WORDS[p.role]), figure_cell(p.figure, detail.measure)) for p in points
    )
    period = period_words(detail.period)
    columns = (Column("Council"), Column("What it is"), _traced(detail.measure.title))
    title = f"{_subject(detail)}: {detail.place.name} among councils, {period}"
    notes = ("In order of name, not of value: a place in a list of values says little.", *detail.measure.notes)
    return ShownTable(title, columns, rows, detail.released, notes, period)


def overview_table(overview: Overview) -> ShownTable:
    """One row for each measure of the place: newest value, changes, country, region, neighbours."""
    return _rows_table(overview, overview.sections, f"{overview.place.name}: every measure")


def section_table(overview: Overview, section: Section) -> ShownTable:
    """The measures of one question."""
    return _rows_table(overview, [section], f"{overview.place.name}: {section.question.words}")


def _rows_table(overview: Overview, sections: Sequence[Section], title: str) -> ShownTable:
    compared = [place for place in (overview.region, overview.country) if place and place != overview.place]
    columns = [Column("Measure"), Column("Period"), _traced(overview.place.name)]
    columns += [_worked_out("Change on the year before"), _worked_out("Change since 2018 to 2019")]
    columns += [_traced(place.name) for place in compared]
    if overview.neighbours:
        columns += [_worked_out(f"Neighbours: {word}") for word in ("lowest", "median", "highest")]
    rows = tuple(_measure_cells(overview, row, compared) for section in sections for row in section.rows)
    notes = (MEDIAN_NOTE,) if overview.neighbours else ()
    return ShownTable(title, tuple(columns), rows, overview.released, notes, "newest period of each measure")


def _measure_cells(overview: Overview, row: MeasureRow, compared: Sequence[Place]) -> tuple[Cell, ...]:
    measure, near = row.measure, row.neighbours
    cells = [
        text_cell(heading_words(measure, row.phase, row.group)),
        text_cell(period_words(row.latest.period)),
        figure_cell(row.latest, measure),
        change_cell(row.last_year.amount if row.last_year else None, measure),
        change_cell(row.since_2018_19.amount if row.since_2018_19 else None, measure),
    ]
    cells += [figure_cell(row.country if place == overview.country else row.region, measure) for place in compared]
    if overview.neighbours:
        ends = (near.lowest, near.median, near.highest) if near else (None, None, None)
        cells += [value_cell(value, measure) for value in ends]
    return tuple(cells)


def school_table(listed: SchoolList) -> ShownTable:
    """One row for each school, by name, with its newest figure of each measure and the period of that figure."""
    columns = [Column(heading) for heading in ("School", "URN", "Phase", "Trust")]
    for measure in listed.measures:
        columns += [_traced(measure.title), Column(f"{measure.title}: period")]
    rows = []
    for row in listed.rows:
        known = (row.school.name, row.school.urn, row.school.phase or "not known", row.school.trust or "none")
        cells = [text_cell(words) for words in known]
        for measure in listed.measures:
            figure = row.latest.get(measure.id)
            cells += [figure_cell(figure, measure), text_cell(period_words(figure.period) if figure else "none")]
        rows.append(tuple(cells))
    title = f"Schools of {listed.place.name}"
    return ShownTable(title, tuple(columns), tuple(rows), listed.released, (), "newest period of each figure")


def funnel_table(shown: SchoolFunnel) -> ShownTable:
    """One row for each school in the funnel, by name: counts, value, where it lies."""
    measure = shown.measure
    by_school = {figure.school: figure for figure in shown.released}
    points = shown.funnel.points if shown.funnel else ()
    rows = tuple(
        (
            text_cell(shown.names.get(point.school, f"School {point.school}")),
            count_cell(point.numerator),
            count_cell(point.denominator),
            figure_cell(by_school.get(point.school), measure),
            text_cell(STANDING_WORDS[point.standing]),
        )
        for point in sorted(points, key=lambda point: (shown.names.get(point.school, "~"), point.school))
    )
    columns = (
        Column("School"),
        _worked_out(f"Counted: {measure.numerator or 'number'}"),
        _worked_out(f"Out of: {measure.denominator or 'pupils'}"),
        _traced(measure.title),
        Column("Where it lies"),
    )
    period = period_words(shown.period) if shown.period else ""
    title = f"{heading_words(measure, shown.phase, 'all')}, schools of {shown.place.name}, {period}"
    notes = ("Outside the limits means more than chance alone would give. It does not say why.", *measure.notes)
    return ShownTable(title, columns, rows, shown.released, notes, period)


def comparison_table(comparison: Comparison) -> ShownTable:
    """One row for each measure, one column for each place."""
    columns = [Column("Measure"), Column("Period"), *(_traced(place.name) for place in comparison.places)]
    if comparison.region:
        columns += [_traced(comparison.region.name), _worked_out("All these councils together")]
    columns += [_worked_out("Median of these places"), _traced(place_by_code(comparison.places[0].country).name)]
    rows = []
    for row in comparison.rows:
        cells = [text_cell(heading_words(row.measure, row.phase, row.group)), text_cell(period_words(row.period))]
        cells += [figure_cell(figure, row.measure) for _, figure in row.figures]
        if comparison.region:
            pooled = row.pooled.value if row.pooled else None
            cells += [figure_cell(row.region, row.measure), value_cell(pooled, row.measure)]
        cells += [value_cell(row.spread.median if row.spread else None, row.measure)]
        cells += [figure_cell(row.country, row.measure)]
        rows.append(tuple(cells))
    named = comparison.region.name if comparison.region else ", ".join(place.name for place in comparison.places)
    notes = ("Medians are worked out by Ropewalk from the figures shown.",)
    title = f"Places compared: {named}"
    return ShownTable(title, tuple(columns), tuple(rows), comparison.released, notes, "newest period of each measure")


def comparison_trend_table(comparison: Comparison, names: dict[str, str]) -> ShownTable:
    """The series of one measure: one row for each period, oldest first, one column for each place.

    ``names`` are the names of the places by code. Raises ValueError when the comparison carries no series.
    """
    first = next((figure for series in comparison.series.values() for figure in series), None)
    row = next((r for r in comparison.rows if first and r.measure.id == first.measure), None)
    if first is None or row is None:
        raise ValueError("This comparison has no series; name a measure when comparing.")
    at = {(f.place, f.period): f for series in comparison.series.values() for f in series}
    periods = sorted({f.period for series in comparison.series.values() for f in series})
    columns = (Column("Period"), *(_traced(names[code]) for code in comparison.series))
    rows = tuple(
        (
            text_cell(period_words(period)),
            *(figure_cell(at.get((code, period)), row.measure) for code in comparison.series),
        )
        for period in periods
    )
    span = f"{period_words(periods[0])} until {period_words(periods[-1])}"
    title = f"{heading_words(row.measure, row.phase, row.group)}: places compared over time"
    return ShownTable(title, columns, rows, comparison.released, row.measure.notes, span)


def phase_book_table(place: Place, title: str, details: Sequence[MeasureDetail]) -> ShownTable:
    """One row for each measure of a phase book: the place at its newest period, region, country, neighbours' median."""
    others = details[0].others
    compared = [p for p in (others.region, others.country) if p and p != place]
    columns = [Column("Measure"), Column("Period"), *(_traced(p.name) for p in (place, *compared))]
    columns += [_worked_out("Neighbours: median")] if others.neighbours else []
    rows = []
    for detail in details:
        point = next(point for point in detail.trend if point.period == detail.period)
        cells = [text_cell(_subject(detail)), text_cell(period_words(point.period))]
        cells += [figure_cell(point.own, detail.measure)]
        cells += [figure_cell(point.country if p == others.country else point.region, detail.measure) for p in compared]
        if others.neighbours:
            cells += [value_cell(point.neighbours.median if point.neighbours else None, detail.measure)]
        rows.append(tuple(cells))
    notes = (MEDIAN_NOTE,) if others.neighbours else ()
    released = already_published(figure for detail in details for figure in _released(detail))
    return ShownTable(title, tuple(columns), tuple(rows), released, notes, "newest period of each measure")


def _released(detail: MeasureDetail) -> SafeTable:
    check_released(detail.released, ())
    return detail.released
