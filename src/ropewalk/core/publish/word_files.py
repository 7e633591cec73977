"""Word documents: A4 pages of headings, paragraphs, lists and tables, marked as such for programs that read aloud."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TITLE = 255
# XML holds no control characters and no halves of letters; what somebody pasted with one is written without.
_UNPRINTABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])


class WordFile:
    """A document that grows from top to bottom. ``day`` is the one it is of; the same words give the same document."""

    def __init__(self, title: str, *, day: dt.date, author: str = "Ropewalk") -> None:
        """Begin a document; its title and author stand in its properties."""
        self._made = Document()
        said = self._made.core_properties
        said.title, said.author, said.comments = _clean(title)[:TITLE], _clean(author)[:TITLE], ""
        said.language, said.created = "en-GB", dt.datetime.combine(day, dt.time())
        said.modified = said.created
        page = self._made.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.left_margin = page.right_margin = Mm(20)

    def heading(self, words: str, level: int = 1) -> None:
        """A heading of level 1 to 3; 0 is the title of the document."""
        self._made.add_heading(_clean(words), level)

    def text(self, words: str) -> None:
        """A paragraph; none where there are no words."""
        if words:
            self._made.add_paragraph(_clean(words))

    def listed(self, lines: Sequence[str], *, nothing: str, style: str = "List Bullet") -> None:
        """A list; where it is empty, a paragraph that says so."""
        for words in lines:
            self._made.add_paragraph(_clean(words), style=style)
        if not lines:
            self.text(nothing)

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]], *, nothing: str = "") -> None:
        """A table whose first row is its head and stands again on each page; without rows, a paragraph that says so."""
        if nothing and not rows:
            self.text(nothing)
            return
        table = self._made.add_table(rows=1 + len(rows), cols=len(head), style="Table Grid")
        mark = OxmlElement("w:tblHeader")
        mark.set(qn("w:val"), "true")
        table.rows[0]._tr.get_or_add_trPr().append(mark)
        # Cells are asked for once: the library walks the whole table for each by its place.
        cells = iter(table._cells)
        for words in (*head, *(cell for row in rows for cell in row)):
            next(cells).text = _clean(words)
        for cell in table.rows[0].cells:
            for run in cell.paragraphs[0].runs:
                run.bold = True
        self._made.add_paragraph()

    def bytes(self) -> bytes:
        """The file."""
        out = io.BytesIO()
        self._made.save(out)
        return out.getvalue()


def _clean(words: str) -> str:
    return words.translate(_UNPRINTABLE)
