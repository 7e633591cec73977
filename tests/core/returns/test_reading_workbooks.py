"""Workbooks are read as Excel stores them: numbers, dates, errors, merged cells, sheets that are no returns."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from tests.core.returns.reading_files import example, problems, read

from ropewalk.core.returns import workbook_parts
from ropewalk.core.returns.report import report
from ropewalk.core.returns.setting_aside import refused_csv

Rows = Sequence[Sequence[object]]
WEEK = example("register")


def workbook(sheets: Mapping[str, Rows]) -> bytes:
    """A workbook of sheets of cells, dates written as Excel writes them."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return out.getvalue()


def test_numbers_dates_and_booleans_are_written_as_a_return_writes_them(tmp_path: Path) -> None:
    header = ["urn", "upn", "category", "start_date", "sessions", "reason_1", "cancelled"]
    rows = [header, [113533, "B801200005001", "SUSP", dt.datetime(2025, 11, 3), 4, "DB", True]]  # noqa: DTZ001
    with read(tmp_path, {"book.xlsx": workbook({"anything": rows})}) as con:
        found = con.execute("SELECT urn, start_date, sessions, cancelled FROM suspensions").fetchall()
        assert problems(con) == []
    assert found == [(113533, dt.date(2025, 11, 3), 4, True)]


def test_each_sheet_that_is_a_return_is_a_file_and_others_are_passed_over(tmp_path: Path) -> None:
    sheets = {
        "Notes": [["For the office"], ["upn", "urn"]],
        "Autumn": [list(WEEK), list(WEEK.values())],
        "People": [list(example("roll")), list(example("roll").values())],
    }
    with read(tmp_path, {"book.xlsx": workbook(sheets)}) as con:
        files = report(con).files
    assert [(f.name, f.kind, f.accepted) for f in files] == [
        ("book.xlsx, sheet Autumn", "register", 1),
        ("book.xlsx, sheet People", "roll", 1),
    ]
    assert len({file.sha256 for file in files}) == 1


def test_lines_count_as_the_spreadsheet_counts_them(tmp_path: Path) -> None:
    rows = [[], list(WEEK), [], list(WEEK.values()), [], [*list(WEEK.values())[:3], "/ \\"]]
    with read(tmp_path, {"book.xlsx": workbook({"a": rows})}) as con:
        assert con.execute("SELECT line FROM register").fetchall() == [(4,)]
        assert problems(con) == [("marks_not_ten", 6, "marks")]
        (file,) = report(con).files
        back = refused_csv(con, 1).decode("utf-8-sig").splitlines()
    assert (file.lines, file.blank) == (2, 3)
    assert back == ["urn,upn,week_beginning,marks", "113533,B801200005001,2025-09-08,/ \\"]


def test_a_pupil_number_that_became_a_number_is_not_usable_and_told_of(tmp_path: Path) -> None:
    rows = [list(WEEK), [113533, 801200005001, *list(WEEK.values())[2:]]]
    with read(tmp_path, {"book.xlsx": workbook({"a": rows})}) as con:
        assert problems(con) == [("upn_not_usable", 2, "upn")]
        assert con.execute("SELECT pupil FROM register").fetchall() == [("113533 801200005001",)]


def test_merged_cells_lose_no_row(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [list(WEEK), *([113533, "B801200005001", day, WEEK["marks"]] for day in ("2025-09-08", "2025-09-15"))]:
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    out = BytesIO()
    book.save(out)
    with read(tmp_path, {"book.xlsx": out.getvalue()}) as con:
        (file,) = report(con).files
        assert problems(con) == [("workbook_merged_cells", 2, None), ("value_missing", 3, "upn")]
    assert (file.lines, file.accepted, file.refused) == (2, 1, 1)


def test_a_cell_with_an_error_is_named_by_sheet_and_column(tmp_path: Path) -> None:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name in ("first", "second"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, list(WEEK))
            sheet.write_row(1, 0, list(WEEK.values()))
        sheet.write_formula(1, 2, "=NA()", None, "#N/A")
    with read(tmp_path, {"book.xlsx": out.getvalue()}) as con:
        found = con.execute("SELECT file, line, check_id, detail FROM problem ORDER BY check_id").fetchall()
    assert found == [(2, 2, "value_missing", None), (2, 2, "workbook_error_cell", "column C")]


def test_a_cell_that_breaks_its_line_stays_one_cell(tmp_path: Path) -> None:
    rows = [list(example("moves")), list(example("moves", outcome="went\nwell").values())]
    with read(tmp_path, {"book.xlsx": workbook({"a": rows})}) as con:
        assert con.execute("SELECT outcome FROM moves").fetchall() == [("went well",)]


def test_a_workbook_that_unpacks_out_of_all_proportion_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_parts, "MOST_BYTES", 5_000)
    with read(tmp_path, {"book.xlsx": workbook({"a": [list(WEEK), list(WEEK.values())]})}) as con:
        assert problems(con) == [("file_too_large", None, None)]


def test_a_cell_far_away_from_all_others_is_not_made_room_for(tmp_path: Path) -> None:
    sent = BytesIO()
    plain = BytesIO(workbook({"a": [list(WEEK), list(WEEK.values())]}))
    with zipfile.ZipFile(plain) as book, zipfile.ZipFile(sent, "w") as spoilt:
        for part in book.namelist():
            spoilt.writestr(part, book.read(part).replace(b'r="D2"', b'r="XFD1048576"'))
    with read(tmp_path, {"book.xlsx": sent.getvalue()}) as con:
        assert problems(con) == [("file_too_large", None, None)]


def test_a_workbook_of_the_old_format_or_with_a_password_is_refused(tmp_path: Path) -> None:
    with read(tmp_path, {"book.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600}) as con:
        assert problems(con) == [("workbook_unreadable", None, None)]


@pytest.mark.parametrize("cut", [0.3, 0.7, 0.95])
def test_a_damaged_workbook_is_refused(tmp_path: Path, cut: float) -> None:
    content = workbook({"a": [list(WEEK), list(WEEK.values())]})
    with read(tmp_path, {"book.xlsx": content[: int(len(content) * cut)]}) as con:
        said = report(con)
    assert said.has_whole_file_problem
    assert said.accepted == 0


def test_a_workbook_without_a_return_is_not_recognised(tmp_path: Path) -> None:
    with read(tmp_path, {"book.xlsx": workbook({"a": [["colour"], ["red"]]})}) as con:
        assert problems(con) == [("file_not_recognised", None, None)]
