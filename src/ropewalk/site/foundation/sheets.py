"""Tables of texts as a workbook. Every cell is text, so that no spreadsheet takes one for a formula or a link."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

from ropewalk.core.publish.table_files import guarded

WIDEST = 60
# As long as spreadsheets let the name of a sheet be.
NAME = 31


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, its header row, its rows as the page shows them."""

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Sheets as one workbook, in their order."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name[:NAME])
        for column, words in enumerate(sheet.head):
            page.write_string(0, column, words, bold)
            longest = max((len(row[column]) for row in sheet.rows), default=0)
            page.set_column(column, column, min(WIDEST, max(len(words), longest) + 2))
        for number, row in enumerate(sheet.rows, start=1):
            for column, words in enumerate(row):
                page.write_string(number, column, guarded(words), wrapped)
        page.freeze_panes(1, 1)
    book.close()
    return out.getvalue()
