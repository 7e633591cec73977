"""Slides of a place (PPTX): charts the reader can edit, each with alternative text, definitions in the notes."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from math import floor
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from ropewalk.core.publish.charts.by_group import by_group
from ropewalk.core.publish.charts.chart import axis_title, domain
from ropewalk.core.publish.charts.series import every_period
from ropewalk.core.publish.charts.trend import trend
from ropewalk.core.publish.descriptions import drawn_groups
from ropewalk.core.publish.place_book import OGL_URL, PlaceBook, Progress
from ropewalk.core.publish.shown_table import shown_number
from ropewalk.core.publish.wording import heading_words, long_date, period_words, row_sentence
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.groups import GROUPS
from ropewalk.core.views.measure_detail import MeasureDetail
from ropewalk.core.views.overview import MeasureRow

# The library is typed in part only; these two of its names are not.
_colour: Any = RGBColor.from_string
_ChartData: Any = CategoryChartData
INK, TEAL, RUST, GREY, MIST = (_colour(code) for code in ("12233F", "0F6B66", "A8410F", "4D5663", "E4E8EE"))
WIDTH, HEIGHT, MARGIN = Inches(13.333), Inches(7.5), Inches(0.6)
_TITLE_ONLY = 5
_LOOKS = (
    (INK, 3.5, MSO_LINE.SOLID, XL_MARKER_STYLE.CIRCLE),
    (RUST, 2.25, MSO_LINE.DASH, XL_MARKER_STYLE.TRIANGLE),
    (TEAL, 2.25, MSO_LINE.ROUND_DOT, XL_MARKER_STYLE.SQUARE),
    (GREY, 1.75, MSO_LINE.LONG_DASH, XL_MARKER_STYLE.DIAMOND),
)
Box = tuple[int, int, int, int]


def write_slides(book: PlaceBook, progress: Progress) -> bytes:
    """A cover, one slide for each measure, one more where groups can be compared, and the sources."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    _properties(deck, book)
    _cover(deck, book)
    rows = list(book.rows())
    for place, row in enumerate(rows, start=1):
        _measure_slide(deck, book, row)
        if len(drawn_groups(book.details[row.measure.id].by_group)) > 1:
            _group_slide(deck, book, row)
        progress(place, len(rows) + 1, row.measure.title)
    _sources(deck, book)
    out = io.BytesIO()
    deck.save(out)
    progress(len(rows) + 1, len(rows) + 1, "written")
    return out.getvalue()


def _properties(deck: Any, book: PlaceBook) -> None:  # noqa: ANN401 - the library has no types
    day = dt.datetime.combine(book.today, dt.time(), dt.UTC)
    words = deck.core_properties
    words.title, words.author, words.language = f"{book.overview.place.name} in figures", "Ropewalk", "en-GB"
    words.subject, words.last_modified_by = "Published figures on the children of a place", "Ropewalk"
    words.created, words.modified, words.revision = day, day, 1


def _slide(deck: Any, title: str, notes: str) -> Any:  # noqa: ANN401
    """A slide with a title, its number and notes."""
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = MARGIN, Inches(0.35), WIDTH - 2 * MARGIN, Inches(0.9)
    _write(shape.text_frame, [title], size=30, bold=True)
    _number(slide)
    _write(slide.notes_slide.notes_text_frame, notes.split("\n"), size=12)
    return slide


def _write(frame: Any, lines: Sequence[str], *, size: float, bold: bool = False) -> None:  # noqa: ANN401
    frame.word_wrap = True
    for place, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.alignment = 1
        run = paragraph.add_run()
        run.text = line
        run.font.size, run.font.bold, run.font.name = Pt(size), bold, "Arial"
        run.font.color.rgb, run.font.language_id = INK, MSO_LANGUAGE_ID.ENGLISH_UK
        paragraph.space_after = Pt(6)


def _text(slide: Any, box: Box, lines: Sequence[str], *, size: float) -> None:  # noqa: ANN401
    _write(slide.shapes.add_textbox(*box).text_frame, lines, size=size)


