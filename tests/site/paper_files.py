"""Real files of every sort that is kept, each made by a library that writes such files."""

from __future__ import annotations

import io
import zipfile

import docx
import openpyxl
import pptx
from PIL import Image
from pypdf import PdfWriter


def pdf() -> bytes:
    """A page without words."""
    out, writer = io.BytesIO(), PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(out)
    return out.getvalue()


def word() -> bytes:
    """A letter."""
    out, made = io.BytesIO(), docx.Document()
    made.add_paragraph("Zyxwvutson")
    made.save(out)
    return out.getvalue()


def excel() -> bytes:
    """A workbook."""
    out, made = io.BytesIO(), openpyxl.Workbook()
    made.save(out)
    return out.getvalue()


def powerpoint() -> bytes:
    """Slides, of which there are none."""
    out, made = io.BytesIO(), pptx.Presentation()
    made.save(out)
    return out.getvalue()


def picture(kind: str) -> bytes:
    """A picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, kind)
    return out.getvalue()


def with_macros() -> bytes:
    """A letter with a program in it."""
    out = io.BytesIO(word())
    with zipfile.ZipFile(out, "a") as packed:
        packed.writestr("word/vbaProject.bin", b"Sub")
    return out.getvalue()


FILES = {
    "pdf": pdf(),
    "docx": word(),
    "xlsx": excel(),
    "pptx": powerpoint(),
    "png": picture("PNG"),
    "jpg": picture("JPEG"),
    "csv": "a,b\n1,é\n".encode(),
    "txt": "Zyxwvutson — words\r\n".encode("cp1252"),
}
