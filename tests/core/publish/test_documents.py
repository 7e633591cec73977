"""The documents, read back by libraries that did not write them."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from ropewalk.core.schema.places import Place
from ropewalk.core.use_cases.documents import make_workbook
from ropewalk.core.use_cases.store import Reader
from ropewalk.core.views.overview import Overview


@pytest.fixture(scope="module")
def pdf(data_book: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data_book))


def _tags(node: Any) -> list[Any]:
    """Every structure element below a node."""
    node = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(node, list):
        return [tag for part in node for tag in _tags(part)]
    if not hasattr(node, "get") or "/S" not in node:
        return _tags(node["/K"]) if hasattr(node, "get") and "/K" in node else []
    return [node, *(_tags(node["/K"]) if "/K" in node else [])]


def test_the_data_book_is_tagged(pdf: PdfReader) -> None:
    root = pdf.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata is not None and pdf.metadata.title == "Data book: Plymouth"
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()
    assert len(pdf.outline) > 5


def test_every_drawing_in_the_data_book_has_words(pdf: PdfReader) -> None:
    tags = _tags(pdf.root_object["/StructTreeRoot"])
    figures = [tag for tag in tags if tag["/S"] == "/Figure"]
    assert len(figures) > 40
    assert all(len(str(figure.get("/Alt", ""))) > 40 for figure in figures)
    kinds = {tag["/S"] for tag in tags}
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Caption", "/Link"} <= kinds


def test_the_data_book_says_what_it_must(pdf: PdfReader, overview: Overview) -> None:
    text = "\n".join(page.extract_text() for page in pdf.pages)
    plain = " ".join(text.split())
    for words in ("Contents", "EYFS book", "KS1 book", "KS2 book", "KS4 book", "Words explained", "Sources"):
        assert words in plain
    assert "Nothing on the good level of development is among the publications read for this book" in plain
    assert "20.8% of pupils in Plymouth were persistently absent in 2024 to 2025" in plain
    assert f"Page {len(pdf.pages)} of {len(pdf.pages)}" in plain
    assert "1 September 2026" in plain
    for section in overview.sections:
        assert section.question.words in plain
    assert "made up" not in plain.split("Contents")[0].lower()


def test_no_page_of_the_data_book_reaches_beyond_its_edges(pdf: PdfReader) -> None:
    outside: list[tuple[int, str]] = []
    for number, page in enumerate(pdf.pages, start=1):
        width = float(page.mediabox.width)

        def look(text: str, cm: list[float], tm: list[float], *_: object, n: int = number, w: float = width) -> None:
            left = tm[4] * cm[0] + cm[4]
            if text.strip() and not 0 <= left <= w:
                outside.append((n, text))

        page.extract_text(visitor_text=look)
    assert outside == []


def test_the_workbook_follows_the_guidance(workbook: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    assert book.sheetnames[:3] == ["Cover", "Notes", "Sources"]
    assert book.properties.title == "Workbook: Plymouth"
    assert all(len(name) <= 31 for name in book.sheetnames)
    for sheet in book:
        assert not sheet.merged_cells.ranges
        assert len(sheet.tables) == 1, sheet.title
        table = next(iter(sheet.tables.values()))
        assert table.headerRowCount in (None, 1)
        cells = [cell for row in sheet[table.ref] for cell in row]
        assert all(cell.value not in (None, "") for cell in cells), sheet.title
        assert sheet["A1"].value
        assert sheet.title == "Cover" or sheet.freeze_panes
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_the_workbook_holds_the_number_of_the_page(workbook: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    sheet = next(sheet for sheet in book if sheet["A1"].value == "Persistent absence, Plymouth, over time")
    rows = {row[0]: row[1] for row in sheet.iter_rows(values_only=True) if row[0]}
    assert rows["2024 to 2025"] == 20.8
    assert rows["2019 to 2020"] == "not collected"
    notes = {row[0]: row[1] for row in book["Notes"].iter_rows(values_only=True)}
    assert "pandemic" in str(notes["not collected"])


def test_the_same_input_gives_the_same_workbook(workbook: bytes, reader: Reader, plymouth: Place) -> None:
    steps: list[tuple[int, int]] = []
    again = make_workbook(
        reader, plymouth, today=dt.date(2026, 9, 1), progress=lambda done, total, _what: steps.append((done, total))
    )
    assert again == workbook
    assert [done for done, _ in steps] == list(range(1, steps[-1][1] + 1))


def test_slides_have_titles_notes_and_charts_with_words(slides: bytes) -> None:
    deck = Presentation(io.BytesIO(slides))
    charts = 0
    assert deck.core_properties.title == "Plymouth in figures"
    titles = []
    for slide in deck.slides:
        titles.append(slide.shapes.title.text)
        assert slide.shapes.title.text.strip()
        assert slide.notes_slide.notes_text_frame.text.strip()
        assert any("slidenum" in shape._element.xml for shape in slide.shapes if shape.has_text_frame)
        for shape in slide.shapes:
            if shape.has_chart:
                charts += 1
                assert len(shape._element.nvGraphicFramePr.cNvPr.get("descr")) > 40
    assert charts == len(titles) - 2 > 20
    assert titles[-1] == "Where the figures come from"


def test_slides_leave_missing_years_empty(slides: bytes) -> None:
    deck = Presentation(io.BytesIO(slides))
    slide = next(s for s in deck.slides if s.shapes.title.text == "Persistent absence")
    chart = next(shape.chart for shape in slide.shapes if shape.has_chart)
    values = dict(zip(chart.plots[0].categories, chart.plots[0].series[0].values, strict=True))
    assert values["2019/20"] is None
    assert values["2024/25"] == 20.8
    assert 'dispBlanksAs val="gap"' in chart._chartSpace.xml
