"""Templates follow from the declarations, and what they hold is read back as what it is."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from tests.core.returns.reading_files import problems, read

from ropewalk.core.errors import NotFound
from ropewalk.core.returns.report import report
from ropewalk.core.returns.templates import CODES, INSTRUCTIONS, template_csv, template_xlsx
from ropewalk.core.schema.returns import RETURN_FILES


@pytest.mark.parametrize("kind", RETURN_FILES)
def test_a_csv_template_has_every_column_and_an_example_that_never_counts(kind: str, tmp_path: Path) -> None:
    header = template_csv(kind).decode("utf-8-sig").splitlines()[0]
    assert header.split(",") == list(RETURN_FILES[kind].columns)
    with read(tmp_path, {"sent.csv": template_csv(kind)}) as con:
        (file,) = report(con).files
        assert problems(con) == [("example_left_in", 2, None)]
    assert (file.kind, file.lines, file.accepted) == (kind, 1, 0)


def test_a_template_of_nothing_is_not_found() -> None:
    with pytest.raises(NotFound):
        template_csv("lunches")


def test_the_workbook_is_read_back_sheet_by_sheet(tmp_path: Path) -> None:
    with read(tmp_path, {"template.xlsx": template_xlsx("2025/26")}) as con:
        assert [file.kind for file in report(con).files] == list(RETURN_FILES)
        assert {check for check, _, _ in problems(con)} == {"example_left_in"}


def test_the_workbook_has_instructions_for_every_column_and_the_codes_of_the_year() -> None:
    book = openpyxl.load_workbook(BytesIO(template_xlsx("2025/26")))
    assert book.sheetnames == [INSTRUCTIONS, *RETURN_FILES, CODES]
    told = {(row[0], row[1]) for row in book[INSTRUCTIONS].iter_rows(values_only=True)}
    assert {(kind, name) for kind, declared in RETURN_FILES.items() for name in declared.columns} <= told
    codes = {row[1] for row in book[CODES].iter_rows(values_only=True)}
    assert {"C2", "Y7", "DS", "SUSP", "managed_move"} <= codes
    assert "MP" not in codes
    earlier = openpyxl.load_workbook(BytesIO(template_xlsx("2023/24")))
    assert "C2" not in {row[1] for row in earlier[CODES].iter_rows(values_only=True)}


def test_columns_of_pupil_numbers_are_text_and_dates_are_dates() -> None:
    sheet = openpyxl.load_workbook(BytesIO(template_xlsx("2025/26")))["roll"]
    formats = {sheet.cell(1, place).value: sheet.column_dimensions for place in range(1, 26)}
    assert set(formats) == set(RETURN_FILES["roll"].columns)
    column = {cell.value: cell.column_letter for cell in sheet[1]}
    assert sheet.column_dimensions[column["upn"]].number_format == "@"
    assert sheet.column_dimensions[column["start_date"]].number_format == "yyyy-mm-dd"
    assert sheet[f"{column['start_date']}2"].is_date


def test_the_same_year_gives_the_same_bytes() -> None:
    assert template_xlsx("2025/26") == template_xlsx("2025/26")
