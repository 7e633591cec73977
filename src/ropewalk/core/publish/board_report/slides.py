"""A report as slides (PPTX, 16:9): what fits by a rule stands on a slide, everything of a section in its notes."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from pptx import Presentation
from pptx.chart.data import XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from ropewalk.core.publish.board_report.content import Kpi, Report
from ropewalk.core.publish.board_report.fitting import AFTER, CELL, Fitted, Laid, fitted, laid_out
from ropewalk.core.publish.board_report.sections import (
    Block,
    Drawing,
    Section,
    Words,
    as_lines,
    drawn_words,
    kpi_sentence,
    sections,
)
from ropewalk.core.publish.board_report.sketch import can_be_drawn
from ropewalk.core.publish.board_report.steady import steady

_colour: Any = RGBColor.from_string
_ChartData: Any = XyChartData
INK, RUST, GREY, MIST = (_colour(code) for code in ("12233F", "A8410F", "4D5663", "E4E8EE"))
WIDE, HIGH, EDGE = 13.333, 7.5, 0.6
_TITLE_ONLY = 5
# Drawings on a slide, in columns and rows; with more KPIs further drawings are in the report alone.
ACROSS, DOWN, MOST_DRAWN = 3, 2, 12
TOGETHER = (("targets", "decisions"), ("workstreams", "money"), ("sources", "missing"))


def write_slides(report: Report, *, day: dt.date) -> bytes:
    """The slides: a cover with where the plan stands, then its sections; at most ten for a plan of ten targets."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDE), Inches(HIGH)
    words = deck.core_properties
    words.title, words.author, words.language = f"{report.title}, {report.place}", "Ropewalk", "en-GB"
    words.subject, words.last_modified_by = f"Where the plan of {report.place} stands", "Ropewalk"
    found = {one.slug: one for one in sections(report)}
    _cover(deck, report, found.pop("standing"))
    for slug in list(found):
        beside = next((pair for pair in TOGETHER if pair[0] == slug), (slug,))
        together = [found.pop(one) for one in beside if one in found]
        if together:
            _slide(deck, together)
        if slug == "kpis":
            _drawings(deck, [one for one in report.kpis if can_be_drawn(one)][:MOST_DRAWN])
    out = io.BytesIO()
    deck.save(out)
    return steady(out.getvalue(), day=day)


def _titled(deck: Any, title: str, notes: str) -> Any:  # noqa: ANN401 - the library has no types
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = Inches(EDGE), Inches(0.35), Inches(WIDE - 2 * EDGE), Inches(0.9)
    _write(shape.text_frame, fitted([title], width=WIDE - 2 * EDGE, height=0.9, sizes=(30, 26, 22, 18)), bold=True)
    _number(slide)
    _write(slide.notes_slide.notes_text_frame, Fitted(tuple(notes.split("\n")), 12))
    return slide