def _number(slide: Any) -> None:  # noqa: ANN401
    """The slide's number as a field, so that it stays right when slides are moved."""
    box = slide.shapes.add_textbox(WIDTH - Inches(1.4), HEIGHT - Inches(0.5), Inches(0.9), Inches(0.35))
    box.name = "Slide number"
    paragraph = box.text_frame.paragraphs[0]
    paragraph.alignment = 3
    field = paragraph._p.makeelement(qn("a:fld"), {"id": "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", "type": "slidenum"})
    look = field.makeelement(qn("a:rPr"), {"lang": "en-GB", "sz": "1200"})
    text = field.makeelement(qn("a:t"), {})
    text.text = "‹#›"
    field.extend([look, text])
    paragraph._p.append(field)


def _cover(deck: Any, book: PlaceBook) -> None:  # noqa: ANN401
    place = book.overview.place
    slide = _slide(deck, f"{place.name}: how its children are doing", "Made with Ropewalk from published figures.")
    lines = ["Published figures on absence, suspensions and exclusions, attainment, gaps, and what comes after."]
    if place.made_up:
        lines.append("This place is made up: its schools and figures describe no real children.")
    lines += [long_date(book.today), f"Figures published by: {book.publishers()}."]
    _text(slide, (MARGIN, Inches(2.2), WIDTH - 2 * MARGIN, Inches(3.5)), lines, size=22)


def _notes(book: PlaceBook, row: MeasureRow) -> str:
    measure = row.measure
    notes = [measure.summary, f"Definition: {measure.definition}", *(f"Note: {note}" for note in measure.notes)]
    return "\n".join([*notes, f"Source: {measure.source}, {measure.source_url}", f"When quoting: {book.quote(row)}"])


def _measure_slide(deck: Any, book: PlaceBook, row: MeasureRow) -> None:  # noqa: ANN401
    detail, place = book.details[row.measure.id], book.overview.place
    slide = _slide(deck, heading_words(row.measure, row.phase, row.group), _notes(book, row))
    _text(slide, (MARGIN, Inches(1.3), WIDTH - 2 * MARGIN, Inches(1.1)), [row_sentence(row, place)], size=18)
    axis = every_period(point.period for point in detail.trend)
    data = _ChartData(number_format=_number_format(row))
    data.categories = axis
    lines = _series(detail)
    for name, values in lines:
        data.add_series(name, [values.get(period) for period in axis])
    box = (MARGIN, Inches(2.45), WIDTH - 2 * MARGIN, Inches(4.4))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *box, data)
    drawn = trend(detail)
    _described(frame, drawn.title, drawn.description)
    chart = frame.chart
    for series, (colour, width, dash, marker) in zip(chart.plots[0].series, _LOOKS, strict=False):
        series.smooth = False
        series.format.line.color.rgb, series.format.line.width, series.format.line.dash_style = colour, Pt(width), dash
        series.marker.style, series.marker.size = marker, 8
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = colour
        series.marker.format.line.color.rgb = colour
    everything = [value for _, values in lines for value in values.values()]
    _axes(chart, detail, domain(everything, row.measure))


def _series(detail: MeasureDetail) -> list[tuple[str, dict[str, float]]]:
    """Name and values by period of each line, the place first."""
    others = detail.others
    own = [(detail.place.name, {p.period: p.own for p in detail.trend})]
    own += (
        [(others.country.name, {p.period: p.country for p in detail.trend})] if others.country != detail.place else []
    )
    own += [(others.region.name, {p.period: p.region for p in detail.trend})] if others.region else []
    found = [(name, _values(figures, detail)) for name, figures in own]
    medians = {
        p.period: shown_number(p.neighbours.median, detail.measure) for p in detail.trend if p.neighbours is not None
    }
    return [*found, ("Median of its statistical neighbours", medians)] if medians else found


def _values(figures: dict[str, Figure | None], detail: MeasureDetail) -> dict[str, float]:
    return {
        period: shown_number(figure.value, detail.measure)
        for period, figure in figures.items()
        if figure is not None and figure.value is not None
    }


