"""The tables of figures from schools' own returns. Files and pages are written from these same objects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ropewalk.core.compare.movement import Look
from ropewalk.core.measures import Measure, Unit
from ropewalk.core.measures.meaning import DaysLost
from ropewalk.core.publish.shown_table import (
    Cell,
    Column,
    ShownTable,
    change_cell,
    count_cell,
    figure_cell,
    text_cell,
)
from ropewalk.core.publish.tables import STANDING_WORDS
from ropewalk.core.publish.weekly_words import limits_words, short_signals_by_week, signals_sentence
from ropewalk.core.publish.wording import heading_words, interval_words, number_words, period_words
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.groups import GROUPS
from ropewalk.core.schema.periods import sort_key
from ropewalk.core.schema.phases import Phase
from ropewalk.core.views.live import LiveMeasure, LiveOverview, LiveRow, LiveSection, Part, PhaseMovement, PlaceMovement
from ropewalk.core.views.measure_detail import MeasureDetail, TrendPoint
from ropewalk.core.views.overview import Comparators

LOOK_WORDS = {
    Look.JOINERS: "Joined during the year",
    Look.LEAVERS: "Left during the year",
    Look.YEAR_10_TO_11: "Left between Year 10 and Year 11",
    Look.DESTINATION_UNKNOWN: "Left, next school not known",
    Look.ON_NO_ROLL: "On no roll",
    Look.PART_TIME_PAST_REVIEW: "Part-time timetable past its review",
    Look.SUSPENDED_REPEATEDLY: "Suspended three times or more",
    Look.PAST_MOST_DAYS: "Suspended for more than 45 days",
    Look.NEAR_MOST_DAYS: "Suspended for 35 to 45 days",
}
SESSIONS_NOTE = "Counted in sessions (half days). Sessions of one pupil hang together, so no interval is given."
OWN_NOTE = "Counted by Ropewalk from schools' own returns. Published figures stand apart, each with its own period."


NO_GAP = text_cell("none")
NOT_PUBLISHED = [text_cell("not published"), text_cell("none")]


def counted_words(figure: Figure | None, measure: Measure) -> str:
    """What was counted, out of how many: ``624 of 3,107``."""
    if figure is None or figure.value is None:
        return "not known"
    if measure.gap:
        return "two groups compared"
    number, of = figure.numerator, figure.denominator
    if isinstance(measure.meaning, DaysLost) and number is not None:
        return f"{number_words(number, 0)} sessions"
    if number is None:
        return f"mean of {number_words(of or 0, 0)}"
    if of is None or measure.unit is Unit.COUNT:
        return f"{number_words(number, 0)} counted"
    return f"{number_words(number, 0)} of {number_words(of, 0)}"


def section_table(overview: LiveOverview, section: LiveSection) -> ShownTable:
    """The measures of one question."""
    return _rows_table(overview, section.rows, f"{overview.scope.name}: {section.question.words}")


def overview_table(overview: LiveOverview) -> ShownTable:
    """Every measure."""
    rows = [row for section in overview.sections for row in section.rows]
    return _rows_table(overview, rows, f"{overview.scope.name}: every measure counted from returns")


def _rows_table(overview: LiveOverview, rows: Sequence[LiveRow], title: str) -> ShownTable:
    """Measures with the columns in which any of them has something."""
    known = overview.known
    headings = {"whole": period_words(known.whole or "2000/01"), "so_far": _so_far_words(known.so_far or "2000/01")}
    values = [name for name in headings if any(_has_value(getattr(row, name)) for row in rows)]
    week, published = any(row.week for row in rows), any(row.published for row in rows)
    columns = [Column("Measure")]
    for name in values:
        columns += [Column(headings[name], numeric=True), Column(f"{headings[name]}: counted", numeric=True)]
    columns += [Column(period_words(known.week or ""), numeric=True)] if week else []
    columns += [Column("Published", numeric=True, traced=True), Column("Published for")] if published else []
    cells = tuple(_row_cells(row, values, week=week, published=published) for row in rows)
    period = " and ".join(period_words(p) for p in (known.whole, known.so_far) if p)
    return ShownTable(title, tuple(columns), cells, overview.released, (OWN_NOTE,), period)


def _has_value(figure: Figure | None) -> bool:
    return figure is not None and figure.value is not None


def _so_far_words(period: str) -> str:
    return f"{period_words(period[:7])} so far"


def _row_cells(row: LiveRow, values: Sequence[str], *, week: bool, published: bool) -> tuple[Cell, ...]:
    cells = [text_cell(row.measure.title)]
    for name in values:
        figure = row.whole if name == "whole" else row.so_far
        cells += [figure_cell(figure, row.measure), text_cell(counted_words(figure, row.measure))]
    if week:
        cells.append(figure_cell(row.week, row.measure) if row.week else text_cell("not by week"))
    if published:
        there = row.published
        cells += [figure_cell(there, row.measure), text_cell(period_words(there.period))] if there else NOT_PUBLISHED
    return tuple(cells)


def parts_table(overview: LiveOverview, name: str) -> ShownTable:
    """Phases, trusts or schools beside each other, by name, at the newest period."""
    parts, heading = {
        "phases": (overview.by_phase, "Phase"),
        "trusts": (overview.trusts, "Trust"),
        "schools": (overview.schools, "School"),
    }[name]
    columns = (Column(heading), *(Column(measure.title, numeric=True) for measure in overview.compact))
    rows = tuple(
        (text_cell(part.name), *(figure_cell(part.figures.get(one.id), one) for one in overview.compact))
        for part in parts
    )
    period = period_words(overview.period) if overview.period else ""
    title = f"{overview.scope.name}: {name} beside each other, {period}"
    notes = ("In order of name, not of value.", "Pupils on roll are those of the January census day of the year.")
    return ShownTable(title, columns, rows, overview.released, notes, period)


def time_table(live: LiveMeasure) -> ShownTable:
    """One row for each period, oldest first; for weeks with the signals of the control chart."""
    measure, weekly = live.measure, live.weekly
    columns = [Column("Week" if weekly else "Period"), Column(live.scope.name, numeric=True), Column("Counted", True)]
    said = short_signals_by_week(weekly) if weekly else {}
    columns += [Column("Signal")] if weekly else []
    rows = []
    for figure in live.over_time:
        words = period_words(figure.period)
        cells = [text_cell(words), figure_cell(figure, measure), text_cell(counted_words(figure, measure))]
        cells += [text_cell("; ".join(said.get(words, ())) or "no signal")] if weekly else []
        rows.append(tuple(cells))
    limits = (*limits_words(weekly), signals_sentence(weekly)) if weekly else ()
    span = " until ".join(period_words(f.period) for f in (live.over_time[0], live.over_time[-1]))
    return ShownTable(f"{_subject(live)}, over time", tuple(columns), tuple(rows), live.released, limits, span)


def phase_table(live: LiveMeasure) -> ShownTable:
    """One row for each phase."""
    rows = tuple(_value_row(Phase(figure.phase).words, figure, live.measure) for figure in live.by_phase)
    return _parted(live, "by phase", "Phase", rows)


def trust_table(live: LiveMeasure) -> ShownTable:
    """One row for each trust, by name."""
    return _parted(live, "by trust", "Trust", _part_rows(live, live.by_trust), IN_PLACE_NOTE)


IN_PLACE_NOTE = "Of a trust only its schools in this place are counted. In order of name, not of value."


def _part_rows(live: LiveMeasure, parts: Sequence[Part]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(_value_row(part.name, part.figures[live.measure.id], live.measure) for part in parts)


def _value_row(name: str, figure: Figure, measure: Measure) -> tuple[Cell, ...]:
    return text_cell(name), figure_cell(figure, measure), text_cell(counted_words(figure, measure))


def _parted(live: LiveMeasure, by: str, heading: str, rows: tuple[tuple[Cell, ...], ...], *notes: str) -> ShownTable:
    columns = (Column(heading), Column(live.measure.title, numeric=True), Column("Counted", numeric=True))
    period = period_words(live.period)
    return ShownTable(f"{_subject(live)}, {by}, {period}", columns, rows, live.released, notes, period)


def school_table(live: LiveMeasure) -> ShownTable:
    """One row for each school, by name; with where it lies in the funnel, for the schools that are in it."""
    columns = [Column("School"), Column("Phase"), Column(live.measure.title, True), Column("Counted", True)]
    plot = live.funnel.funnel if live.funnel else None
    lies = {point.school: STANDING_WORDS[point.standing] for point in plot.points} if plot else {}
    columns += [Column("Where it lies in the funnel")] if lies else []
    rows = []
    for part in live.by_school:
        figure = part.figures[live.measure.id]
        name, *cells = _value_row(part.name, figure, live.measure)
        row = [name, text_cell(Phase(part.phase).words), *cells]
        row += [text_cell(lies.get(figure.school or "", "not in this funnel"))] if lies else []
        rows.append(tuple(row))
    period = period_words(live.period)
    notes = ("In order of name, not of value.", *((OUTSIDE_NOTE,) if lies else ()))
    title = f"{_subject(live)}, by school, {period}"
    return ShownTable(title, tuple(columns), tuple(rows), live.released, notes, period)


OUTSIDE_NOTE = "Outside the limits means more than chance alone would give. It does not say why."


def group_table(live: LiveMeasure) -> ShownTable:
    """One row for each group: its figure, what was counted, the group it is compared with, the gap."""
    measure = live.measure
    certain = any(row.interval for row in live.by_group)
    columns = [Column("Group"), Column(measure.title, True), Column("Counted", True)]
    columns += [Column("95% interval")] if certain else []
    columns += [Column("Compared with"), Column("Gap", True)]
    columns += [Column("95% interval of the gap")] if certain else []
    rows = []
    for row in live.by_group:
        gap = change_cell(row.gap, measure) if row.other else NO_GAP
        cells = list(_value_row(GROUPS[row.group].words, row.own, measure))
        cells += [text_cell(interval_words(row.interval, measure))] if certain else []
        cells += [text_cell(GROUPS[row.other.group].words if row.other else "no other group"), gap]
        if certain:
            cells.append(text_cell(interval_words(row.gap_interval, measure)) if row.other else NO_GAP)
        rows.append(tuple(cells))
    period = period_words(live.period)
    title = f"{heading_words(measure, live.phase, 'all')}, {live.scope.name}, by group, {period}"
    sessions = () if certain or measure.unit is not Unit.PERCENT else (SESSIONS_NOTE,)
    notes = ("A gap is the group's figure less that of the group it is compared with.", *sessions)
    return ShownTable(title, tuple(columns), tuple(rows), live.released, notes, period)


def twin_table(live: LiveMeasure) -> ShownTable:
    """The official figure and the one that follows the child.

    Raises ValueError where there are not both.
    """
    if live.twin is None:
        raise ValueError("There is one way of counting only.")
    pairs = ((live.twin.official, live.twin.official_measure), (live.twin.child, live.twin.child_measure))
    names = (f"Official: {pairs[0][1].title}", f"Following the child: {pairs[1][1].title}")
    rows = tuple(_value_row(name, figure, one) for name, (figure, one) in zip(names, pairs, strict=True))
    return _parted(live, "counted in two ways", "Way of counting", rows)


def movement_table(shown: PlaceMovement, part: PhaseMovement) -> ShownTable:
    """What there is to look into among the schools of one phase."""
    columns = (Column("School"), Column("What"), Column("Children", True), Column("Out of", True), Column("In words"))
    rows = tuple(
        (
            text_cell(shown.names[row.school]),
            text_cell(LOOK_WORDS[row.look]),
            count_cell(row.count),
            count_cell(row.out_of) if row.out_of is not None else text_cell("not a share"),
            text_cell(row.words),
        )
        for row in part.movement.rows
    )
    period = period_words(shown.year)
    title = f"{shown.scope.name}: unusual movement to look into, {Phase(part.phase).words.lower()}, {period}"
    return ShownTable(title, columns, rows, shown.released, part.movement.notes, period)


def _subject(live: LiveMeasure) -> str:
    return f"{heading_words(live.measure, live.phase, live.group)}, {live.scope.name}"


def as_detail(live: LiveMeasure) -> MeasureDetail:
    """The same as the drawings of published figures want it: nobody stands beside the place, trust or school."""
    here = replace(live.scope.place, name=live.scope.name)
    trend = tuple(TrendPoint(f.period, f, None, None, None) for f in sorted(live.over_time, key=_by_time))
    return MeasureDetail(
        place=here,
        others=Comparators(here, None, ()),
        measure=live.measure,
        phase=live.phase,
        group=live.group,
        phases=live.phases,
        groups=live.groups,
        period=live.period,
        trend=trend,
        phases_period=live.period,
        by_phase=live.by_phase,
        groups_period=live.period,
        by_group=live.by_group,
        strip=(),
        all_councils=None,
        released=live.released,
    )


def _by_time(figure: Figure) -> int:
    return sort_key(figure.period)
