"""Tables as shown: the same numbers in words, CSV and workbook; nothing but released figures."""

from __future__ import annotations

import csv
import datetime as dt
import io

import openpyxl
import pytest

from ropewalk.core.disclosure import already_published
from ropewalk.core.measures import measure
from ropewalk.core.publish.shown_table import Column, ShownTable, figure_cell, text_cell
from ropewalk.core.publish.table_files import guarded, to_csv
from ropewalk.core.publish.tables import group_table, overview_table, strip_table, trend_table
from ropewalk.core.publish.workbook import Front, Sheet, write_xlsx
from ropewalk.core.views.measure_detail import MeasureDetail
from ropewalk.core.views.overview import Overview

FRONT = Front("Figures", "Department for Education", dt.date(2026, 9, 1))


def test_a_table_refuses_figures_that_nobody_released(persistent: MeasureDetail) -> None:
    figure = persistent.latest
    assert figure is not None
    row = (text_cell("2024 to 2025"), figure_cell(figure, persistent.measure))
    columns = (Column("Period"), Column("Plymouth", numeric=True, traced=True))
    assert ShownTable("Shown", columns, (row,), persistent.released).rows == (row,)
    with pytest.raises(TypeError, match="not in the SafeTable"):
        ShownTable("Shown", columns, (row,), already_published([]))
    with pytest.raises(TypeError, match="SafeTable"):
        ShownTable("Shown", columns, (row,), (figure,))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="Row 1"):
        ShownTable("Shown", columns, ((text_cell("2024 to 2025"),),), persistent.released)


def test_a_workbook_refuses_bare_figures(persistent: MeasureDetail) -> None:
    with pytest.raises(TypeError, match="released figures only"):
        write_xlsx([Sheet("Figures", persistent.released.figures)], FRONT)  # type: ignore[arg-type]


def test_page_csv_and_workbook_show_the_same_numbers(persistent: MeasureDetail) -> None:
    table = trend_table(persistent)
    written = list(csv.DictReader(io.StringIO(to_csv(table))))
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx([Sheet("Trend", table)], FRONT)))
    sheet = book[book.sheetnames[-1]]
    header = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "Period")
    for place, row in enumerate(table.rows):
        in_csv, cell = written[place]["Plymouth"], row[1]
        in_sheet = sheet.cell(header + 1 + place, 2).value
        if cell.number is None:
            assert in_csv == in_sheet == cell.words == "not collected"
        else:
            assert f"{in_csv}%" == cell.words
            assert in_sheet == float(in_csv) == cell.number
    assert len(written) == len(table.rows) == 10


def test_each_published_number_names_its_file_row_and_text(persistent: MeasureDetail) -> None:
    newest = list(csv.DictReader(io.StringIO(to_csv(trend_table(persistent)))))[-1]
    assert newest["Plymouth"] == "20.8"
    assert newest["Plymouth: as published"].startswith("20.78")
    assert newest["Plymouth: source file"] == "lait_la_indicators_long.csv.gz"
    assert int(newest["Plymouth: source row"]) > 1
    assert newest["Neighbours: median"] == "18.8"


@pytest.mark.parametrize("text", ["=1+1", "+44", "-x", "@me", "\tx"])
def test_no_text_becomes_a_formula(text: str) -> None:
    assert guarded(text) == f"'{text}"
    table = ShownTable(text, (Column(text),), ((text_cell(text),),), already_published([]))
    assert next(csv.reader(io.StringIO(to_csv(table)))) == [f"'{text}"]
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx([Sheet("Texts", table)], FRONT)))
    sheet = book[book.sheetnames[-1]]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_councils_stand_in_order_of_name(persistent: MeasureDetail) -> None:
    rows = strip_table(persistent).rows
    others = [row[0].words for row in rows if row[1].words == "other council"]
    assert rows[0][0].words == "Plymouth"
    assert others == sorted(others)
    assert len(others) > 100


def test_gaps_have_a_sign_and_a_unit(attainment: MeasureDetail) -> None:
    table = group_table(attainment)
    gap = [column.heading for column in table.columns].index("Gap")
    by_group = {row[0].words: row[gap].words for row in table.rows}
    assert by_group["Disadvantaged pupils"] == "−15.8 points"
    assert by_group["All pupils"] == "does not apply"


def test_the_overview_holds_every_measure(overview: Overview) -> None:
    table = overview_table(overview)
    assert len(table.rows) == sum(len(section.rows) for section in overview.sections) > 15
    assert measure("persistent_absence").title in {row[0].words for row in table.rows}
    assert {line.file for line in table.sources} >= {"lait_la_indicators_long.csv.gz"}
