"""Which sorts of file may be put here, told by what is in a file and never by what it is called."""

import io
import re
import struct
import zipfile
from enum import StrEnum
from pathlib import PurePosixPath

from ropewalk.core.errors import InputRefused, Problem


class PaperKind(StrEnum):
    """A sort of file."""

    PDF = "pdf"
    WORD = "docx"
    EXCEL = "xlsx"
    POWERPOINT = "pptx"
    PNG = "png"
    JPEG = "jpg"
    CSV = "csv"
    TEXT = "txt"

    @property
    def words(self) -> str:
        """As a person calls it."""
        return _WORDS[self]

    @property
    def media_type(self) -> str:
        """As programs call it."""
        return _MEDIA[self]


_WORDS = {
    PaperKind.PDF: "PDF",
    PaperKind.WORD: "Word document",
    PaperKind.EXCEL: "Excel workbook",
    PaperKind.POWERPOINT: "PowerPoint slides",
    PaperKind.PNG: "picture (PNG)",
    PaperKind.JPEG: "picture (JPEG)",
    PaperKind.CSV: "CSV table",
    PaperKind.TEXT: "text",
}
_OFFICE = "application/vnd.openxmlformats-officedocument."
_MEDIA = {
    PaperKind.PDF: "application/pdf",
    PaperKind.WORD: f"{_OFFICE}wordprocessingml.document",
    PaperKind.EXCEL: f"{_OFFICE}spreadsheetml.sheet",
    PaperKind.POWERPOINT: f"{_OFFICE}presentationml.presentation",
    PaperKind.PNG: "image/png",
    PaperKind.JPEG: "image/jpeg",
    PaperKind.CSV: "text/csv",
    PaperKind.TEXT: "text/plain",
}
LIST = "PDF, Word (DOCX), Excel (XLSX), PowerPoint (PPTX), PNG, JPEG, CSV or plain text"
ACCEPT = ",".join([*(f".{kind}" for kind in PaperKind), ".jpeg"])

_STARTS = ((b"%PDF-", PaperKind.PDF), (b"\x89PNG\r\n\x1a\n", PaperKind.PNG), (b"\xff\xd8\xff", PaperKind.JPEG))
# The part by which each Office program knows its own.
_MAIN = {
    "word/document.xml": PaperKind.WORD,
    "xl/workbook.xml": PaperKind.EXCEL,
    "ppt/presentation.xml": PaperKind.POWERPOINT,
}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The list of parts at the end of a zip, the mark of one too long for it, and how long it may be.
_END, _LONG_END, _MOST_PARTS = b"PK\x05\x06", b"PK\x06\x07", 1 << 20
# What no text has in it. Tab, line feed, form feed and carriage return stand in texts.
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_LONGEST_NAME = 80


def kind_of(content: bytes, name: str) -> PaperKind:
    """What sort of file it is. Texts alone are told apart by the name: a CSV file is a text like any other.

    Raises InputRefused for what is not taken, with words that say what to do.
    """
    for start, kind in _STARTS:
        if content.startswith(start):
            return kind
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    if content.startswith(_OLD_OFFICE):
        raise _refused("This is a file of an older Office program, or one with a password.", "Save it as DOCX or PDF.")
    if not content.strip():
        raise _refused("The file is empty.", "Choose another.")
    if not _is_text(content):
        raise _refused("This is none of the sorts of file that are kept here.", f"Send {LIST}.")
    return PaperKind.CSV if PurePosixPath(name.lower()).suffix == ".csv" else PaperKind.TEXT


def _office(content: bytes) -> PaperKind:
    parts = _parts(content)
    found = {_MAIN[part] for part in parts & _MAIN.keys()}
    if "[Content_Types].xml" not in parts or len(found) != 1:
        raise _refused("This is none of the sorts of file that are kept here.", f"Send {LIST}.")
    if any(PurePosixPath(part).name.lower().startswith("vbaproject") for part in parts):
        raise _refused("The file holds macros, which are programs.", "Save it without macros (DOCX, XLSX or PPTX).")
    return found.pop()


def _parts(content: bytes) -> set[str]:
    """Names of the parts of a zip, none of which is unpacked. Empty for one that is torn or has too many."""
    end = content.rfind(_END)
    if end < 0 or len(content) < end + 22 or content[max(0, end - 20) : end].startswith(_LONG_END):
        return set()
    (size,) = struct.unpack_from("<I", content, end + 12)
    if size > _MOST_PARTS:
        return set()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return set(packed.namelist())
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError, OverflowError):
        return set()


def _is_text(content: bytes) -> bool:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return not _NO_TEXT.search(content.decode(encoding))
        except UnicodeDecodeError:
            continue
    return False


def safe_name(name: str, kind: PaperKind) -> str:
    """What a file is called once it is here: letters, digits and a few marks, and the ending of what it is."""
    stem = PurePosixPath(name.replace("\\", "/")).name
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", stem)
    plain = "".join(letter if letter.isalnum() or letter in " -_()" else " " for letter in stem)
    # Names of devices open the device on some systems; a word before them does not.
    words = " ".join(plain.split())[:_LONGEST_NAME].strip(" -_()") or "file"
    return f"{'file ' if _DEVICE.fullmatch(words) else ''}{words}.{kind}"


_DEVICE = re.compile(r"con|prn|aux|nul|(com|lpt)\d", re.IGNORECASE)


def _refused(what: str, do: str) -> InputRefused:
    return InputRefused([Problem(what, do)])