def _group_slide(deck: Any, book: PlaceBook, row: MeasureRow) -> None:  # noqa: ANN401
    detail, measure = book.details[row.measure.id], row.measure
    rows = [r for r in detail.by_group if r.own.value is not None]
    period = period_words(detail.groups_period)
    slide = _slide(
        deck, f"{heading_words(measure, detail.phase, 'all')}: groups of pupils, {period}", _notes(book, row)
    )
    data = _ChartData(number_format=_number_format(row))
    data.categories = [GROUPS[r.group].words for r in rows]
    data.add_series(detail.place.name, [_shown(r.own, detail) for r in rows])
    if any(r.country and r.country.value is not None for r in rows):
        data.add_series(detail.others.country.name, [_shown(r.country, detail) for r in rows])
    box = (MARGIN, Inches(1.4), WIDTH - 2 * MARGIN, Inches(5.5))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *box, data)
    drawn = by_group(detail)
    _described(frame, drawn.title, drawn.description)
    chart = frame.chart
    chart.plots[0].gap_width = 60
    for series, (colour, *_) in zip(chart.plots[0].series, _LOOKS, strict=False):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = colour
    labels = chart.plots[0]
    labels.has_data_labels = True
    labels.data_labels.font.size, labels.data_labels.font.name = Pt(12), "Arial"
    labels.data_labels.number_format, labels.data_labels.number_format_is_linked = _number_format(row), False
    values = [r.own.value for r in rows if r.own.value is not None]
    # Bars are read by their length, so they start at nought whatever is measured.
    _axes(chart, detail, (min([0.0, *values]), max([0.0, *values]) * 1.2))
    chart.category_axis.reverse_order = True
    chart.value_axis.visible = False


def _shown(figure: Figure | None, detail: MeasureDetail) -> float | None:
    return None if figure is None or figure.value is None else shown_number(figure.value, detail.measure)


def _number_format(row: MeasureRow) -> str:
    return "0" + (f".{'0' * row.measure.digits}" if row.measure.digits else "")


def _described(frame: Any, title: str, description: str) -> None:  # noqa: ANN401
    properties = frame._element.nvGraphicFramePr.cNvPr
    properties.set("descr", description)
    properties.set("title", title)


def _axes(chart: Any, detail: MeasureDetail, ends: tuple[float, float]) -> None:  # noqa: ANN401
    chart.font.size, chart.font.name = Pt(14), "Arial"
    chart.font.color.rgb = INK
    chart.has_title = False
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    axis = chart.value_axis
    axis.minimum_scale = _lowest(ends)
    axis.major_gridlines.format.line.color.rgb = MIST
    axis.has_title = True
    axis.axis_title.text_frame.text = axis_title(detail.measure)
    axis.axis_title.text_frame.paragraphs[0].runs[0].font.size = Pt(13)
    axis.axis_title.text_frame.paragraphs[0].runs[0].font.bold = False
    # Below the lowest value also where values are negative.
    chart.category_axis.tick_label_position = -4134


def _lowest(ends: tuple[float, float]) -> float:
    """Where the axis starts: at or below the lower end, at a round number."""
    step = 1.0 if ends[1] - ends[0] > 3 else 0.1
    return round(floor(ends[0] / step) * step, 2)


def _sources(deck: Any, book: PlaceBook) -> None:  # noqa: ANN401
    lines = [f"{line.title}, edition {line.edition} ({line.file})" for line in book.sources()]
    checksums = "\n".join(f"{line.file}: SHA-256 {line.sha256}" for line in book.sources())
    slide = _slide(deck, "Where the figures come from", checksums)
    licence = f"Contains public sector information licensed under the Open Government Licence v3.0, {OGL_URL}"
    box = (MARGIN, Inches(1.4), WIDTH - 2 * MARGIN, Inches(5.4))
    _text(slide, box, [*lines, licence], size=16 if len(lines) < 9 else 12)
