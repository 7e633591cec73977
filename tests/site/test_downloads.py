"""Documents of a place to keep."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

PLYMOUTH = "/places/E06000026/"
pytestmark = pytest.mark.usefixtures("site_store")
Read = Callable[..., Any]


def test_the_figures_as_csv_equal_the_page(client: Client, read: Read) -> None:
    answer = client.get(f"{PLYMOUTH}figures.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="plymouth-figures-2026-09-01.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    page = read(PLYMOUTH)
    assert len(rows) > 15
    for row in rows:
        shown = page.row(row["Measure"])
        for cell, name in ((shown[1], "Plymouth"), (shown[5], "England"), (shown[6], "South West")):
            number = cell.replace("−", "-").replace(",", "").split("%")[0].split(" point")[0]
            assert number == row[name]
        assert row["Plymouth: source file"]
        assert int(row["Plymouth: source row"]) > 1


@pytest.mark.slow
def test_the_data_book_is_a_pdf_named_after_the_place_and_kept(client: Client) -> None:
    answer = client.get(f"{PLYMOUTH}data-book.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="plymouth-data-book-2026-09-01.pdf"'
    book = PdfReader(io.BytesIO(answer.content))
    assert "Plymouth" in book.pages[0].extract_text()
    again = client.get(f"{PLYMOUTH}data-book.pdf", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "file", "inside"),
    [
        ("workbook.xlsx", "plymouth-workbook-2026-09-01.xlsx", "xl/workbook.xml"),
        ("slides.pptx", "plymouth-slides-2026-09-01.pptx", "ppt/presentation.xml"),
    ],
)
def test_workbook_and_slides_are_office_files(name: str, file: str, inside: str, client: Client) -> None:
    answer = client.get(f"{PLYMOUTH}{name}")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{file}"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as parts:
        assert parts.testzip() is None
        assert inside in parts.namelist()


def test_a_download_of_an_unknown_place_is_not_found(client: Client) -> None:
    for name in ("figures.csv", "data-book.pdf", "workbook.xlsx", "slides.pptx"):
        assert client.get(f"/places/nowhere/{name}").status_code == 404
