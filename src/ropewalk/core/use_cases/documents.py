"""Documents of a place: data book (PDF), workbook (XLSX), slides (PPTX), and the charts and tables of a page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ropewalk.core.measures import Question
from ropewalk.core.open_data.reading import Reader
from ropewalk.core.publish.charts.by_group import by_group
from ropewalk.core.publish.charts.by_phase import by_phase
from ropewalk.core.publish.charts.chart import Chart
from ropewalk.core.publish.charts.strip import strip
from ropewalk.core.publish.charts.trend import trend
from ropewalk.core.publish.data_book import write_data_book
from ropewalk.core.publish.descriptions import drawn_groups
from ropewalk.core.publish.place_book import STAGES, PhaseBook, PlaceBook, Stage
from ropewalk.core.publish.shown_table import ShownTable
from ropewalk.core.publish.slides import write_slides
from ropewalk.core.publish.tables import group_table, phase_table, strip_table, trend_table
from ropewalk.core.publish.workbook import write_workbook
from ropewalk.core.schema.places import Place
from ropewalk.core.use_cases.measure_detail import measure_detail
from ropewalk.core.use_cases.overview import place_overview
from ropewalk.core.views.measure_detail import MeasureDetail
from ropewalk.core.views.overview import Overview

Progress = Callable[[int, int, str], None]

# Questions whose measures are of schools of one phase, and so belong in a phase book.
_OF_SCHOOLS = (Question.IN_SCHOOL, Question.SUSPENDED, Question.WHO)


def make_data_book(reader: Reader, place: Place, *, today: date, progress: Progress) -> bytes:
    """The data book of a place as PDF; ``progress(done, total, what)`` is told of each step.

    Raises NotFound when nothing is known of the place.
    """
    return write_data_book(_place_book(reader, place, today), progress)


def make_workbook(reader: Reader, place: Place, *, today: date, progress: Progress) -> bytes:
    """The workbook of a place as XLSX; ``progress(done, total, what)`` is told of each sheet.

    Raises NotFound when nothing is known of the place.
    """
    return write_workbook(_place_book(reader, place, today), progress)


def make_slides(reader: Reader, place: Place, *, today: date, progress: Progress) -> bytes:
    """Slides on a place as PPTX; ``progress(done, total, what)`` is told of each measure.

    Raises NotFound when nothing is known of the place.
    """
    return write_slides(_place_book(reader, place, today), progress)


def measure_charts(detail: MeasureDetail) -> dict[str, Chart]:
    """The charts of a measure page by name: trend, by_phase and by_group where there is more than one, strip."""
    charts = {"trend": trend(detail)}
    if len(detail.by_phase) > 1:
        charts["by_phase"] = by_phase(detail)
    if len(drawn_groups(detail.by_group)) > 1:
        charts["by_group"] = by_group(detail)
    if len(detail.strip) > 1:
        charts["strip"] = strip(detail)
    return charts


def shown_tables(detail: MeasureDetail) -> dict[str, ShownTable]:
    """The tables of a measure page by the same names as its charts."""
    tables = {"trend": trend_table(detail), "by_phase": phase_table(detail), "by_group": group_table(detail)}
    return {**tables, "strip": strip_table(detail)} if detail.strip else tables


def _place_book(reader: Reader, place: Place, today: date) -> PlaceBook:
    overview = place_overview(reader, place)
    details = {
        row.measure.id: measure_detail(reader, place, row.measure.id, phase=row.phase, group_id=row.group)
        for section in overview.sections
        for row in section.rows
    }
    cuts = {(measure, phase) for measure, phase, group, _ in reader.cuts(place.code) if group == "all"}
    books = tuple(_phase_book(reader, overview, stage, cuts) for stage in STAGES)
    return PlaceBook(overview, details, books, tuple(reader.editions.values()), today)


def _phase_book(reader: Reader, overview: Overview, stage: Stage, cuts: set[tuple[str, str]]) -> PhaseBook:
    rows = [row for section in overview.sections for row in section.rows]
    of_schools = tuple(
        measure_detail(reader, overview.place, row.measure.id, phase=stage.phase.value, group_id="all")
        for row in rows
        if stage.phase
        and row.phase != stage.phase
        and row.measure.question in _OF_SCHOOLS
        and (row.measure.id, stage.phase.value) in cuts
    )
    # What the overview shows for just this phase stands in its own chapter already.
    own = tuple(row for row in rows if row.measure.id.startswith(stage.starts) or row.phase == stage.phase)
    return PhaseBook(stage, own, of_schools)
