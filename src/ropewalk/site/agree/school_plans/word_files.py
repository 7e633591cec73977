"""A plain Word file: headings, paragraphs and tables, written as the open format says (ECMA-376)."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/styles.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def _links(kind: str, target: str) -> str:
    link = f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}">{link}</Relationships>'


def _style(name: str, title: str, size: int, level: int | None) -> str:
    outline = "" if level is None else f'<w:keepNext/><w:outlineLvl w:val="{level}"/>'
    bold = "" if level is None else "<w:b/>"
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"{" w:default=" + chr(34) + "1" + chr(34) if not bold else ""}>'
        f'<w:name w:val="{title}"/><w:pPr>{outline}<w:spacing w:after="120"/></w:pPr>'
        f'<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial"/>{bold}<w:sz w:val="{size}"/><w:lang w:val="en-GB"/></w:rPr>'
        "</w:style>"
    )


STYLES = (
    f'{HEAD}<w:styles xmlns:w="{MAIN}">{_style("Normal", "Normal", 22, None)}{_style("Heading1", "heading 1", 36, 0)}'
    f"{_style('Heading2', 'heading 2', 28, 1)}{_style('Heading3', 'heading 3', 24, 2)}</w:styles>"
)
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:color="B1B4B6"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def _clean(words: str) -> str:
    # What XML cannot hold is left out; a line break stays one.
    kept = "".join(one for one in words if one in "\t\n" or (ord(one) >= 32 and not 0xD800 <= ord(one) <= 0xDFFF))
    lines = escape(kept.replace("\ufffe", "").replace("\uffff", "")).split("\n")
    return '</w:t><w:br/><w:t xml:space="preserve">'.join(lines)


def _paragraph(words: str, style: str = "Normal", *, bold: bool = False) -> str:
    strong = "<w:rPr><w:b/></w:rPr>" if bold else ""
    text = f'<w:r>{strong}<w:t xml:space="preserve">{_clean(words)}</w:t></w:r>'
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{text}</w:p>'


@dataclass
class WordFile:
    """A document that grows from top to bottom."""

    parts: list[str] = field(default_factory=list)

    def heading(self, words: str, level: int = 1) -> None:
        """A heading of level 1 to 3."""
        self.parts.append(_paragraph(words, f"Heading{level}"))

    def text(self, words: str) -> None:
        """A paragraph; none where there are no words."""
        if words:
            self.parts.append(_paragraph(words))

    def table(self, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A table whose first row repeats on each page."""
        lines = [self._row(head, is_head=True), *(self._row(row) for row in rows)]
        grid = "<w:gridCol/>" * len(head)
        made = f'<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr>'
        self.parts.append(f"<w:tbl>{made}<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>{_paragraph('')}")

    @staticmethod
    def _row(cells: Sequence[str], *, is_head: bool = False) -> str:
        repeated = "<w:trPr><w:tblHeader/></w:trPr>" if is_head else ""
        return f"<w:tr>{repeated}{''.join(f'<w:tc>{_paragraph(one, bold=is_head)}</w:tc>' for one in cells)}</w:tr>"

    def bytes(self) -> bytes:
        """The file."""
        out = io.BytesIO()
        page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
        body = f'{HEAD}<w:document xmlns:w="{MAIN}"><w:body>{"".join(self.parts)}{page}</w:body></w:document>'
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("[Content_Types].xml", TYPES)
            packed.writestr("_rels/.rels", _links("officeDocument", "word/document.xml"))
            packed.writestr("word/_rels/document.xml.rels", _links("styles", "styles.xml"))
            packed.writestr("word/styles.xml", STYLES)
            packed.writestr("word/document.xml", body)
        return out.getvalue()
