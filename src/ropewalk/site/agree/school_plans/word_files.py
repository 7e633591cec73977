"""A plain Word file: headings, paragraphs and tables."""

import io
from collections.abc import Iterable, Sequence

import docx
from docx.oxml import OxmlElement
from docx.table import _Row

# Characters that XML cannot hold.
_CONTROLS = (code for code in range(32) if code not in (9, 10))
_NOT_IN_XML = dict.fromkeys([*_CONTROLS, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])


def _clean(words: str) -> str:
    return words.translate(_NOT_IN_XML)


class WordFile:
    """A document that grows from top to bottom."""

    def __init__(self) -> None:
        self._made = docx.Document()
        self._made.core_properties.language = "en-GB"

    def heading(self, words: str, level: int = 1) -> None:
        """A heading of level 1 to 3."""
        self._made.add_heading(_clean(words), level=level)

    def text(self, words: str) -> None:
        """A paragraph; none where there are no words."""
        if words:
            self._made.add_paragraph(_clean(words))

    def table(self, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A table whose first row repeats on each page."""
        made = self._made.add_table(rows=1, cols=len(head), style="Table Grid")
        _fill(made.rows[0], head, bold=True)
        made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for row in rows:
            _fill(made.add_row(), row)
        self._made.add_paragraph()

    def bytes(self) -> bytes:
        """The file."""
        out = io.BytesIO()
        self._made.save(out)
        return out.getvalue()


def _fill(row: _Row, words: Sequence[str], *, bold: bool = False) -> None:
    for cell, one in zip(row.cells, words, strict=True):
        cell.paragraphs[0].add_run(_clean(one)).bold = bold
