"""Documents of places without neighbours or without a region: a region, and England."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from pptx import Presentation
from pypdf import PdfReader

from ropewalk.core.publish.charts.chart import svg
from ropewalk.core.publish.tables import trend_table
from ropewalk.core.schema.places import find_place
from ropewalk.core.use_cases.documents import make_data_book, make_slides, measure_charts
from ropewalk.core.use_cases.measure_detail import measure_detail
from ropewalk.core.use_cases.store import Reader

TODAY = dt.date(2026, 9, 1)


@pytest.mark.parametrize("name", ["South West", "England"])
def test_charts_and_tables_of_a_place_without_neighbours(reader: Reader, name: str) -> None:
    detail = measure_detail(reader, find_place(name), "persistent_absence")
    headings = [column.heading for column in trend_table(detail).columns]
    assert not any(heading.startswith("Neighbours") for heading in headings)
    assert headings == ["Period", "South West", "England"] if name == "South West" else ["Period", "England"]
    for chart in measure_charts(detail).values():
        assert "neighbour" not in chart.description
        assert "Grey bar" not in svg(chart)


def test_documents_of_england(reader: Reader) -> None:
    england = find_place("England")
    pdf = PdfReader(io.BytesIO(make_data_book(reader, england, today=TODAY, progress=lambda *_: None)))
    assert "Data book" in pdf.pages[0].extract_text()
    deck = Presentation(io.BytesIO(make_slides(reader, england, today=TODAY, progress=lambda *_: None)))
    chart = next(shape.chart for shape in deck.slides[1].shapes if shape.has_chart)
    assert [series.name for series in chart.plots[0].series] == ["England"]