def _write(frame: Any, words: Fitted, *, bold: bool = False, after: int = AFTER) -> None:  # noqa: ANN401
    frame.word_wrap = True
    for place, line in enumerate(words.lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.alignment = 1
        run = paragraph.add_run()
        run.text = line
        run.font.size, run.font.bold, run.font.name = Pt(words.size), bold, "Arial"
        run.font.color.rgb, run.font.language_id = INK, MSO_LANGUAGE_ID.ENGLISH_UK
        paragraph.space_after = Pt(after)


def _number(slide: Any) -> None:  # noqa: ANN401
    """The slide's number as a field, so that it stays right when slides are moved."""
    box = slide.shapes.add_textbox(Inches(WIDE - 1.4), Inches(HIGH - 0.5), Inches(0.9), Inches(0.35))
    box.name = "Slide number"
    paragraph = box.text_frame.paragraphs[0]
    paragraph.alignment = 3
    field = paragraph._p.makeelement(qn("a:fld"), {"id": "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", "type": "slidenum"})
    text = field.makeelement(qn("a:t"), {})
    text.text = "‹#›"
    field.extend([field.makeelement(qn("a:rPr"), {"lang": "en-GB", "sz": "1200"}), text])
    paragraph._p.append(field)


def _text(slide: Any, box: tuple[float, float, float, float], lines: Sequence[str], sizes: Sequence[int]) -> None:  # noqa: ANN401
    left, top, width, height = box
    shape = slide.shapes.add_textbox(*(Inches(one) for one in box))
    shape.text_frame.margin_left = shape.text_frame.margin_right = Inches(0.05)
    _write(shape.text_frame, fitted(lines, width=width - 0.1, height=height - 0.1, sizes=sizes))
    shape.name = f"Text at {left:.1f}, {top:.1f}"


def _cover(deck: Any, report: Report, section: Section) -> None:  # noqa: ANN401
    lines = [report.place, *([report.aim] if report.aim else []), f"As it stands on {report.day}."]
    lines += [f"For {report.meeting}."] if report.meeting else []
    if report.made_up:
        lines.append("This place is made up: its schools and figures describe no real children.")
    lines += as_lines(section.blocks[:1])
    notes = [*lines, *as_lines(section.blocks[1:])]
    slide = _titled(deck, report.title, "\n".join(notes))
    _text(slide, (EDGE, 1.4, WIDE - 2 * EDGE, 5.4), lines, (22, 20, 18, 16, 14))


def _slide(deck: Any, together: Sequence[Section]) -> None:  # noqa: ANN401
    notes = [line for one in together for line in (one.title, *as_lines(one.blocks))]
    slide = _titled(deck, together[0].title, "\n".join(notes))
    blocks: list[Block] = []
    for place, one in enumerate(together):
        blocks += [Words((one.title,))] if place else []
        blocks += [block for block in one.blocks if not isinstance(block, Drawing)]
    top = 1.3
    for laid in laid_out(blocks, width=WIDE - 2 * EDGE, height=HIGH - top - 0.6):
        if laid.table is None:
            box = (EDGE, top, WIDE - 2 * EDGE, laid.height)
            _write_into(slide, box, Fitted(laid.lines, laid.size))
        else:
            _table(slide, laid, top)
        top += laid.height


def _write_into(slide: Any, box: tuple[float, float, float, float], words: Fitted) -> None:  # noqa: ANN401
    frame = slide.shapes.add_textbox(*(Inches(one) for one in box)).text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    _write(frame, words)


def _table(slide: Any, laid: Laid, top: float) -> None:  # noqa: ANN401
    """A table that can be edited, in ink on white: readable in grey."""
    table = laid.table
    if table is None:
        return
    rows = [table.head, *table.rows]
    box = (EDGE, top, sum(laid.widths), sum(laid.heights))
    frame = slide.shapes.add_table(len(rows), len(table.head), *(Inches(one) for one in box))
    named = frame._element.nvGraphicFramePr.cNvPr
    named.set("title", table.caption)
    named.set("descr", f"Table: {table.caption}")
    made = frame.table
    for number, wide in enumerate(laid.widths):
        made.columns[number].width = Inches(wide)
    for line, (cells, high) in enumerate(zip(rows, laid.heights, strict=True)):
        made.rows[line].height = Inches(high)
        for number, text in enumerate(cells):
            cell = made.cell(line, number)
            cell.margin_left = cell.margin_right = Inches(CELL / 2)
            cell.margin_top = cell.margin_bottom = Inches(0.02)
            cell.fill.solid()
            cell.fill.fore_color.rgb = MIST if line == 0 else _colour("FFFFFF")
            _write(cell.text_frame, Fitted((text,), laid.size), bold=line == 0, after=0)


def _drawings(deck: Any, kpis: Sequence[Kpi]) -> None:  # noqa: ANN401
    size = ACROSS * DOWN
    for start in range(0, len(kpis), size):
        some = kpis[start : start + size]
        notes = [f"{one.label}: {one.words}. {kpi_sentence(one)} {drawn_words(one)}" for one in some]
        slide = _titled(deck, "Each KPI on its way to its target", "\n".join(notes))
        wide, high = (WIDE - 2 * EDGE) / ACROSS, 2.85
        for place, one in enumerate(some):
            left, top = EDGE + place % ACROSS * wide, 1.2 + place // ACROSS * high
            words = [f"{one.label}: {one.words}", f"{one.verdict}; target {one.target or 'none'}"]
            _text(slide, (left, top, wide - 0.15, 0.8), words, (12, 11, 10))
            _chart(slide, one, (left, top + 0.8, wide - 0.15, high - 0.85))


def _chart(slide: Any, kpi: Kpi, box: tuple[float, float, float, float]) -> None:  # noqa: ANN401
    data = _ChartData()
    values = data.add_series(kpi.title or kpi.words)
    for one in kpi.points:
        values.add_data_point(one.at, one.value)
    if kpi.line:
        way = data.add_series("Way to the target")
        for end in kpi.line:
            way.add_data_point(end.at, end.value)
    frame = slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER_LINES, *(Inches(one) for one in box), data)
    named = frame._element.nvGraphicFramePr.cNvPr
    named.set("descr", drawn_words(kpi))
    named.set("title", f"{kpi.label}: {kpi.words}")
    chart = frame.chart
    chart.has_title, chart.has_legend = False, False
    chart.font.size, chart.font.name = Pt(11), "Arial"
    chart.font.color.rgb = INK
    chart.value_axis.major_gridlines.format.line.color.rgb = MIST
    # Positions in time are no years as people write them: they stand in the words above and in the notes.
    chart.category_axis.visible = False
    chart.category_axis.has_major_gridlines = False
    looks = ((INK, 3.0, MSO_LINE.SOLID, XL_MARKER_STYLE.CIRCLE), (RUST, 2.0, MSO_LINE.DASH, XL_MARKER_STYLE.SQUARE))
    for series, (colour, width, dash, marker) in zip(chart.plots[0].series, looks, strict=False):
        series.smooth = False
        series.format.line.color.rgb, series.format.line.width, series.format.line.dash_style = colour, Pt(width), dash
        series.marker.style, series.marker.size = marker, 7
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = colour
